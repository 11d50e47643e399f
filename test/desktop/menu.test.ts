import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { applicationMenu, contextMenu, openMenus } from '../../main/desktop/menu.ts';
import type { Language } from '../../preload/languages/index.ts';

type Row = MenuItemConstructorOptions;

const rows = (menu: readonly Row[]): Row[] => menu.flatMap((row) => [row, ...rows((row.submenu ?? []) as Row[])]);
const labels = (platform: NodeJS.Platform, language: Language) =>
  rows(applicationMenu(platform, language)).flatMap(({ label }) => label ?? []);

test.each(['linux', 'win32', 'darwin'] as const)(
  'no row of the menu on %s is left to Electron, which would name it in English',
  (platform) => {
    const unnamed = rows(applicationMenu(platform, 'nl')).filter(
      ({ type, label }) => type !== 'separator' && label === undefined,
    );
    expect(unnamed).toEqual([]);
    const english = new Set(labels(platform, 'en'));
    const names = ['Ringback', 'Zoom'];
    for (const language of ['nl', 'de'] as const)
      expect(labels(platform, language).filter((label) => english.has(label) && !names.includes(label))).toEqual([]);
  },
);

test('the menu of macOS has its own menus for the application and its windows, and others do without', () => {
  const roles = (platform: NodeJS.Platform) => rows(applicationMenu(platform, 'en')).flatMap(({ role }) => role ?? []);
  const onlyMac = ['services', 'hide', 'hideOthers', 'unhide', 'pasteAndMatchStyle', 'windowMenu', 'front'];
  expect(roles('darwin')).toEqual(expect.arrayContaining(onlyMac));
  for (const platform of ['linux', 'win32'] as const) {
    expect(roles(platform)).toEqual(expect.arrayContaining(['about', 'undo', 'copy', 'zoomIn', 'quit']));
    expect(roles(platform).filter((role) => onlyMac.includes(role))).toEqual([]);
  }
});

test('menu and about panel change with the language, and are left alone while it stays', () => {
  let language: Language = 'de';
  const menus: Row[][] = [];
  const panels: object[] = [];
  const refresh = openMenus({
    app: { getVersion: () => '0.1.0', setAboutPanelOptions: (options) => panels.push(options) },
    Menu: {
      buildFromTemplate: (template) => template as never,
      setApplicationMenu: (menu) => menus.push(menu as never),
    },
    platform: 'linux',
    icon: '/icon.png',
    language: () => language,
  });
  refresh();
  language = 'nl';
  refresh();
  expect(menus.map(([, edit]) => edit?.label)).toEqual(['Bearbeiten', 'Bewerken']);
  expect(panels).toMatchObject([
    { applicationVersion: '0.1.0', copyright: expect.stringContaining('Die Autoren') },
    { iconPath: '/icon.png', copyright: expect.stringContaining('De auteurs') },
  ]);
});

test('the labels of a right click follow the language', () => {
  let language: Language = 'en';
  const { labels: current } = contextMenu(() => language);
  expect(current).toMatchObject({
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    copyLink: 'Copy link',
  });
  language = 'de';
  expect(current?.copyLink).toBe('Link kopieren');
});
