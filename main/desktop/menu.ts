import type { App, Menu, MenuItemConstructorOptions } from 'electron';
import type { Options } from 'electron-context-menu';
import type { Language } from '../../preload/languages/index.ts';
import type { Message } from '../engine/messages/index.ts';
import { menuMessages, say } from './messages.ts';

interface MenuParts {
  readonly app: Pick<App, 'getVersion' | 'setAboutPanelOptions'>;
  readonly Menu: Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  readonly platform: NodeJS.Platform;
  readonly icon: string;
  /** The currently chosen language. */
  language(): Language;
}

/** Sets the application's menu and the about panel; the returned function sets them again after the language has changed. */
export function openMenus({ app, Menu, platform, icon, language }: MenuParts): () => void {
  let shown: Language | undefined;
  const refresh = (): void => {
    const current = language();
    if (current === shown) return;
    shown = current;
    Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(platform, current)));
    app.setAboutPanelOptions({
      applicationName: 'Ringback',
      applicationVersion: app.getVersion(),
      copyright: say(menuMessages.copyright(), current),
      iconPath: icon,
    });
  };
  refresh();
  return refresh;
}

type Role = NonNullable<MenuItemConstructorOptions['role']>;
type Row = readonly [role: Role, label: Message] | 'separator';

const separator = 'separator';

/** The application's menu: editing and zooming by keyboard, and quitting where there is no tray. */
export function applicationMenu(platform: NodeJS.Platform, language: Language): MenuItemConstructorOptions[] {
  const row = (one: Row): MenuItemConstructorOptions =>
    one === separator ? { type: separator } : { role: one[0], label: say(one[1], language) };
  const menu = (label: string, rows: readonly Row[]) => ({ label, submenu: rows.map(row) });
  const isMac = platform === 'darwin';
  return [
    menu('Ringback', isMac ? macRows() : otherRows()),
    menu(say(menuMessages.edit(), language), editRows(isMac)),
    menu(say(menuMessages.view(), language), viewRows()),
    ...(isMac ? [{ ...menu(say(menuMessages.window(), language), windowRows()), role: 'windowMenu' as const }] : []),
  ];
}

function editRows(isMac: boolean): Row[] {
  return [
    ['undo', menuMessages.undo()],
    ['redo', menuMessages.redo()],
    separator,
    ['cut', menuMessages.cut()],
    ['copy', menuMessages.copy()],
    ['paste', menuMessages.paste()],
    ...(isMac ? [['pasteAndMatchStyle', menuMessages.pasteAsText()] as const] : []),
    ['delete', menuMessages.delete()],
    separator,
    ['selectAll', menuMessages.selectAll()],
  ];
}

function viewRows(): Row[] {
  return [
    ['resetZoom', menuMessages.actualSize()],
    ['zoomIn', menuMessages.zoomIn()],
    ['zoomOut', menuMessages.zoomOut()],
    ['togglefullscreen', menuMessages.fullScreen()],
  ];
}

function windowRows(): Row[] {
  return [
    ['minimize', menuMessages.minimize()],
    ['zoom', menuMessages.zoom()],
    ['close', menuMessages.close()],
    separator,
    ['front', menuMessages.bringToFront()],
  ];
}

function macRows(): Row[] {
  return [
    ['about', menuMessages.about()],
    separator,
    ['services', menuMessages.services()],
    separator,
    ['hide', menuMessages.hide()],
    ['hideOthers', menuMessages.hideOthers()],
    ['unhide', menuMessages.showAll()],
    separator,
    ['quit', menuMessages.quit()],
  ];
}

function otherRows(): Row[] {
  return [['about', menuMessages.about()], separator, ['close', menuMessages.close()], ['quit', menuMessages.quit()]];
}

/** The context menu: cut, copy, paste and copying the address of a link. Nothing opens another window. */
export function contextMenu(language: () => Language): Options {
  const label = (message: Message): string => say(message, language());
  return {
    // Evaluated at each right click, since the language may change.
    labels: {
      get cut() {
        return label(menuMessages.cut());
      },
      get copy() {
        return label(menuMessages.copy());
      },
      get paste() {
        return label(menuMessages.paste());
      },
      get selectAll() {
        return label(menuMessages.selectAll());
      },
      get copyLink() {
        return label(menuMessages.copyLink());
      },
    },
    showCopyLink: true,
    showSelectAll: true,
    showLearnSpelling: false,
    showLookUpSelection: false,
    showSearchWithGoogle: false,
    showCopyImage: false,
    showCopyVideoAddress: false,
    showInspectElement: false,
  };
}
