import { Modal } from '@mantine/core';
import { type ReactNode, useLayoutEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
  onClose(): void;
}

/** A click beside it does not close it: nothing typed is lost by accident. Closed, it gives the focus back to what opened it. */
export function Dialog({ title, wide = false, children, onClose }: DialogProps) {
  const { t } = useTranslation();
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
      closeButtonProps={{ 'aria-label': t('common.close') }}
      onClose={onClose}
    >
      {children}
    </Modal>
  );
}
