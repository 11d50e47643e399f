import type { Connections } from '../connections/index.ts';
import type { Context, JobFormat, JobSource, JobSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { followedBy, jobMessages, type Message, storedMessage } from '../messages/index.ts';
import { minutes, RecentMap } from '../timing/index.ts';
import type { JobHooks } from './hooks.ts';
import { isOpen, type JobRecord, withProblem } from './record.ts';
import type { JobRecords } from './records.ts';

interface JobOrdersOptions {
  readonly records: JobRecords;
  readonly hooks: JobHooks;
  readonly connections: Pick<Connections, 'list' | 'open'>;
  nameOf(resource: string): string | undefined;
  /** Queries the provider for the status now. */
  check(id: string): Promise<void>;
  /** Ends a job that can no longer be started. */
  fail(id: string, problem: Message | string): Promise<void>;
  now(): number;
  readonly log: Log;
}

export interface JobOrder {
  readonly connection: string;
  readonly urn: string;
  readonly name?: string | undefined;
  readonly formats?: readonly (string | JobFormat)[] | undefined;
  readonly region?: string | undefined;
  readonly force?: boolean | undefined;
}

export interface JobOrders {
  /** Joins an open job of the same file. Throws what the provider rejects; then no job is left behind. */
  start(order: JobOrder): Promise<JobRecord>;
  /** Sends orders that were stored but not sent when the process ended. */
  resume(): Promise<void>;
  describe(connection: string, urn: string | undefined): { support: JobSupport; source?: JobSource; region: string };
  stop(): Promise<void>;
}

const startTimeout = minutes(10);

export function createJobOrders(options: JobOrdersOptions): JobOrders {
  const { records, connections } = options;
  const inProgress = new Map<string, Promise<JobRecord>>();
  const sender = createOrderSender(options);
  const isBlocked = createBlockedOrders(options.now);
  return {
    async start(order) {
      const opened = openSupport(connections, order.connection);
      const source = opened.support.source(order.urn);
      const region = regionFor(opened, source, order.region);
      const existing = findOpen(records, order.connection, source, region);
      if (existing) return existing;
      const key = [order.connection, region, source.urn].join(' ');
      const start = () => startOrder(options, sender, { order, source, region });
      const started = inProgress.get(key) ?? start().finally(() => inProgress.delete(key));
      inProgress.set(key, started);
      return started;
    },
    async resume() {
      const unsent = records.open().filter((record) => record.by === 'user' && record.postedAt === null);
      for (const record of unsent) {
        if (sender.stopped || sender.isSending(record.id)) continue;
        await sender.send(record).catch(async (error: unknown) => {
          if (sender.stopped || isBlocked(record.id, error)) return;
          options.log.warn('jobs', `A job could not be started: ${describe(error)}`);
          await options.fail(record.id, startProblem(error));
        });
      }
    },
    describe(connection, urn) {
      const opened = openSupport(connections, connection);
      const source = urn ? opened.support.source(urn) : undefined;
      const name = source && (source.name ?? options.nameOf(source.resource));
      const named = source ? { source: { ...source, ...(name ? { name } : {}) } } : {};
      return { support: opened.support, ...named, region: regionFor(opened, source, undefined) };
    },
    async stop() {
      sender.stop();
      await Promise.allSettled(inProgress.values());
    },
  };
}

/** Stores the order and sends it; an order that was rejected for certain is forgotten. */
async function startOrder(
  options: JobOrdersOptions,
  sender: OrderSender,
  { order, source, region }: { readonly order: JobOrder; readonly source: JobSource; readonly region: string },
): Promise<JobRecord> {
  const { records, hooks, connections } = options;
  const { connection, force = false } = order;
  const { support } = openSupport(connections, connection);
  // The hooks come first: without them no result would arrive.
  const workflow = await hooks.ensure(connection, support, region);
  const name = order.name ?? source.name ?? options.nameOf(source.resource) ?? null;
  const record = await records.create({
    ...{ connection, kind: 'translation', subject: source.urn, by: 'user', name, region, force, workflow },
    formats: formatsOf(support, order.formats).map((format) => ({ ...format })),
  });
  try {
    return await sender.send(record);
  } catch (error) {
    // A callback that arrived despite the rejection is the stronger evidence.
    const present = records.get(record.id);
    if (present && !present.heard && present.state === 'queued' && !sender.stopped) await records.forget([record.id]);
    throw error;
  }
}

type OrderSender = ReturnType<typeof createOrderSender>;

function createOrderSender(options: JobOrdersOptions) {
  const { records, hooks, connections, now } = options;
  const sending = new Set<string>();
  let stopped = false;

  const post = async ({ id, connection, subject: urn, formats, force, ...record }: JobRecord): Promise<void> => {
    const { support, context } = openSupport(connections, connection);
    const region = record.region ?? '';
    const workflow = await hooks.ensure(connection, support, region);
    // Stored before the request is sent: from then on the job may run, even if Ringback stops.
    await records.change(id, () => ({ postedAt: now(), workflow }));
    const { existed } = await support.start(context, { urn, region, formats, force, workflow, job: id });
    await records.change(id, () => ({ answered: true, existed }));
    if (existed) await options.check(id);
  };

  const send = async (record: JobRecord): Promise<JobRecord> => {
    const { id } = record;
    sending.add(id);
    try {
      await post(record);
    } catch (error) {
      if (stopped || !mayHaveStarted(error, records.get(id))) throw error;
      const problem = uncertainStart(error);
      await records.change(id, (present) => (isOpen(present) ? problem : undefined));
    } finally {
      sending.delete(id);
    }
    return records.get(id) ?? record;
  };

  return {
    send,
    isSending: (id: string): boolean => sending.has(id),
    get stopped() {
      return stopped;
    },
    stop() {
      stopped = true;
    },
  };
}

/** At most so many orders are remembered with the time since when they wait. */
const mostBlocked = 1000;

/** Decides whether a stored order waits for network and tunnel, which may not be available just after the start. */
function createBlockedOrders(now: () => number): (id: string, error: unknown) => boolean {
  const blockedSince = new RecentMap<string, number>(mostBlocked);
  return (id, error) => {
    if (!(error instanceof RingbackError) || !['offline', 'conflict'].includes(error.code)) return false;
    const since = blockedSince.get(id) ?? now();
    blockedSince.set(id, since);
    return now() - since < startTimeout;
  };
}

interface OpenedSupport {
  readonly support: JobSupport;
  readonly context: Context;
}

/** Throws where the connection has no jobs, or may not start any. */
function openSupport(connections: Pick<Connections, 'list' | 'open'>, id: string): OpenedSupport {
  const { connector, context, name } = connections.open(id);
  const connection = connections.list().find((one) => one.id === id);
  const limitation = connection?.cannot?.find(({ bundle }) => bundle === 'jobs');
  if (limitation) {
    throw new RingbackError('conflict', storedMessage(limitation.reason, limitation.reasonMessage));
  }
  if (!connector.jobs) throw new RingbackError('invalid-input', jobMessages.unsupported({ connection: name }));
  return { support: connector.jobs, context };
}

function regionFor(
  { support, context }: OpenedSupport,
  source: JobSource | undefined,
  wanted: string | undefined,
): string {
  const regions = support.regions.map(({ value }) => value);
  const region = wanted ?? source?.region ?? context.settings.region ?? regions[0] ?? '';
  if (regions.includes(region)) return region;
  throw new RingbackError('invalid-input', jobMessages.unknownRegion({ region, regions: regions.join(', ') }));
}

function findOpen(records: JobRecords, connection: string, { urn }: JobSource, region: string): JobRecord | undefined {
  return records
    .about(connection, `translation ${urn}`)
    .find((record) => record.by === 'user' && isOpen(record) && record.region === region);
}

function formatsOf(support: JobSupport, wanted: readonly (string | JobFormat)[] | undefined): readonly JobFormat[] {
  return (
    wanted?.map((format) => (typeof format === 'string' ? support.formatOf(format) : format)) ?? support.defaultFormats
  );
}

/** The request was sent and never answered; any other failure means that nothing was started. */
function mayHaveStarted(error: unknown, record: JobRecord | undefined): error is RingbackError {
  const isUnanswered = error instanceof RingbackError && error.uncertain && error.code === 'offline';
  return isUnanswered && record !== undefined && record.postedAt !== null;
}

function startProblem(error: unknown): Message | string {
  return error instanceof RingbackError ? storedMessage(error.message, error.reason) : jobMessages.couldNotStart();
}

function uncertainStart({ message, reason }: RingbackError): Pick<JobRecord, 'problem' | 'problemMessage'> {
  const uncertain = jobMessages.startUncertain();
  return withProblem(reason ? followedBy({ ...reason, text: message }, uncertain) : `${message} ${uncertain.text}`);
}
