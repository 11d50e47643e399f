import type { Menu, MenuItemConstructorOptions, NativeImage, Tray } from 'electron';
import type { Backup, BackupAccount, Change, EventView } from '../../preload/contract.ts';
import { ask } from '../engine/ask.ts';
import type { Engine } from '../engine/index.ts';
import { type TrayActions, type TrayState, trayMenu, trayState, trayTip } from './tray-menu.ts';

const listed = 5;
/** Milliseconds between two questions whether anything shows tray icons. */
const hostPoll = 15_000;
/** Milliseconds between two paintings, however fast events arrive. */
const breath = 250;

interface TrayParts {
  /** Whether anything shows tray icons now. */
  hasHost(): Promise<boolean>;
  create(picture: NativeImage): Tray;
  picture(state: TrayState): NativeImage;
  menu(rows: MenuItemConstructorOptions[]): Menu;
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  readonly actions: Omit<TrayActions, 'pause'>;
  /** False on macOS, where a click opens the menu. */
  readonly opensOnClick: boolean;
  now(): number;
}

/** The picture's file in build/tray. macOS colours a "Template" itself; Linux panels shrink a large one. */
export function trayFile(state: TrayState, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return `${state}Template.png`;
  return platform === 'win32' ? `${state}.png` : `${state}-large.png`;
}

export interface RingbackTray {
  /** Whether the icon was created while something shows icons. */
  readonly visible: boolean;
  close(): void;
}

/** The icon beside the clock: shows the state, the latest events and what can be done. */
export async function openTray(parts: TrayParts): Promise<RingbackTray> {
  const { picture, menu, engine, actions, now } = parts;
  const [status, settings, { events }, accounts, jobs] = await Promise.all([
    ask(engine, 'status.get', {}),
    ask(engine, 'settings.get', {}),
    ask(engine, 'events.list', { limit: listed }),
    ask(engine, 'backups.accounts', {}),
    ask(engine, 'jobs.list', { limit: 500 }),
  ]);
  const underWay = new Set(jobs.filter(({ endedAt }) => endedAt === undefined).map(({ id }) => id));
  let content = { status, notifications: settings.notifications, events, accounts, jobs: underWay.size };
  let state = trayState(status);
  let painting: NodeJS.Timeout | undefined;
  let turning: NodeJS.Timeout | undefined;
  let closed = false;
  let rows: readonly MenuItemConstructorOptions[] = [];
  const icon = followHost(parts, () => show());

  const pause = (until: number | null): void => {
    const pausedUntil = until === null ? null : new Date(until).toISOString();
    void engine.ask('settings.set', { notifications: { pausedUntil } });
  };

  const paint = (): void => {
    painting = undefined;
    const next = trayState(content.status);
    if (next !== state) icon.tray?.setImage(picture(next));
    state = next;
    icon.tray?.setToolTip(trayTip(content, now()));
    const nextRows = trayMenu(content, { ...actions, pause }, now());
    // A new menu closes the one that is open.
    if (JSON.stringify(nextRows) !== JSON.stringify(rows)) {
      rows = nextRows;
      icon.tray?.setContextMenu(menu(nextRows));
    }
    awaitTurn();
  };
  /** Draws everything on a new icon. */
  const show = (): void => {
    rows = [];
    icon.tray?.setImage(picture(state));
    if (parts.opensOnClick) icon.tray?.on('click', () => actions.open());
    paint();
  };

  /** The end of a pause, and of the day that is called today. */
  const awaitTurn = (): void => {
    clearTimeout(turning);
    const midnight = new Date(now()).setHours(24, 0, 0, 0);
    const left = [Date.parse(content.notifications.pausedUntil ?? ''), midnight].map((time) => time - now());
    turning = setTimeout(paint, Math.min(...left.filter((time) => time > 0)) + 1);
  };

  const repaint = (): void => {
    painting ??= setTimeout(paint, breath);
  };
  const lookAtAccounts = async (): Promise<void> => {
    const answer = await engine.ask('backups.accounts', {});
    if (!answer.ok || closed) return;
    content = { ...content, accounts: answer.value as BackupAccount[] };
    repaint();
  };

  const hear = (change: Change): void => {
    if (change.type === 'status') content = { ...content, status: change.status };
    else if (change.type === 'settings') content = { ...content, notifications: change.settings.notifications };
    else if (change.type === 'event') content = { ...content, events: withLatest(content.events, change.event) };
    else if (change.type === 'backup')
      content = { ...content, accounts: withProgress(content.accounts, change.backup) };
    else if (change.type === 'job') {
      if (change.job.endedAt === undefined) underWay.add(change.job.id);
      else underWay.delete(change.job.id);
      if (underWay.size === content.jobs) return;
      content = { ...content, jobs: underWay.size };
    } else if (change.type === 'backups' || change.type === 'connections') return void lookAtAccounts();
    else return;
    repaint();
  };

  await icon.look();
  if (icon.tray === undefined) awaitTurn();
  const silence = engine.listen(hear);
  return {
    get visible() {
      return icon.tray !== undefined;
    },
    close() {
      closed = true;
      silence();
      clearTimeout(painting);
      clearTimeout(turning);
      icon.close();
    },
  };
}

interface FollowedIcon {
  readonly tray: Tray | undefined;
  look(): Promise<void>;
  close(): void;
}

/**
 * Creates the icon while something shows icons, and again when that comes later: Chromium looks for the tray host once, so
 * that an icon created before it stays invisible for the whole session.
 */
function followHost({ hasHost, create, picture }: TrayParts, created: () => void): FollowedIcon {
  let tray: Tray | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const look = async (): Promise<void> => {
    const found = await hasHost();
    if (closed) return;
    if (!found) {
      tray?.destroy();
      tray = undefined;
    } else if (tray === undefined) {
      tray = create(picture('off'));
      created();
    }
    timer = setTimeout(() => void look(), hostPoll);
  };
  return {
    get tray() {
      return tray;
    },
    look,
    close() {
      closed = true;
      clearTimeout(timer);
      tray?.destroy();
    },
  };
}

/** A repetition changes the row of its event and moves nothing. */
function withLatest(events: readonly EventView[], event: EventView): EventView[] {
  if (events.some(({ id }) => id === event.id)) return events.map((known) => (known.id === event.id ? event : known));
  return [event, ...events].slice(0, listed);
}

/** A backup that is over is taken out; the accounts are looked at anew then anyway. */
function withProgress(accounts: readonly BackupAccount[], backup: Backup): BackupAccount[] {
  const isOver = ['done', 'failed', 'cancelled', 'timed-out'].includes(backup.state);
  return accounts.map(({ running, ...account }) => {
    if (account.connection !== backup.connection) return { ...account, ...(running ? { running } : {}) };
    if (!isOver) return { ...account, running: backup };
    return { ...account, ...(running && running.id !== backup.id ? { running } : {}) };
  });
}
