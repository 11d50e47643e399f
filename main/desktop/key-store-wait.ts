import type { Dialog } from 'electron';
import type { Language } from '../../preload/languages/index.ts';
import { desktopMessages, say } from './messages.ts';

interface KeyStoreWaitParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  quit(): void;
  /** Milliseconds until the user is told what Ringback is waiting for. */
  readonly timeout: number;
  readonly language?: Language | undefined;
}

/**
 * Waits for the key store, and tells the user where it is locked or hangs, since nothing would happen in the window
 * otherwise. Callbacks that arrive meanwhile are not acknowledged, so their senders retry.
 */
export async function waitForKeyStore<T>(opening: Promise<T>, parts: KeyStoreWaitParts): Promise<T> {
  const timer = setTimeout(() => void explain(parts), parts.timeout);
  try {
    return await opening;
  } finally {
    clearTimeout(timer);
  }
}

async function explain({ dialog, quit, language }: KeyStoreWaitParts): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Ringback',
    message: say(desktopMessages.keyStoreLocked(), language),
    detail: say(desktopMessages.keyStoreLockedDetail(), language),
    buttons: [say(desktopMessages.keepWaiting(), language), say(desktopMessages.quit(), language)],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) quit();
}
