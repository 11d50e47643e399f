import type { MenuItemConstructorOptions } from 'electron';

/** The application's menu: editing and zooming by keyboard, and a way to quit where there is no tray. */
export function applicationMenu(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { role: 'togglefullscreen' }],
  };
  if (platform === 'darwin') return [{ role: 'appMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }];
  return [{ label: 'Ringback', submenu: [{ role: 'close' }, { role: 'quit' }] }, { role: 'editMenu' }, view];
}
