import { Button, Group, Modal } from '@mantine/core';
import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from './note.tsx';

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  /** Asks before Escape or the close button discards what was typed. */
  readonly holdsTyping?: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** Reports to a dialog whether another one covers it. */
const Cover = createContext<(covered: boolean) => void>(() => {});

/** A click beside it does not close it: nothing typed is lost by accident. Closed, it gives the focus back to what opened it. */
export function Dialog({ title, wide = false, holdsTyping = false, children, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [covered, setCovered] = useState(false);
  const [typed, setTyped] = useState(false);
  const [asking, setAsking] = useState(false);
  const cover = useContext(Cover);
  useLayoutEffect(() => {
    cover(true);
    return () => cover(false);
  }, [cover]);
  // Before anything in it takes the focus, and after a dialog that this one follows gave it back.
  useLayoutEffect(() => {
    const opener = document.activeElement;
    return () => (opener instanceof HTMLElement ? opener.focus() : undefined);
  }, []);
  return (
    <Modal
      opened
      size={wide ? 'lg' : 'md'}
      title={title}
      closeOnClickOutside={false}
      closeOnEscape={!covered}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      onClose={() => (holdsTyping && typed ? setAsking(true) : onClose())}
    >
      <Cover value={setCovered}>
        {/* A dialog over this one is its child for React, but not in the document. */}
        <div onInput={({ currentTarget, target }) => currentTarget.contains(target as Node) && setTyped(true)}>
          {children}
        </div>
      </Cover>
      {asking && <DiscardQuestion onStay={() => setAsking(false)} onDiscard={onClose} />}
    </Modal>
  );
}

interface DiscardQuestionProps {
  onStay(): void;
  onDiscard(): void;
}

function DiscardQuestion({ onStay, onDiscard }: DiscardQuestionProps) {
  const { t } = useTranslation();
  return (
    <div className="discard-question">
      <Note
        kind="warn"
        urgent
        title={t('common.discardTitle')}
        action={
          <Group gap="xs">
            <Button variant="default" onClick={onDiscard}>
              {t('common.discard')}
            </Button>
            <Button ref={focusOn} onClick={onStay}>
              {t('common.stay')}
            </Button>
          </Group>
        }
      />
    </div>
  );
}

/** Focus moves to it as it appears, and it is scrolled into view. */
function focusOn(element: HTMLElement | null): void {
  element?.focus();
}
