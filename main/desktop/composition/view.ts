import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, nativeTheme, screen } from 'electron';
import type { Log } from '../../engine/log.ts';
import { type Opening, openChannel } from '../channel.ts';
import { pageAddress } from '../page.ts';
import type { PendingEngine } from '../pending-engine.ts';
import { createCloseQuestion } from '../questions.ts';
import { createWindow } from '../window.ts';
import { workAreas } from '../window-bounds.ts';
import { applicationIcon, developmentAddress, language, origin } from './application.ts';
import type { Foundation } from './foundation.ts';

export type Show = (opening?: Opening) => void;
export type View = ReturnType<typeof openView>;

/** Parts that open after the window, and that it queries. */
export interface DesktopState {
  readonly quitting: () => boolean;
  trayVisible(): boolean;
}

/** Opens the window and its channel to the engine. */
export function openView({ memory }: Foundation, engine: PendingEngine, state: DesktopState, log: Log) {
  const window = createWindow({
    create: (options) => new BrowserWindow(options),
    preload: join(import.meta.dirname, '../preload/bridge.cjs'),
    address: developmentAddress ?? pageAddress,
    icon: applicationIcon,
    background: () => (nativeTheme.shouldUseDarkColors ? '#242424' : '#ffffff'),
    memory,
    screens: () => workAreas(screen),
    quitting: () => state.quitting(),
    mayClose: createCloseQuestion({
      ...{ dialog, language },
      hasTray: async () => state.trayVisible(),
      quit: () => app.quit(),
    }),
    log,
  });
  const channel = openChannel({ ipcMain, engine, contents: window.contents, origin });
  const show: Show = (opening) => {
    window.show();
    if (opening !== undefined) channel.open(opening);
  };
  app.on('activate', () => show());
  app.on('window-all-closed', () => {});
  return { show, setProgress: window.setProgress, close: () => channel.close() };
}
