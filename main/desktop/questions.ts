import type { BrowserWindow, Dialog } from 'electron';
import type { Language } from '../../preload/languages/index.ts';
import type { Memory } from './memory.ts';
import { desktopMessages, say } from './messages.ts';

interface WeakKeyParts {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly memory: Memory;
  /** Asks even where an answer is stored, for a user who has changed their mind. */
  readonly again: boolean;
  readonly language?: Language | undefined;
}

/**
 * Asks whether secrets may be stored without a key store's protection. Consent is stored; a rejection is stored where the
 * user wants that.
 */
export function createWeakKeyQuestion({ dialog, memory, again, language }: WeakKeyParts): () => Promise<boolean> {
  return async () => {
    const answer = memory.get().weakKeyAgreed;
    if (answer === true || (answer === false && !again)) return answer;
    const { response, checkboxChecked } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Ringback',
      message: say(desktopMessages.noKeyStore(), language),
      detail: say(desktopMessages.noKeyStoreDetail(), language),
      checkboxLabel: say(desktopMessages.doNotAskAgain(), language),
      buttons: [say(desktopMessages.keepNoSecrets(), language), say(desktopMessages.keepSecrets(), language)],
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
  readonly language?: Language | undefined;
}

/**
 * Says that the key store for the stored secrets is unavailable; resolves only where the user continues without it.
 * Chromium chooses the key once, so an unlocked key store is used after a restart.
 */
export function createKeyStoreQuestion({
  dialog,
  restart,
  quit,
  language,
}: KeyStoreQuestionParts): () => Promise<void> {
  return async () => {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      title: 'Ringback',
      message: say(desktopMessages.keyStoreFails(), language),
      detail: say(desktopMessages.keyStoreFailsDetail(), language),
      buttons: [desktopMessages.restart(), desktopMessages.continueWithout(), desktopMessages.quit()].map((text) =>
        say(text, language),
      ),
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
  /** Evaluated when the dialog opens, since the language may have changed. */
  language?(): Language;
}

/** Where there is no tray, explains once how to open the window again; resolves with whether the window may close. */
export function createCloseQuestion({ dialog, hasTray, quit, ...parts }: CloseQuestionParts) {
  let explained = false;
  return async (window: BrowserWindow): Promise<boolean> => {
    if (explained || (await hasTray())) return true;
    const language = parts.language?.();
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      title: 'Ringback',
      message: say(desktopMessages.noTray(), language),
      detail: say(desktopMessages.noTrayDetail(), language),
      buttons: [desktopMessages.goOn(), desktopMessages.quit(), desktopMessages.cancel()].map((text) =>
        say(text, language),
      ),
      defaultId: 0,
      cancelId: 2,
    });
    if (response === 1) quit();
    explained = response === 0;
    return explained;
  };
}
