import type { Dialog } from 'electron';

interface KeyStoreWaitParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  quit(): void;
  /** Milliseconds after which the user is told what Ringback waits for. */
  readonly timeout: number;
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

async function explain({ dialog, quit }: KeyStoreWaitParts): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Ringback',
    message: 'The keyring is locked',
    detail:
      'Ringback needs its key store to read client secrets and passwords. Unlock the keyring to continue. Until then no callback is accepted; their senders try again.',
    buttons: ['Keep waiting', 'Quit Ringback'],
    defaultId: 0,
    cancelId: 0,
  });
  if (response === 1) quit();
}
