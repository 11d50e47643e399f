export { commandLine, demo, folder, language, loginItemParts, now, ownsSession, platform } from './application.ts';
export { openDesktopEngine, openNetwork, openNotifications, openUpdates } from './engine.ts';
export { openFoundation, openKeyStore } from './foundation.ts';
export { openShell } from './shell.ts';
export { type DesktopState, openView } from './view.ts';
