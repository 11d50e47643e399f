import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { BackupAccount } from '../../../preload/contract/index.ts';
import { chooseLanguage } from '../../../preload/languages/index.ts';
import type { Engine } from '../../engine/index.ts';
import { applyChange, readTrayContent } from './content.ts';
import { openTrayIcon } from './icon.ts';
import { type TrayActions, type TrayContent, type TrayState, trayMenu, trayState, trayTip } from './menu.ts';

/** Minimum milliseconds between two repaints. */
const repaintDelay = 250;

interface TrayParts {
  /** Whether the desktop shows tray icons at present. */
  hasHost(): Promise<boolean>;
  create(picture: NativeImage): Tray;
  picture(state: TrayState): NativeImage;
  menu(rows: MenuItemConstructorOptions[]): Menu;
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  readonly actions: Omit<TrayActions, 'pause'>;
  /** False on macOS, where a click opens the menu. */
  readonly opensOnClick: boolean;
  /** The preferred languages of the system; English where absent. */
  languages?(): readonly string[];
  now(): number;
}

export interface RingbackTray {
  /** Whether the icon exists, which it does while the desktop shows tray icons. */
  readonly visible: boolean;
  close(): void;
}

/** The icon's file in build/tray. macOS colours a "Template" itself; Linux panels scale a large one down. */
export function trayFile(state: TrayState, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return `${state}Template.png`;
  return platform === 'win32' ? `${state}.png` : `${state}-large.png`;
}

/** The tray icon: shows the state, the latest events and the actions. */
export async function openTray(parts: TrayParts): Promise<RingbackTray> {
  const { engine } = parts;
  let content = await readTrayContent(engine);
  let repaint: NodeJS.Timeout | undefined;
  let nextDay: NodeJS.Timeout | undefined;
  let closed = false;
  const painter = createPainter(parts);
  const spoken = (): TrayContent => {
    const language = chooseLanguage(content.languageChoice, parts.languages?.() ?? []);
    return { ...content, language };
  };

  const paint = (): void => {
    clearTimeout(repaint);
    repaint = undefined;
    if (icon?.tray) painter.paint(icon.tray, spoken());
    clearTimeout(nextDay);
    nextDay = setTimeout(paint, untilNextText(content, parts.now()));
  };
  const repaintSoon = (): void => {
    repaint ??= setTimeout(paint, repaintDelay);
  };
  const readAccounts = async (): Promise<void> => {
    const answer = await engine.ask('backups.accounts', {});
    if (!answer.ok || closed) return;
    content = { ...content, accounts: answer.value as BackupAccount[] };
    repaintSoon();
  };

  let icon: Awaited<ReturnType<typeof openTrayIcon>> | undefined;
  icon = await openTrayIcon({
    hasHost: parts.hasHost,
    create: () => parts.create(parts.picture(trayState(content.status))),
    created: (tray) => painter.start(tray, spoken()),
  });
  paint();
  const stopListening = engine.listen((change) => {
    if (change.type === 'backups' || change.type === 'connections') return void readAccounts();
    const next = applyChange(content, change);
    if (next === content) return;
    content = next;
    repaintSoon();
  });
  return {
    get visible() {
      return icon.tray !== undefined;
    },
    close() {
      closed = true;
      stopListening();
      clearTimeout(repaint);
      clearTimeout(nextDay);
      icon.close();
    },
  };
}

interface Painter {
  /** Initializes a new icon. */
  start(tray: Tray, content: TrayContent): void;
  /** Updates what has changed. */
  paint(tray: Tray, content: TrayContent): void;
}

function createPainter({ picture, menu, engine, actions, opensOnClick, now }: TrayParts): Painter {
  let state: TrayState | undefined;
  let rows = '';
  const pause = (duration: number | null): void => {
    const pausedUntil = duration === null ? null : new Date(now() + duration).toISOString();
    void engine.ask('settings.set', { notifications: { pausedUntil } });
  };
  const paint: Painter['paint'] = (tray, content) => {
    const nextState = trayState(content.status);
    if (nextState !== state) tray.setImage(picture(nextState));
    state = nextState;
    tray.setToolTip(trayTip(content, now()));
    const nextMenu = trayMenu(content, { ...actions, pause }, now());
    const nextRows = JSON.stringify(nextMenu);
    // Setting a menu closes the one that is open.
    if (nextRows !== rows) tray.setContextMenu(menu(nextMenu));
    rows = nextRows;
  };
  return {
    start(tray, content) {
      state = undefined;
      rows = '';
      if (opensOnClick) tray.on('click', () => actions.open());
      paint(tray, content);
    },
    paint,
  };
}

/** Milliseconds until a text changes by the passing of time: a pause ends, or today becomes yesterday. */
function untilNextText({ notifications }: TrayContent, now: number): number {
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  const left = [Date.parse(notifications.pausedUntil ?? ''), midnight].map((time) => time - now);
  return Math.min(...left.filter((time) => time > 0)) + 1;
}
