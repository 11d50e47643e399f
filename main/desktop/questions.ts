import type { BrowserWindow, Dialog } from 'electron';
import type { Memory } from './memory.ts';

/** Asks once whether secrets may be kept where no key store protects them; only the agreement is remembered. */
export function createWeakKeyQuestion(dialog: Pick<Dialog, 'showMessageBox'>, memory: Memory): () => Promise<boolean> {
  return async () => {
    if (memory.get().weakKeyAgreed === true) return true;
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Ringback',
      message: 'This desktop has no key store',
      detail:
        'Ringback keeps client secrets and passwords. Without GNOME Keyring or KWallet anybody who can read your files can read them too.',
      buttons: ['Keep no secrets', 'Keep them all the same'],
      defaultId: 0,
      cancelId: 0,
    });
    if (response === 1) memory.set({ weakKeyAgreed: true });
    return response === 1;
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
