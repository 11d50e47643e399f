import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, protocol, safeStorage, session } from 'electron';
import addContextMenu from 'electron-context-menu';
import ElectronStore from 'electron-store';
import type { Log } from '../../engine/log.ts';
import type { Cipher } from '../../engine/ports.ts';
import { lockFolder } from '../../engine/storage/index.ts';
import { isKeyWeak, needsKeyStore, openCipher } from '../cipher.ts';
import { guardContents, guardSession } from '../guard.ts';
import { waitForKeyStore } from '../key-store-wait.ts';
import { setLoginItem } from '../login-item.ts';
import { createMemory } from '../memory.ts';
import { contextMenu, openMenus } from '../menu.ts';
import { createPage, pageScheme } from '../page.ts';
import { createKeyStoreQuestion, createWeakKeyQuestion } from '../questions.ts';
import { openStore } from '../store.ts';
import {
  applicationIcon,
  commandLine,
  developmentAddress,
  folder,
  followLanguage,
  language,
  loginItemParts,
  now,
  origin,
  ownsSession,
  platform,
  relaunch,
} from './application.ts';

/** Milliseconds. */
const keyStoreTimeout = 20_000;

export type Foundation = ReturnType<typeof openFoundation>;

/** Opens what everything else needs: restrictions of pages, the lock of the data folder, the menu and the settings. */
export function openFoundation(log: Log) {
  guard();
  const lock = lockFolder(folder);
  const { store, warning } = openStore(ElectronStore, folder, now, (message) => log.warn('desktop', message));
  // electron-store would reveal the path of the settings to any page.
  ipcMain.removeAllListeners('electron-store-get-data');
  let forgotten = false;
  const forget = (): void => {
    forgotten = true;
    const loginItem = ownsSession() ? setLoginItem(false, loginItemParts()) : Promise.resolve();
    void loginItem.catch(() => {}).then(() => app.quit());
  };
  followLanguage(store);
  const refreshMenus = openMenus({ app, Menu, platform, icon: applicationIcon, language });
  addContextMenu(contextMenu(language));
  const memory = createMemory(store);
  return { lock, store, warning, memory, forget, forgotten: () => forgotten, refreshMenus };
}

/** Prevents pages from navigating, opening windows, getting permissions and using a network. */
function guard(): void {
  const development = developmentAddress === undefined ? [] : [developmentAddress, 'ws:', 'devtools:'];
  guardSession(session.defaultSession, [`${origin}/`, 'data:', ...development]);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  protocol.handle(pageScheme, createPage(join(import.meta.dirname, '../renderer')));
}

/** Opens the cipher with the system's key store, once that has responded. */
export async function openKeyStore({ memory }: Foundation): Promise<Cipher> {
  const quit = (): void => app.quit();
  const opening = isKeyWeak({ safeStorage, platform });
  const weak = await waitForKeyStore(opening, { dialog, quit, timeout: keyStoreTimeout, language: language() });
  const restart = (): void => {
    relaunch();
    app.quit();
  };
  return openCipher({
    ...{ safeStorage, platform, weak },
    needsKeyStore: needsKeyStore(join(folder, 'settings.json')),
    continueWithout: createKeyStoreQuestion({ dialog, restart, quit, language: language() }),
    agree: createWeakKeyQuestion({ dialog, memory, again: commandLine.asksKeyStore, language: language() }),
  });
}
