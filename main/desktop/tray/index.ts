export { hasTrayHost } from './host.ts';
export { openTray, type RingbackTray, trayFile } from './tray.ts';
