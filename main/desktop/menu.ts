import type { MenuItemConstructorOptions } from 'electron';
import type { Options } from 'electron-context-menu';
import type { Language } from '../../preload/languages/index.ts';
import { desktopMessages, say } from './messages.ts';

/** The application's menu: editing and zooming by keyboard, and a way to quit where there is no tray. */
export function applicationMenu(platform: NodeJS.Platform, language?: Language): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions = {
    label: say(desktopMessages.view(), language),
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  };
  if (platform === 'darwin') return [{ role: 'appMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }];
  return [
    { label: 'Ringback', submenu: [{ role: 'about' }, { type: 'separator' }, { role: 'close' }, { role: 'quit' }] },
    { role: 'editMenu' },
    view,
  ];
}

/** What a right click offers: cut, copy, paste and the address of a link. Nothing that leads out of the window. */
export const contextMenu: Options = {
  showCopyLink: true,
  showSelectAll: true,
  showLearnSpelling: false,
  showLookUpSelection: false,
  showSearchWithGoogle: false,
  showCopyImage: false,
  showCopyVideoAddress: false,
  showInspectElement: false,
};
