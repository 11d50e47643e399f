import { Modal } from '@mantine/core';
import { createContext, type ReactNode, useContext, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** Reports to a dialog whether another one covers it. */
const Cover = createContext<(covered: boolean) => void>(() => {});

/** A click beside it does not close it: nothing typed is lost by accident. Closed, it gives the focus back to what opened it. */
export function Dialog({ title, wide = false, children, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [covered, setCovered] = useState(false);
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
      onClose={onClose}
    >
      <Cover value={setCovered}>{children}</Cover>
    </Modal>
  );
}
