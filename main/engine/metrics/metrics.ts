import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BackupAccount, Hook, Job, Status } from '../../../preload/contract/index.ts';
import type { MethodHandlers, MethodsOf } from '../method-handlers.ts';
import { countQueues, type Ledger } from '../storage/index.ts';

export interface MetricsOptions {
  readonly ledger: Ledger;
  now(): number;
  status(): Status;
  /** The hooks created here. */
  hooks(): readonly Hook[];
  backupAccounts(): readonly BackupAccount[];
  jobs(): readonly Job[];
}

/** A request to a callback URL was answered. */
interface HandledRequest {
  readonly status: number;
  readonly milliseconds: number;
}

export interface Metrics {
  handled(request: HandledRequest): void;
  /** An event was stored. */
  stored(): void;
  /** In the text format of Prometheus. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** In seconds; a sender that waits longer than six gives up. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 6];

export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const deliveries = new Counter({
    name: 'ringback_deliveries_total',
    help: 'Requests to callback URLs, by outcome',
    ...{ labelNames: ['outcome'], registers },
  });
  const durations = new Histogram({
    name: 'ringback_delivery_duration_seconds',
    help: 'From the last byte of an accepted delivery until it is on disk',
    ...{ buckets, registers },
  });
  const events = new Counter({ name: 'ringback_events_total', help: 'New events that were stored', registers });
  for (const outcome of outcomes) deliveries.inc({ outcome }, 0);
  addGauges(registry, options);
  return {
    handled({ status, milliseconds }) {
      const outcome = outcomeOf(status);
      deliveries.inc({ outcome });
      if (outcome === 'accepted') durations.observe(milliseconds / 1000);
    },
    stored: () => events.inc(),
    read: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

const outcomes = ['accepted', 'rejected', 'not_found', 'too_large', 'unavailable'] as const;

function outcomeOf(status: number): (typeof outcomes)[number] {
  if (status < 300) return 'accepted';
  if (status === 401) return 'rejected';
  if (status === 413 || status === 431) return 'too_large';
  return status >= 500 ? 'unavailable' : 'not_found';
}

interface Figure {
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Adds the gauges, whose values are read whenever the metrics are. */
function addGauges(registry: Registry, options: MetricsOptions): void {
  const add = (name: string, help: string, read: () => readonly Figure[], labelNames: readonly string[] = []): void => {
    new Gauge({
      ...{ name, help, labelNames: [...labelNames], registers: [registry] },
      collect() {
        this.reset();
        for (const { value, labels = {} } of read()) this.set({ ...labels }, value);
      },
    });
  };
  const flag = (name: string, help: string, read: () => boolean): void =>
    add(name, help, () => [{ value: read() ? 1 : 0 }]);
  const { status } = options;
  add('ringback_info', 'The version, as a label', () => [{ value: 1, labels: { version: status().version } }], [
    'version',
  ]);
  flag('ringback_tunnel_up', 'Whether callbacks reach this computer', () => status().tunnel.state === 'up');
  flag('ringback_receiver_up', 'Whether the receiver listens', () => status().receiver.problem === undefined);
  add('ringback_warnings', 'Warnings that were not dismissed', () => [{ value: status().warnings.length }]);
  add('ringback_notifications_unseen', 'Notifications that nobody has seen', () => [{ value: status().unseen ?? 0 }]);
  add('ringback_hooks', 'Hooks created here, by state', () => hookFigures(options.hooks()), ['state']);
  add('ringback_jobs_in_progress', 'Jobs without a result yet', () => [{ value: options.jobs().length }]);
  addBackupGauges(add, options);
  add('ringback_queue_length', 'What waits to be done, by queue', () => queueFigures(options.ledger), ['queue']);
  add('process_resident_memory_bytes', 'Resident memory', () => [{ value: process.memoryUsage.rss() }]);
  const startedAt = Date.now() / 1000 - process.uptime();
  add('process_start_time_seconds', 'Start of the process since 1970', () => [{ value: startedAt }]);
}

type AddGauge = (name: string, help: string, read: () => readonly Figure[], labelNames?: readonly string[]) => void;

function addBackupGauges(add: AddGauge, { backupAccounts, now }: MetricsOptions): void {
  const labelNames = ['connection', 'name'];
  const labelsOf = ({ connection, name }: BackupAccount) => ({ connection, name });
  add(
    'ringback_backup_verified_age_seconds',
    'Age of the newest verified backup; absent where there is none',
    () =>
      backupAccounts().flatMap((account) => {
        const { lastProven: verified } = account;
        return verified ? [{ value: (now() - Date.parse(verified.at)) / 1000, labels: labelsOf(account) }] : [];
      }),
    labelNames,
  );
  add(
    'ringback_backup_overdue',
    'Whether there was no verified backup for longer than the plan allows',
    () => backupAccounts().map((account) => ({ value: account.overdue ? 1 : 0, labels: labelsOf(account) })),
    labelNames,
  );
}

function hookFigures(hooks: readonly Hook[]): Figure[] {
  const counts = new Map<string, number>();
  for (const { status } of hooks) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([state, value]) => ({ value, labels: { state } }));
}

function queueFigures(ledger: Ledger): Figure[] {
  return Object.entries(countQueues(ledger)).map(([queue, value]) => ({ value, labels: { queue } }));
}

/** The contract's question for figures. */
export function metricsMethods(metrics: Metrics): MethodHandlers<MethodsOf<'metrics'>> {
  return { 'metrics.read': () => metrics.read() };
}
