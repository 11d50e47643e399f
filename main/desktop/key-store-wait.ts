import type { Dialog } from 'electron';
import type { Language } from '../../preload/languages/index.ts';
import { desktopMessages, say } from './messages.ts';

interface KeyStoreWaitParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  quit(): void;
  /** Milliseconds after which the user is told what Ringback waits for. */
  readonly timeout: number;
  readonly language?: Language | undefined;
}

/**
 * Waits for the key store. One that is locked, or that does not answer, would otherwise leave the user with a window in
 * which nothing happens. Callbacks that arrive meanwhile are not acknowledged, so that their senders try again.
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
