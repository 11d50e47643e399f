import type { Connections } from '../connections/index.ts';
import type { JobFormat, JobSource, JobSupport } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { JobHooks } from './hooks.ts';
import { isOpen, type JobRecord } from './record.ts';
import type { JobRecords } from './records.ts';

export interface JobOrdersOptions {
  readonly records: JobRecords;
  readonly hooks: JobHooks;
  readonly connections: Pick<Connections, 'list' | 'open'>;
  nameOf(resource: string): string | undefined;
  /** Asks the provider how it stands, now. */
  check(id: string): Promise<void>;
  /** It cannot be started any more: ends it and says why. */
  fail(id: string, problem: string): Promise<void>;
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
  /** An open job of the same file is joined. Throws what the provider refuses; then no job is left behind. */
  start(order: JobOrder): Promise<JobRecord>;
  /** Goes on with orders that were on disk and not yet sent when the process ended. */
  resume(): Promise<void>;
  describe(connection: string, urn: string | undefined): { support: JobSupport; source?: JobSource; region: string };
  stop(): Promise<void>;
}

const startTimeout = 10 * 60_000;
const usualFormats: readonly JobFormat[] = [{ type: 'svf2', views: ['2d', '3d'] }];

export function createJobOrders(options: JobOrdersOptions): JobOrders {
  const { records, hooks, connections, now } = options;
  const inProgress = new Map<string, Promise<JobRecord>>();
  const posting = new Set<string>();
  /** Since when an order from before the start could not be sent. */
  const hindered = new Map<string, number>();
  let stopped = false;

  const open = (connection: string) => {
    const { connector, context, name } = connections.open(connection);
    const refused = connections
      .list()
      .find(({ id }) => id === connection)
      ?.cannot?.find(({ bundle }) => bundle === 'jobs');
    if (refused) throw new RingbackError('conflict', refused.reason);
    if (!connector.jobs) throw new RingbackError('invalid-input', `${name} has no translations.`);
    return { support: connector.jobs, context };
  };

  const regionFor = (connection: string, source: JobSource | undefined, wanted: string | undefined): string => {
    const { support, context } = open(connection);
    const region = wanted ?? source?.region ?? context.settings.region ?? support.regions[0]?.value ?? 'US';
    if (support.regions.some(({ value }) => value === region)) return region;
    const known = support.regions.map(({ value }) => value).join(', ');
    throw new RingbackError('invalid-input', `There is no region "${region}". Use one of ${known}.`);
  };

  const post = async (record: JobRecord): Promise<JobRecord> => {
    const { id, connection, subject: urn, formats, force } = record;
    posting.add(id);
    try {
      const { support, context } = open(connection);
      const region = record.region ?? '';
      const workflow = await hooks.ensure(connection, support, region);
      // On disk before the provider hears of it: from now on it may be at work, whatever becomes of us.
      await records.change(id, () => ({ postedAt: now(), workflow }));
      const { existed } = await support.start(context, { urn, region, formats, force, workflow, job: id });
      await records.change(id, () => ({ answered: true, existed }));
      if (existed) await options.check(id);
    } catch (error) {
      if (stopped || !(error instanceof RingbackError) || !isUnknown(error, records.get(id))) throw error;
      const problem = `${error.message} Whether it was started will be seen by looking.`;
      await records.change(id, (present) => (isOpen(present) ? { problem } : undefined));
    } finally {
      posting.delete(id);
    }
    return records.get(id) ?? record;
  };

  const begin = async (order: JobOrder, source: JobSource, region: string): Promise<JobRecord> => {
    const { connection, force = false } = order;
    const { support } = open(connection);
    // In place before anything is kept: without them there is nothing to wait for.
    const workflow = await hooks.ensure(connection, support, region);
    const name = order.name ?? source.name ?? options.nameOf(source.resource) ?? null;
    const record = await records.create({
      ...{ connection, kind: 'translation', subject: source.urn, by: 'user', name, region, force, workflow },
      formats: (order.formats?.map(toFormat) ?? usualFormats).map((format) => ({ ...format })),
    });
    try {
      return await post(record);
    } catch (error) {
      // A callback that came all the same proves more than the refusal.
      const present = records.get(record.id);
      if (present && !present.heard && present.state === 'queued' && !stopped) await records.forget([record.id]);
      throw error;
    }
  };

  /** Just after the start network and tunnel may not be there yet. */
  const isHindered = (id: string, error: unknown): boolean => {
    if (!(error instanceof RingbackError) || !['offline', 'conflict'].includes(error.code)) return false;
    const since = hindered.get(id) ?? now();
    hindered.set(id, since);
    return now() - since < startTimeout;
  };

  return {
    async start(order) {
      const { support } = open(order.connection);
      const source = support.source(order.urn);
      const region = regionFor(order.connection, source, order.region);
      const key = [order.connection, region, source.urn].join(' ');
      const same = records
        .about(order.connection, `translation ${source.urn}`)
        .find((one) => one.by === 'user' && isOpen(one) && one.region === region);
      if (same) return same;
      const running = inProgress.get(key) ?? begin(order, source, region).finally(() => inProgress.delete(key));
      inProgress.set(key, running);
      return running;
    },
    async resume() {
      const waiting = records.open().filter((one) => one.by === 'user' && one.postedAt === null);
      for (const record of waiting) {
        if (stopped || posting.has(record.id)) continue;
        await post(record).catch(async (error: unknown) => {
          if (stopped || isHindered(record.id, error)) return;
          options.log.warn('jobs', `A job could not be started: ${describe(error)}`);
          const problem = error instanceof RingbackError ? error.message : 'It could not be started.';
          await options.fail(record.id, problem);
        });
      }
    },
    describe(connection, urn) {
      const { support } = open(connection);
      const source = urn ? support.source(urn) : undefined;
      const name = source && (source.name ?? options.nameOf(source.resource));
      const told = source ? { source: { ...source, ...(name ? { name } : {}) } } : {};
      return { support, ...told, region: regionFor(connection, source, undefined) };
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(inProgress.values());
    },
  };
}

/** Viewable formats come in both kinds of views unless something else is said. */
function toFormat(format: string | JobFormat): JobFormat {
  if (typeof format !== 'string') return format;
  return /^svf2?$/.test(format) ? { type: format, views: ['2d', '3d'] } : { type: format };
}

/** No answer came after it was sent; a refusal, or a failure before that, says for certain that nothing was started. */
function isUnknown({ code, uncertain }: RingbackError, record: JobRecord | undefined): boolean {
  return uncertain && code === 'offline' && record !== undefined && record.postedAt !== null;
}
