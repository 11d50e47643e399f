import type { Backup, BackupAccount, Change, EventView, Job, Settings } from '../../../preload/contract/index.ts';
import { ask } from '../../engine/ask.ts';
import type { Engine } from '../../engine/index.ts';
import type { TrayContent } from './menu.ts';

const listedEvents = 5;
const listedJobs = 5;

/** The contents of the tray, with the ids of the jobs in progress. */
interface FollowedContent extends TrayContent {
  readonly openJobs: ReadonlySet<string>;
  readonly languageChoice?: Settings['language'];
}

export async function readTrayContent(engine: Pick<Engine, 'ask'>): Promise<FollowedContent> {
  const [status, settings, { events }, accounts, jobs, updates] = await Promise.all([
    ask(engine, 'status.get', {}),
    ask(engine, 'settings.get', {}),
    ask(engine, 'events.list', { limit: listedEvents }),
    ask(engine, 'backups.accounts', {}),
    ask(engine, 'jobs.list', { limit: 500 }),
    ask(engine, 'updates.status', {}),
  ]);
  const openJobs = new Set(jobs.filter(({ endedAt }) => endedAt === undefined).map(({ id }) => id));
  return {
    languageChoice: settings.language,
    ...{ status, notifications: settings.notifications, events, accounts, openJobs, updates },
    jobs: openJobs.size,
    latestJobs: latest(jobs),
  };
}

/** Applies a change; returns the same object where the tray does not show it. */
export function applyChange(content: FollowedContent, change: Change): FollowedContent {
  switch (change.type) {
    case 'status':
      return { ...content, status: change.status };
    case 'settings':
      return {
        ...content,
        notifications: change.settings.notifications,
        languageChoice: change.settings.language,
      };
    case 'event':
      return { ...content, events: withLatest(content.events, change.event) };
    case 'backup':
      return { ...content, accounts: withProgress(content.accounts, change.backup) };
    case 'job':
      return withListedJob(withJob(content, change.job.id, change.job.endedAt === undefined), change.job);
    case 'updates':
      return { ...content, updates: change.updates };
    default:
      return content;
  }
}

function withJob(content: FollowedContent, id: string, open: boolean): FollowedContent {
  if (content.openJobs.has(id) === open) return content;
  const openJobs = new Set(content.openJobs);
  if (open) openJobs.add(id);
  else openJobs.delete(id);
  return { ...content, openJobs, jobs: openJobs.size };
}

function withListedJob(content: FollowedContent, job: Job): FollowedContent {
  const others = (content.latestJobs ?? []).filter(({ id }) => id !== job.id);
  return { ...content, latestJobs: latest([job, ...others]) };
}

function latest(jobs: readonly Job[]): Job[] {
  return jobs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, listedJobs);
}

/** A repeated delivery updates its event's row without moving it. */
function withLatest(events: readonly EventView[], event: EventView): EventView[] {
  if (events.some(({ id }) => id === event.id)) return events.map((known) => (known.id === event.id ? event : known));
  return [event, ...events].slice(0, listedEvents);
}

/** Removes a backup that has ended; the accounts are then loaded again. */
function withProgress(accounts: readonly BackupAccount[], backup: Backup): BackupAccount[] {
  const isOver = ['done', 'failed', 'cancelled', 'timed-out'].includes(backup.state);
  return accounts.map(({ running, ...account }) => {
    if (account.connection !== backup.connection) return { ...account, ...(running ? { running } : {}) };
    if (!isOver) return { ...account, running: backup };
    return { ...account, ...(running && running.id !== backup.id ? { running } : {}) };
  });
}
