import type { MenuItemConstructorOptions } from 'electron';
import { formatByteSize } from '../../../preload/byte-size.ts';
import type { BackupAccount, EventView, Job, Settings, Status, UpdateStatus } from '../../../preload/contract.ts';

/** The tray's picture, named as its files under build/tray. */
export type TrayState = 'up' | 'down' | 'off' | 'problem';

/** All that the tray shows. */
export interface TrayContent {
  readonly status: Status;
  readonly notifications: Settings['notifications'];
  /** The latest first. */
  readonly events: readonly EventView[];
  /** What can be backed up. */
  readonly accounts: readonly BackupAccount[];
  /** Jobs in progress in the cloud. */
  readonly jobs?: number;
  /** The latest first. */
  readonly latestJobs?: readonly Job[];
  readonly updates?: UpdateStatus;
}

/** What can be done from the tray. */
export interface TrayActions {
  open(event?: string): void;
  openJob(job: string): void;
  /** Shows what is known of newer versions. */
  openUpdates(): void;
  saveSupportFile(): void;
  backUp(connection: string): void;
  /** For so many milliseconds from now; null resumes at once. */
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

/** The state in one line. */
export function trayLine(status: Status): string {
  const { tunnel, receiver, warnings } = status;
  const problem = receiver.problem ?? warnings[0]?.message;
  if (problem !== undefined) return problem;
  if (tunnel.state === 'up') return 'Ready: callbacks reach this computer';
  if (tunnel.state === 'idle') return 'Ready: the tunnel opens when something needs it';
  if (tunnel.state === 'connecting') return 'Connecting…';
  if (tunnel.state === 'off') return 'No tunnel: set one up to receive callbacks';
  return `Not reachable: ${tunnel.problem ?? 'the tunnel is down'}`;
}

/** The tool tip of the icon. */
export function trayTip({ status, accounts, jobs = 0 }: TrayContent, now: number): string {
  const headlines = trayHeadlines(accounts, now);
  const lines = accounts.map((account, index) => progressLine(account) ?? headlines[index]);
  const jobLine = jobs === 0 ? [] : [jobs === 1 ? '1 job in progress' : `${jobs} jobs in progress`];
  const pauseLine = status.quietUntil === undefined ? [] : [quietLine(status.quietUntil)];
  return ['Ringback', trayLine(status), ...pauseLine, ...jobLine, ...lines].join('\n');
}

/** When the last verified backup of each account was made; by name where there are several. */
export function trayHeadlines(accounts: readonly BackupAccount[], now: number): string[] {
  return accounts.map(({ name, lastProven, overdue }) => {
    const several = accounts.length > 1;
    const size = lastProven && `${moment(lastProven.at, now)}, ${formatByteSize(lastProven.bytes, 'en')}`;
    const one = size ? `Last verified backup: ${size}` : 'No verified backup yet';
    const line = size ? `${name}: last verified backup ${size}` : `${name}: no verified backup yet`;
    return `${several ? line : one}${overdue ? ' (overdue)' : ''}`;
  });
}

/** "today 03:12", "yesterday 03:12", else with its date; local time. */
function moment(time: string, now: number): string {
  const at = new Date(time);
  const clock = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const daysAgo = (days: number): string => {
    const date = new Date(now);
    date.setDate(date.getDate() - days);
    return date.toDateString();
  };
  const day = ['today', 'yesterday'].find((_, index) => daysAgo(index) === at.toDateString());
  return `${day ?? at.toLocaleDateString(undefined, { dateStyle: 'medium' })} ${clock}`;
}

function progressLine({ name, running }: BackupAccount): string | undefined {
  if (running?.state !== 'downloading') return undefined;
  const { bytes = 0, total } = running;
  const progress = total
    ? `${Math.floor((bytes / total) * 100)}% of ${formatByteSize(total, 'en')}`
    : formatByteSize(bytes, 'en');
  return `${name}: ${running.proving ? 'verifying the backup' : `downloading the backup, ${progress}`}`;
}

export function trayMenu(
  { status, notifications, events, accounts, latestJobs = [], updates }: TrayContent,
  actions: TrayActions,
  now: number,
): MenuItemConstructorOptions[] {
  return [
    ...[trayLine(status), ...trayHeadlines(accounts, now)].map((line) => ({ label: label(line), enabled: false })),
    { type: 'separator' },
    ...(events.length === 0
      ? [{ label: 'No events yet', enabled: false }]
      : events.map((event) => row(event, actions))),
    { type: 'separator' },
    ...jobRows(latestJobs, actions),
    ...backupRows(accounts, actions),
    pauseRow(notifications, status, actions, now),
    { type: 'separator' },
    ...updateRows(updates, actions),
    { label: 'Open Ringback', click: () => actions.open() },
    { label: 'Save support file…', click: () => actions.saveSupportFile() },
    { label: 'Quit Ringback', click: () => actions.quit() },
  ];
}

function row({ id, title, receivedAt }: EventView, actions: TrayActions): MenuItemConstructorOptions {
  const time = new Date(receivedAt).toLocaleTimeString(undefined, { timeStyle: 'short' });
  return { id: `event-${id}`, label: label(`${time}  ${title}`), click: () => actions.open(id) };
}

const jobStates: Readonly<Record<Job['state'], string>> = {
  queued: 'queued',
  running: 'in progress',
  success: 'finished',
  failed: 'failed',
  timeout: 'timed out',
};

/** Without their progress: a row that changes closes the menu. */
function jobRows(jobs: readonly Job[], actions: TrayActions): MenuItemConstructorOptions[] {
  if (jobs.length === 0) return [];
  const rows = jobs.map(({ id, name, state }) => ({
    id: `job-${id}`,
    label: label(`${name}: ${jobStates[state]}`),
    click: () => actions.openJob(id),
  }));
  return [...rows, { type: 'separator' }];
}

function updateRows(updates: UpdateStatus | undefined, actions: TrayActions): MenuItemConstructorOptions[] {
  const { state, version } = updates ?? {};
  if (state !== 'ready' && state !== 'available') return [];
  const text = state === 'ready' ? `Ringback ${version} is ready to install…` : `Ringback ${version} is available…`;
  return [{ label: text, click: () => actions.openUpdates() }];
}

function backupRows(accounts: readonly BackupAccount[], actions: TrayActions): MenuItemConstructorOptions[] {
  if (accounts.length === 0) return [];
  const submenu = accounts.map(({ connection, name, running }) => ({
    id: `account-${connection}`,
    label: label(running ? `${name} (in progress)` : name),
    enabled: running === undefined,
    click: () => actions.backUp(connection),
  }));
  return [{ label: 'Back up now', submenu }, { type: 'separator' }];
}

function pauseRow(
  { enabled, pausedUntil }: Settings['notifications'],
  { quietUntil }: Status,
  actions: TrayActions,
  now: number,
): MenuItemConstructorOptions {
  if (!enabled) return { label: 'Notifications are turned off', enabled: false };
  const until = pausedUntil === null ? 0 : Date.parse(pausedUntil);
  if (until > now) {
    return { label: `Resume notifications (paused until ${clockTime(until)})`, click: () => actions.pause(null) };
  }
  if (quietUntil !== undefined) return { label: quietLine(quietUntil), enabled: false };
  return { label: 'Pause notifications for 1 hour', click: () => actions.pause(hour) };
}

function quietLine(until: string): string {
  return `Notifications paused until ${clockTime(Date.parse(until))}`;
}

function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString(undefined, { timeStyle: 'short' });
}

/** Menus take "&" for the mark of a shortcut, and grow as wide as their longest line. */
function label(text: string): string {
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return short.replaceAll('&', '&&');
}
