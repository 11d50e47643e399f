import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { chooseLanguage, type Language } from '../../../preload/languages/index.ts';
import type { Store } from '../../engine/ports.ts';
import { readCommandLine } from '../command-line.ts';
import { pageOrigin } from '../page.ts';

/** Values of this start of the application that all its parts use. */

export const { platform } = process;
export const commandLine = readCommandLine(process.argv.slice(1));
export const demo = commandLine.sandbox;
const standardFolder = join(app.getPath('appData'), demo ? 'Ringback Sandbox' : 'Ringback');
/** The data folder. */
export const folder = resolve(process.env.RINGBACK_DATA_DIR || standardFolder);
/** electron-vite's development server, never in an installed application. */
export const developmentAddress = app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL;
export const origin = developmentAddress === undefined ? pageOrigin : new URL(developmentAddress).origin;
export const applicationIcon = join(app.getAppPath(), 'build', 'icon.png');
export const now = Date.now;

let chosenLanguage = (): string | undefined => undefined;

/** The language that is chosen at present; the system's until the settings are open. */
export function language(): Language {
  return chooseLanguage(chosenLanguage(), app.getPreferredSystemLanguages());
}

export function followLanguage(store: Pick<Store, 'get'>): void {
  chosenLanguage = () => ((store.get('settings') ?? {}) as { readonly language?: string }).language;
}

/** Starts Ringback again once it has ended; an AppImage by its file, since its mounted program is gone by then. */
export function relaunch(): void {
  const { APPIMAGE: execPath } = process.env;
  app.relaunch(execPath ? { execPath } : {});
}

/** Whether this copy may change what starts at login, which the demo and a checkout may not. */
export function ownsSession(): boolean {
  return app.isPackaged && !demo;
}

export function loginItemParts() {
  return { app, platform, environment: process.env, command: [process.execPath], home: homedir() };
}
