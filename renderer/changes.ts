import type { QueryClient } from '@tanstack/react-query';
import type { Backup, Change, Event, Job, Notification, Status } from '../preload/contract.ts';
import { putBackups } from './backups/index.ts';
import { putArrived } from './events/index.ts';
import { refreshKey } from './hooks/index.ts';
import { putJobs } from './jobs/index.ts';
import { backupQuestions } from './queries.ts';
import type { Transport } from './transport.ts';
import type { ViewSignal } from './view.ts';

export interface ChangeTargets {
  readonly transport: Transport;
  readonly client: QueryClient;
  readonly view: ViewSignal;
  /** Shows what the system's own notifications would have shown, where the host has none. */
  announce(notifications: readonly Notification[]): void;
}

interface Batch {
  readonly events: Event[];
  readonly notifications: Notification[];
  /** As they were last told, by id. */
  readonly backups: Map<string, Backup>;
  readonly jobs: Map<string, Job>;
  readonly stale: Set<string>;
}

/** Old as soon as something happened to a hook. */
const hookQuestions = ['hooks.list', 'hooks.problems', 'hooks.healing', 'hooks.history', 'silence.list'] as const;

const emptyBatch = (): Batch => ({
  events: [],
  notifications: [],
  backups: new Map(),
  jobs: new Map(),
  stale: new Set(),
});

/** Keeps what the window shows up to date; returns the function that ends it. Bursts are applied four times a second. */
export function startFollowing({ transport, client, view, announce }: ChangeTargets): () => void {
  let batch = emptyBatch();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const apply = () => {
    const { events, notifications, backups, jobs, stale } = batch;
    batch = emptyBatch();
    timer = undefined;
    if (events.length > 0) putArrived(client, events);
    putBackups(client, [...backups.values()]);
    putJobs(client, [...jobs.values()]);
    for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
    const desktop = client.getQueryData<Status>(['status.get', {}])?.desktop ?? true;
    if (notifications.length > 0 && !desktop) announce(notifications);
  };

  const collect = (change: Change) => {
    if (change.type === 'event') batch.events.push(change.event);
    if (change.type === 'notification') batch.notifications.push(change.notification);
    if (change.type === 'rejection') batch.stale.add('rejections.list');
    if (change.type === 'connections') batch.stale.add('connections.list').add('hooks.list').add('backups.accounts');
    if (change.type === 'hooks') for (const key of hookQuestions) batch.stale.add(key);
    if (change.type === 'recovery') batch.stale.add('recovery.history');
    if (change.type === 'backup') {
      batch.backups.set(change.backup.id, change.backup);
      // Progress is all in the change; anything else may have moved what is proven, kept or overdue.
      if (change.backup.state !== 'downloading') for (const key of backupQuestions) batch.stale.add(key);
    }
    if (change.type === 'job') batch.jobs.set(change.job.id, change.job);
    if (change.type === 'jobs') batch.stale.add('jobs.list');
    if (change.type === 'backups') for (const key of backupQuestions) batch.stale.add(key);
    timer ??= setTimeout(apply, 250);
  };

  const end = transport.listen((change) => {
    if (change.type === 'ready')
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== refreshKey });
    else if (change.type === 'status') client.setQueryData(['status.get', {}], change.status);
    else if (change.type === 'settings') client.setQueryData(['settings.get', {}], change.settings);
    else if (change.type === 'open') view.set({ page: 'events', event: change.event });
    else if (change.type === 'open-job') view.set({ page: 'jobs', job: change.job });
    else if (change.type === 'open-page') view.set({ page: change.page });
    else if (change.type === 'open-backups')
      view.set({ page: 'backups', ...(change.backup ? { backup: change.backup } : {}) });
    else collect(change);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
