import type { BrowserWindow, Dialog } from 'electron';
import type { Memory } from './memory.ts';

interface WeakKeyParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly memory: Memory;
  /** Asks in any case, for a user who has changed their mind. */
  readonly again: boolean;
}

/** Asks whether secrets may be stored where no key store protects them. Agreement is remembered, rejection where the user wants that. */
export function createWeakKeyQuestion({ dialog, memory, again }: WeakKeyParts): () => Promise<boolean> {
  return async () => {
    const answer = memory.get().weakKeyAgreed;
    if (answer === true || (answer === false && !again)) return answer;
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Ringback',
      message: 'This desktop has no key store',
      detail:
        'Ringback stores client secrets and passwords. Without GNOME Keyring or KWallet anybody who can read your files can read them too. To change your answer later, start Ringback with --ask-key-store.',
      checkboxLabel: 'Do not ask again',
      buttons: ['Keep no secrets', 'Keep them all the same'],
      defaultId: 0,
      cancelId: 0,
    });
    const agreed = response === 1;
    if (agreed || checkboxChecked) memory.set({ weakKeyAgreed: agreed });
    return agreed;
  };
}

interface KeyStoreQuestionParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  restart(): void;
  quit(): void;
}

/**
 * Says that the key store in which the key of the stored secrets lies cannot be used; resolves only where the user goes on
 * without. Chromium chooses its key once, so that an unlocked key store counts after a restart.
 */
export function createKeyStoreQuestion({ dialog, restart, quit }: KeyStoreQuestionParts): () => Promise<void> {
  return async () => {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Ringback',
      message: 'The keyring cannot be used',
      detail:
        'Stored client secrets and passwords are encrypted with a key in your keyring, which is locked or does not respond. Unlock it, then restart Ringback. Nothing stored is lost. Without it, connections do not work until their secrets are entered again.',
      buttons: ['Restart Ringback', 'Continue without the keyring', 'Quit Ringback'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 1) return;
    if (response === 0) restart();
    else quit();
    await new Promise(() => {});
  };
}

interface CloseQuestionParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  hasTray(): Promise<boolean>;
  quit(): void;
}

/** Where no tray would show Ringback any more, says how it is found again, once; gives whether the window may close. */
export function createCloseQuestion({ dialog, hasTray, quit }: CloseQuestionParts) {
  let explained = false;
  return async (window: BrowserWindow): Promise<boolean> => {
    if (explained || (await hasTray())) return true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      title: 'Ringback',
      message: 'This desktop shows no tray icons',
      detail:
        'Ringback can go on receiving without its window. Start it again to get the window back. On GNOME the extension "AppIndicator and KStatusNotifierItem Support" brings tray icons.',
      buttons: ['Go on without the window', 'Quit Ringback', 'Cancel'],
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 1) quit();
    explained = response === 0;
    return explained;
  };
}
