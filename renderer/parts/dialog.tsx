import { Button, Group, Modal } from '@mantine/core';
import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Note } from './note.tsx';

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  /** Confirms before Escape or the close button discards typed text. */
  readonly holdsTyping?: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** Tells a dialog whether another one covers it. */
const Cover = createContext<(covered: boolean) => void>(() => {});

/** A dialog that outside clicks do not close, so no text is lost. On closing, the focus returns to where it was. */
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
  // Runs before an element of the dialog takes the focus, and after a preceding dialog has returned it.
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

/** Focuses an element when it appears, and scrolls to it. */
function focusOn(element: HTMLElement | null): void {
  element?.focus();
}
