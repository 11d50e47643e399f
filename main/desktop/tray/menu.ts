import type { MenuItemConstructorOptions } from 'electron';
import { formatByteSize } from '../../../preload/byte-size.ts';
import type { BackupAccount, EventView, Job, Settings, Status, UpdateStatus } from '../../../preload/contract/index.ts';
import type { Language } from '../../../preload/languages/index.ts';
import { translateMessage } from '../../engine/messages/index.ts';
import { say, trayMessages } from '../messages.ts';

/** The tray's icon, by the name of its files in build/tray. */
export type TrayState = 'up' | 'down' | 'off' | 'problem';

/** The contents of the tray. */
export interface TrayContent {
  readonly status: Status;
  readonly notifications: Settings['notifications'];
  /** Latest first. */
  readonly events: readonly EventView[];
  /** The accounts that can be backed up. */
  readonly accounts: readonly BackupAccount[];
  /** Number of jobs in progress. */
  readonly jobs?: number;
  /** Latest first. */
  readonly latestJobs?: readonly Job[];
  readonly updates?: UpdateStatus;
  /** English where absent. */
  readonly language?: Language | undefined;
}

/** The actions of the tray's menu. */
export interface TrayActions {
  open(event?: string): void;
  openJob(job: string): void;
  /** Shows the updates. */
  openUpdates(): void;
  saveSupportFile(): void;
  backUp(connection: string): void;
  /** Pauses notifications for so many milliseconds; null resumes them. */
  pause(duration: number | null): void;
  quit(): void;
}

const hour = 3_600_000;
const longest = 70;

export function trayState({ tunnel, receiver, warnings }: Status): TrayState {
  if (receiver.problem !== undefined || warnings.length > 0) return 'problem';
  if (tunnel.state === 'idle') return 'up';
  return tunnel.state === 'connecting' ? 'down' : tunnel.state;
}

/** The state, in one line. */
export function trayLine(status: Status, language?: Language | undefined): string {
  const { tunnel, receiver, warnings } = status;
  if (receiver.problem !== undefined) return translateMessage(language ?? 'en', receiver.reason, receiver.problem);
  const [warning] = warnings;
  if (warning) return translateMessage(language ?? 'en', warning.reason, warning.message);
  if (tunnel.state === 'up') return say(trayMessages.ready(), language);
  if (tunnel.state === 'idle') return say(trayMessages.idle(), language);
  if (tunnel.state === 'connecting') return say(trayMessages.connecting(), language);
  if (tunnel.state === 'off') return say(trayMessages.off(), language);
  if (tunnel.problem === undefined) return say(trayMessages.tunnelDown(), language);
  const problem = translateMessage(language ?? 'en', tunnel.reason, tunnel.problem);
  return say(trayMessages.unreachable({ problem }), language);
}

/** The tooltip of the icon. */
export function trayTip({ status, accounts, jobs = 0, language }: TrayContent, now: number): string {
  const headlines = trayHeadlines(accounts, now, language);
  const lines = accounts.map((account, index) => progressLine(account, language) ?? headlines[index]);
  const jobLine = jobs === 0 ? [] : [say(trayMessages.jobs({ count: jobs }), language)];
  return ['Ringback', trayLine(status, language), ...quietLines(status, language), ...jobLine, ...lines].join('\n');
}

/** The time of the last verified backup of each account, with its name where there are several. */
export function trayHeadlines(
  accounts: readonly BackupAccount[],
  now: number,
  language?: Language | undefined,
): string[] {
  return accounts.map(({ name, lastProven, overdue }) => {
    const several = accounts.length > 1;
    const backup =
      lastProven && `${moment(lastProven.at, now, language)}, ${formatByteSize(lastProven.bytes, language ?? 'en')}`;
    const { lastBackup, lastBackupOf, noBackup, noBackupOf } = trayMessages;
    const one = backup ? lastBackup({ backup }) : noBackup();
    const line = say(several ? (backup ? lastBackupOf({ name, backup }) : noBackupOf({ name })) : one, language);
    return overdue ? say(trayMessages.overdue({ line }), language) : line;
  });
}

/** "today 03:12", "yesterday 03:12", otherwise with the date; local time. */
function moment(time: string, now: number, language: Language = 'en'): string {
  const at = new Date(time);
  const clock = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const daysAgo = (days: number): string => {
    const date = new Date(now);
    date.setDate(date.getDate() - days);
    return date.toDateString();
  };
  const daysSince = [0, 1].find((days) => daysAgo(days) === at.toDateString());
  const dayName = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const day = daysSince === undefined ? undefined : dayName.format(-daysSince, 'day');
  return `${day ?? at.toLocaleDateString(undefined, { dateStyle: 'medium' })} ${clock}`;
}

