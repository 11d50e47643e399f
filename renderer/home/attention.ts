import type {
  Backup,
  BackupAccount,
  Connection,
  Hook,
  Inactivity,
  Job,
  Rejection,
} from '../../preload/contract/index.ts';
import { needsAttention } from '../hook-health.ts';
import { messageText } from '../message-text.ts';
import type { View } from '../view.ts';

export type AttentionKind =
  | 'signIn'
  | 'credentials'
  | 'hooks'
  | 'overdue'
  | 'failedBackups'
  | 'failedJobs'
  | 'slowJobs'
  | 'inactive'
  | 'rejected';

/** Items of one kind that need the user's attention. */
export interface AttentionItem {
  readonly kind: AttentionKind;
  readonly count: number;
  /** Whether there may be more than counted. */
  readonly isCapped?: boolean;
  /** Their names; empty where they have none. */
  readonly names: readonly string[];
  /** The view to open: of the single item, or the page with all. */
  readonly target: View;
}

/** The data, as far as it is loaded. */
export interface AttentionInput {
  readonly connections: readonly Connection[];
  readonly hooks: readonly Hook[];
  readonly accounts: readonly BackupAccount[];
  readonly backups: readonly Backup[];
  readonly jobs: readonly Job[];
  readonly inactivity: readonly Inactivity[];
  readonly rejections: readonly Rejection[];
}

interface Judges {
  readonly now: number;
  isOverdue(account: BackupAccount): boolean;
  nameOf(hook: Hook): string;
}

const day = 86_400_000;
/** Number of latest rejections that are loaded. */
export const rejectionsRead = 200;

/** The items that need attention, most urgent first. */
export function attentionOf(input: AttentionInput, { now, isOverdue, nameOf }: Judges): readonly AttentionItem[] {
  const isRecent = (time: string | undefined) => time !== undefined && now - Date.parse(time) < day;
  const { connections, hooks, accounts, jobs } = input;
  const silent = new Set(input.inactivity.filter(({ alarm }) => alarm).map(({ hook }) => hook));
  const rejected = input.rejections.filter(({ receivedAt }) => isRecent(receivedAt)).length;
  const items: readonly (AttentionItem | undefined)[] = [
    itemOf(
      'signIn',
      connections.filter(({ signIn }) => signIn?.state === 'needed'),
      ({ name }) => name,
      () => ({ page: 'connections' }),
    ),
    itemOf(
      'credentials',
      connections.filter(({ incomplete }) => incomplete),
      nameIn,
      () => ({ page: 'connections' }),
    ),
    hookItem('hooks', hooks.filter(needsAttention), nameOf),
    itemOf('overdue', accounts.filter(isOverdue), nameIn, () => ({ page: 'backups' })),
    itemOf('failedBackups', latestFailures(input.backups), titleIn, backupView),
    itemOf(
      'failedJobs',
      jobs.filter((job) => (job.state === 'failed' || job.state === 'timeout') && isRecent(job.endedAt)),
      nameIn,
      jobView,
    ),
    itemOf(
      'slowJobs',
      jobs.filter((job) => job.overdue && !job.endedAt),
      nameIn,
      jobView,
    ),
    hookItem(
      'inactive',
      hooks.filter(({ id }) => silent.has(id)),
      nameOf,
    ),
    rejected === 0
      ? undefined
      : {
          ...{ kind: 'rejected', count: rejected, names: [], target: { page: 'events', tab: 'rejected' } },
          ...(rejected >= rejectionsRead ? { isCapped: true } : {}),
        },
  ];
  return items.filter((item) => item !== undefined);
}

/** The latest backups of each account and kind, where they failed. */
function latestFailures(backups: readonly Backup[]): readonly Backup[] {
  const newest = new Map<string, Backup>();
  for (const backup of backups) {
    const key = JSON.stringify([backup.connection, backup.request]);
    const known = newest.get(key);
    if (!known || known.createdAt < backup.createdAt) newest.set(key, backup);
  }
  return [...newest.values()].filter(({ state }) => state === 'failed' || state === 'timed-out');
}

const titleIn = ({ title, titleMessage }: Backup): string => messageText(titleMessage, title);
const nameIn = ({ name }: { readonly name: string }): string => name;
const jobView = (job: Job | undefined): View => ({ page: 'jobs', ...(job ? { job: job.id } : {}) });
const backupView = (backup: Backup | undefined): View => ({
  page: 'backups',
  ...(backup ? { backup: backup.id } : {}),
});

function hookItem(kind: 'hooks' | 'inactive', found: readonly Hook[], nameOf: (hook: Hook) => string) {
  return itemOf(kind, found, nameOf, (hook): View => ({ page: 'hooks', ...(hook ? { hook: hook.id } : {}) }));
}

/** `viewOf` gets the item where there is exactly one. */
function itemOf<T>(
  kind: AttentionKind,
  found: readonly T[],
  nameOf: (item: T) => string,
  viewOf: (only: T | undefined) => View,
): AttentionItem | undefined {
  if (found.length === 0) return undefined;
  const target = viewOf(found.length === 1 ? found[0] : undefined);
  return { kind, count: found.length, names: found.map(nameOf), target };
}
