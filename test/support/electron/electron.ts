/**
 * A simulated `electron` module for the packed main process. It fails closed: what electron.d.ts does not declare, or what
 * another system has, throws, and so does everything the simulator does not know.
 */
import { app as guardedApp, simulatedApp } from './app.ts';
import { startControl } from './control.ts';
import * as desktop from './desktop.ts';
import { DeclaredEmitter, guard } from './guard.ts';
import * as windows from './window.ts';

export const app = guardedApp;
export const BrowserWindow = guard('static BrowserWindow', windows.BrowserWindow);
export const Menu = guard('static Menu', desktop.Menu);
export const Notification = guard('static Notification', desktop.Notification);
export const Tray = guard('static Tray', desktop.Tray);
export { dialog, nativeImage, shell } from './desktop.ts';
export { ipcMain } from './ipc.ts';
export { safeStorage } from './key-store.ts';
export { protocol, session } from './session.ts';
export const nativeTheme = guard('NativeTheme', { shouldUseDarkColors: false });
export const net = guard('Net', { isOnline: () => true });
const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = guard('Screen', { getPrimaryDisplay: () => display, getAllDisplays: () => [display] });
export const clipboard = guard('Clipboard', {});
const simulatedPowerMonitor = new DeclaredEmitter('PowerMonitor');
export const powerMonitor = guard('PowerMonitor', simulatedPowerMonitor);
/** `electron-store` imports the module as a whole. */
export * as default from './electron.ts';

windows.onCreated((window) => {
  simulatedApp.emit('web-contents-created', {}, window.webContents);
  simulatedApp.emit('browser-window-created', {}, window);
});
startControl({ app: simulatedApp, powerMonitor: simulatedPowerMonitor });
