import type { QueryClient } from '@tanstack/react-query';
import type {
  Backup,
  Change,
  EventView,
  Job,
  MethodName,
  NotificationView,
  RemovalOutcome,
  Status,
} from '../preload/contract/index.ts';
import { putBackups } from './backups/index.ts';
import { putArrived } from './events/index.ts';
import { refreshKey } from './hooks/index.ts';
import { putJobs } from './jobs/index.ts';
import { staleAfterChange } from './stale.ts';
import type { Transport } from './transport/index.ts';
import type { View, ViewSignal } from './view.ts';

interface ChangeTargets {
  readonly transport: Transport;
  readonly client: QueryClient;
  readonly view: ViewSignal;
  /** Shows notifications in the window, for a host that cannot show them itself. */
  announce(notifications: readonly NotificationView[]): void;
  /** Shows the outcome of a removal of several items. */
  report(outcome: RemovalOutcome): void;
}

interface Batch {
  readonly events: EventView[];
  readonly notifications: NotificationView[];
  /** The latest state by id. */
  readonly backups: Map<string, Backup>;
  readonly jobs: Map<string, Job>;
  readonly stale: Set<MethodName>;
}

const batchInterval = 250;

const emptyBatch = (): Batch => ({
  events: [],
  notifications: [],
  backups: new Map(),
  jobs: new Map(),
  stale: new Set(),
});

/** Updates the cached data with changes of the host, in batches; returns a function that stops it. */
export function startFollowing(targets: ChangeTargets): () => void {
  const { transport, view } = targets;
  let batch = emptyBatch();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = () => {
    const full = batch;
    batch = emptyBatch();
    timer = undefined;
    apply(full, targets);
  };
  const stop = transport.listen((change) => {
    const opened = viewIn(change);
    if (opened) view.set(opened);
    else if (!applyNow(change, targets)) {
      collect(change, batch);
      timer ??= setTimeout(flush, batchInterval);
    }
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** The view that the host asks to open, such as after a click on a notification. */
function viewIn(change: Change): View | undefined {
  switch (change.type) {
    case 'open':
      return { page: 'events', event: change.event };
    case 'open-events':
      return { page: 'events', notification: change.notification };
    case 'open-job':
      return { page: 'jobs', job: change.job };
    case 'open-page':
      return { page: change.page };
    case 'open-backups':
      return { page: 'backups', ...(change.backup ? { backup: change.backup } : {}) };
    default:
      return undefined;
  }
}

/** Applies a change that cannot wait for a batch; returns whether it was one. */
function applyNow(change: Change, { client, report }: ChangeTargets): boolean {
  if (change.type === 'ready')
    void client.invalidateQueries({ predicate: ({ queryKey: [method] }) => method !== refreshKey });
  else if (change.type === 'status') put(client, ['status.get', {}], change.status);
  else if (change.type === 'settings') put(client, ['settings.get', {}], change.settings);
  else if (change.type === 'notifications') {
    put(client, ['status.get', {}], (status?: Status) => status && { ...status, unseen: change.unseen });
    void client.invalidateQueries({ queryKey: ['notifications.list'] });
    void client.invalidateQueries({ queryKey: ['sinks.list'] });
  } else if (change.type === 'updates') put(client, ['updates.status', {}], change.updates);
  else if (change.type === 'removals') {
    void client.invalidateQueries({ queryKey: ['removals.list'] });
    if (change.outcome && change.outcome.total > 1) report(change.outcome);
  } else return false;
  return true;
}

/**
 * Sets the value of a query, or derives it from the previous one; refetches where a request is in progress, whose
 * response may be older.
 */
function put(client: QueryClient, queryKey: readonly unknown[], value: unknown): void {
  const isAsked = client.isFetching({ queryKey }) > 0;
  client.setQueryData(queryKey, value);
  if (isAsked) void client.invalidateQueries({ queryKey });
}

function collect(change: Change, { events, notifications, backups, jobs, stale }: Batch): void {
  if (change.type === 'event') events.push(change.event);
  if (change.type === 'notification') notifications.push(change.notification);
  if (change.type === 'backup') backups.set(change.backup.id, change.backup);
  if (change.type === 'job') jobs.set(change.job.id, change.job);
  for (const method of staleAfterChange(change)) stale.add(method);
}

function apply(batch: Batch, { client, announce }: ChangeTargets): void {
  if (batch.events.length > 0) putArrived(client, batch.events);
  for (const hook of new Set(batch.events.map((event) => event.hook)))
    void client.invalidateQueries({ queryKey: ['events.activity', { hook }] });
  putBackups(client, [...batch.backups.values()]);
  putJobs(client, [...batch.jobs.values()]);
  for (const method of batch.stale) void client.invalidateQueries({ queryKey: [method] });
  const desktop = client.getQueryData<Status>(['status.get', {}])?.desktop ?? true;
  if (batch.notifications.length > 0 && !desktop) announce(batch.notifications);
}