function progressLine({ name, running }: BackupAccount, language: Language = 'en'): string | undefined {
  if (running?.state !== 'downloading') return undefined;
  const { bytes = 0, total } = running;
  if (running.proving) return say(trayMessages.verifying({ name }), language);
  const percent = total ? Math.floor((bytes / total) * 100) : 0;
  const progress = total
    ? say(trayMessages.percent({ percent, total: formatByteSize(total, language) }), language)
    : formatByteSize(bytes, language);
  return say(trayMessages.downloading({ name, progress }), language);
}

export function trayMenu(
  { status, notifications, events, accounts, latestJobs = [], updates, language }: TrayContent,
  actions: TrayActions,
  now: number,
): MenuItemConstructorOptions[] {
  return [
    ...[trayLine(status, language), ...trayHeadlines(accounts, now, language)].map((line) => ({
      label: label(line),
      enabled: false,
    })),
    { type: 'separator' },
    ...(events.length === 0
      ? [{ label: say(trayMessages.noEvents(), language), enabled: false }]
      : events.map((event) => row(event, actions, language))),
    { type: 'separator' },
    ...jobRows(latestJobs, actions, language),
    ...backupRows(accounts, actions, language),
    pauseRow({ notifications, status, language }, actions, now),
    { type: 'separator' },
    ...updateRows(updates, actions, language),
    { label: say(trayMessages.open(), language), click: () => actions.open() },
    { label: say(trayMessages.support(), language), click: () => actions.saveSupportFile() },
    { label: say(trayMessages.quit(), language), click: () => actions.quit() },
  ];
}

function row(
  { id, title: english, titleMessage, receivedAt }: EventView,
  actions: TrayActions,
  language: Language = 'en',
): MenuItemConstructorOptions {
  const title = translateMessage(language, titleMessage, english);
  const time = new Date(receivedAt).toLocaleTimeString(undefined, { timeStyle: 'short' });
  return { id: `event-${id}`, label: label(`${time}  ${title}`), click: () => actions.open(id) };
}

const jobStates = {
  queued: trayMessages.jobQueued,
  running: trayMessages.jobRunning,
  success: trayMessages.jobSuccess,
  failed: trayMessages.jobFailed,
  timeout: trayMessages.jobTimeout,
} as const satisfies Readonly<Record<Job['state'], unknown>>;

/** The rows of jobs, without progress, because changing a row closes the menu. */
function jobRows(
  jobs: readonly Job[],
  actions: TrayActions,
  language?: Language | undefined,
): MenuItemConstructorOptions[] {
  if (jobs.length === 0) return [];
  const rows = jobs.map(({ id, name, state }) => ({
    id: `job-${id}`,
    label: label(say(jobStates[state]({ name }), language)),
    click: () => actions.openJob(id),
  }));
  return [...rows, { type: 'separator' }];
}

function updateRows(
  updates: UpdateStatus | undefined,
  actions: TrayActions,
  language?: Language | undefined,
): MenuItemConstructorOptions[] {
  const { state, version = '' } = updates ?? {};
  if (state !== 'ready' && state !== 'available') return [];
  const text = state === 'ready' ? trayMessages.updateReady({ version }) : trayMessages.updateAvailable({ version });
  return [{ label: say(text, language), click: () => actions.openUpdates() }];
}

function backupRows(
  accounts: readonly BackupAccount[],
  actions: TrayActions,
  language?: Language | undefined,
): MenuItemConstructorOptions[] {
  if (accounts.length === 0) return [];
  const submenu = accounts.map(({ connection, name, running }) => ({
    id: `account-${connection}`,
    label: label(running ? say(trayMessages.inProgress({ name }), language) : name),
    enabled: running === undefined,
    click: () => actions.backUp(connection),
  }));
  return [{ label: say(trayMessages.backUp(), language), submenu }, { type: 'separator' }];
}

function pauseRow(
  content: Pick<TrayContent, 'notifications' | 'status'> & { readonly language: Language | undefined },
  actions: TrayActions,
  now: number,
): MenuItemConstructorOptions {
  const { language, status } = content;
  const { enabled, pausedUntil } = content.notifications;
  if (!enabled) return { label: say(trayMessages.notificationsOff(), language), enabled: false };
  const until = pausedUntil === null ? 0 : Date.parse(pausedUntil);
  if (until > now) {
    const text = trayMessages.resume({ time: clockTime(until) });
    return { label: say(text, language), click: () => actions.pause(null) };
  }
  const [quiet] = quietLines(status, language);
  if (quiet !== undefined) return { label: quiet, enabled: false };
  return { label: say(trayMessages.pause(), language), click: () => actions.pause(hour) };
}

/** Reasons why notifications are silent at present. */
function quietLines({ quietUntil, doNotDisturb }: Status, language?: Language | undefined): string[] {
  if (quietUntil !== undefined) return [say(trayMessages.quiet({ time: clockTime(Date.parse(quietUntil)) }), language)];
  return doNotDisturb ? [say(trayMessages.doNotDisturb(), language)] : [];
}

function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString(undefined, { timeStyle: 'short' });
}

/** A label for menus, which use "&" for shortcuts and become as wide as their longest line. */
function label(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return short.replaceAll('&', '&&');
}
