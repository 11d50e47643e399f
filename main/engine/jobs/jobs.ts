import type { Change, Finding, Hook, Job, JobDetail, Output } from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import type { Hooks } from '../hooks/index.ts';
import type { Log } from '../log.ts';
import { jobMessages } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import {
  type Events,
  type Ledger,
  type NotificationRow,
  type Stamp,
  selectJobEvents,
  selectJobsOfEvent,
} from '../storage/index.ts';
import { createJobEnricher, type JobEnricher } from './enricher.ts';
import { createExplanations } from './explain-failures.ts';
import { createJobHooks } from './hooks.ts';
import { createJobOrders, type JobOrder, type JobOrders } from './orders.ts';
import { createEventProcessor } from './process-events.ts';
import { categoryOf, isOpen, type JobRecord, toJob, withProblem } from './record.ts';
import { createJobRecords, type JobRecords } from './records.ts';
import { type JobWatch, startJobWatch } from './watch.ts';
import { checkWorkflow } from './workflow-check.ts';

/** Jobs in the cloud, one row each: started here, or only reported by callbacks. */
export interface Jobs {
  /** Updates jobs from stored events that were not processed yet. */
  processEvents(): Promise<void>;
  start(order: JobOrder): Promise<Job>;
  /** Orders a translation again, with its formats, whatever its earlier result. */
  retry(id: string): Promise<Job>;
  /** Looks up why jobs failed that are not notified yet, for a short time. Throws where the ledger fails. */
  explainFailures(): Promise<void>;
  /** Open jobs first, each part newest first. */
  list(connection: string | undefined, limit: number): Job[];
  /** Those that an event is about. */
  about(event: string): Job[];
  get(id: string): Promise<JobDetail>;
  formats(connection: string, urn: string | undefined, name: string | undefined): Promise<Output<'jobs.formats'>>;
  /** Queries the provider now. */
  refresh(id: string): Promise<Job>;
  forget(id: string): Promise<void>;
  pageOf(id: string): string;
  /** Whether a job is in progress. */
  readonly waiting: boolean;
  /** Queries all open jobs: after a time in which callbacks may have been missed. */
  refreshOpen(): Promise<void>;
  /** Jobs that ended unnoticed and were not reported yet. */
  unreported(): JobRecord[];
  /** Stores that the jobs are reported, together with the notification that reports them. */
  markReported(jobs: readonly JobRecord[], notification: NotificationRow | undefined): Promise<void>;
  /** What the latest translations say about a hook's workflow; undefined for a hook without one. */
  workflowCheck(hook: Hook): Omit<Finding, 'subject' | 'check'> | undefined;
  /** At start, on waking, and when the address changes. */
  wake(): void;
  /** Ends the open jobs of a connection that is removed. */
  abandon(connection: string): Promise<void>;
  close(): Promise<void>;
}

interface JobsOptions {
  readonly ledger: Ledger;
  readonly connections: Pick<Connections, 'list' | 'open'>;
  readonly events: Pick<Events, 'event' | 'nameOf' | 'parentOf'>;
  readonly notifier: Pick<Notifier, 'muted' | 'process'>;
  hooks(): Pick<Hooks, 'list' | 'create' | 'update' | 'remove'>;
  readonly installation: Stamp;
  /** A job turned out to have ended unnoticed. */
  missed(): void;
  now(): number;
  readonly log: Log;
  publish(change: Change): void;
}

/** The parts that the operations on jobs work with. */
interface Parts {
  readonly records: JobRecords;
  readonly watch: JobWatch;
  readonly enricher: JobEnricher;
  readonly orders: JobOrders;
}

const shownEvents = 50;
/** How many jobs are searched for a workflow. */
const searchedJobs = 200;

export function openJobs(options: JobsOptions): Jobs {
  const { ledger, now, log } = options;
  const { hooks, parts } = createParts(options);
  const { records, watch, orders, enricher } = parts;
  const resuming = new Set<Promise<void>>();
  return {
    ...createQueries(options, parts),
    processEvents: createEventProcessor({ ledger, records, covers: hooks.covers, now, log }),
    start: async (order) => toView(records, await orders.start(order)),
    async retry(id) {
      const record = requireJob(records, id);
      if (record.kind !== 'translation') throw new RingbackError('conflict', jobMessages.notRepeatable());
      return toView(records, await orders.start(orderOf(record)));
    },
    explainFailures: createExplanations({ ledger, records, refresh: enricher.refresh, now, log }),
    async refresh(id) {
      const record = requireJob(records, id);
      if (isOpen(record)) await watch.check(id);
      else await enricher.refresh(record);
      return toView(records, requireJob(records, id));
    },
    async forget(id) {
      requireJob(records, id);
      await records.forget([id]);
      options.publish({ type: 'jobs' });
    },
    get waiting() {
      return records.open().length > 0;
    },
    refreshOpen: watch.checkAll,
    unreported: () => records.unreported(),
    markReported: (jobs, notification) =>
      records.exclusively((save) => {
        const present = jobs.flatMap(({ id }) => records.get(id) ?? []);
        return save(
          present.map((record) => ({ ...record, missed: 'told' })),
          { notices: notification ? [notification] : [] },
        );
      }),
    wake() {
      for (const record of records.open()) watch.schedule(record);
      watch.wake();
      const resume = orders.resume().finally(() => resuming.delete(resume));
      resuming.add(resume);
    },
    async abandon(connection) {
      const problem = withProblem(jobMessages.connectionRemoved());
      for (const record of records.open()) {
        if (record.connection !== connection) continue;
        await records.change(record.id, () => ({ state: 'failed', endedAt: now(), ...problem }));
      }
    },
    async close() {
      await Promise.allSettled([watch.stop(), orders.stop(), enricher.close(), ...resuming]);
    },
  };
}

function createParts(options: JobsOptions) {
  const { ledger, connections, events, notifier, now, log } = options;
  const changed = (record: JobRecord): void => options.publish({ type: 'job', job: toView(records, record) });
  const records: JobRecords = createJobRecords({
    ...{ ledger, now, log },
    changed(record) {
      watch.schedule(record);
      changed(record);
    },
  });
  const enricher = createJobEnricher({ ledger, records, connections, log, changed });
  const watch = startJobWatch({
    ...{ records, connections, now, log },
    muted: () => notifier.muted,
    notified(record) {
      notifier.process();
      if (record.missed === 'untold') options.missed();
      if (!isOpen(record)) enricher.enrich(record);
    },
  });
  const { hooks: openHooks, installation } = options;
  const hooks = createJobHooks({ hooks: openHooks, installation, parentOf: events.parentOf });
  const { check, fail } = watch;
  const orders = createJobOrders({ records, hooks, connections, nameOf: events.nameOf, check, fail, now, log });
  return { hooks, parts: { records, watch, enricher, orders } };
}

/** The operations that change nothing. */
function createQueries(
  { ledger, events, connections }: JobsOptions,
  { records, enricher, orders }: Parts,
): Pick<Jobs, 'list' | 'about' | 'get' | 'formats' | 'pageOf' | 'workflowCheck'> {
  return {
    list: (connection, limit) => listJobs(records, connection, limit),
    about: (event) =>
      selectJobsOfEvent(ledger, Number(event)).flatMap((id) => {
        const record = records.get(id);
        return record ? [toView(records, record)] : [];
      }),
    async get(id) {
      const record = requireJob(records, id);
      enricher.enrich(record);
      const image = enricher.thumbnail(id);
      return {
        ...toView(records, record),
        ...(image ? { thumbnail: `data:image/png;base64,${Buffer.from(image).toString('base64')}` } : {}),
        events: selectJobEvents(ledger, id, shownEvents).flatMap((event) => events.event(event) ?? []),
      };
    },
    async formats(connection, urn, requested) {
      const { support, source, region } = orders.describe(connection, urn || undefined);
      const name = requested || source?.name;
      const formats = await support.formats(connections.open(connection).context, name);
      return { formats: [...formats], regions: [...support.regions], region, ...(name ? { name } : {}) };
    },
    pageOf(id) {
      const { page } = requireJob(records, id);
      if (page === null) throw new RingbackError('conflict', jobMessages.noPage());
      return page;
    },
    workflowCheck: ({ connection, scope }) => checkWorkflow(scope.workflow, records.list(connection, searchedJobs)),
  };
}

/** The order of a translation, to be sent again; the formats of one that was started elsewhere are those of its results. */
function orderOf({ connection, subject: urn, name, formats, outputs, region }: JobRecord): JobOrder {
  const wanted = formats.length > 0 ? formats : outputs.map(({ format }) => format);
  return {
    ...{ connection, urn, force: true },
    ...(wanted.length > 0 ? { formats: wanted } : {}),
    ...(name === null ? {} : { name }),
    ...(region === null ? {} : { region }),
  };
}

/** Throws not-found. */
function requireJob(records: JobRecords, id: string): JobRecord {
  const record = records.get(id);
  if (!record) throw notFound('job');
  return record;
}

function toView(records: JobRecords, record: JobRecord): Job {
  return toJob(record, records.usualDuration(record)?.time);
}

/** Determines the usual duration once per category. */
function listJobs(records: JobRecords, connection: string | undefined, limit: number): Job[] {
  const usual = new Map<string, number | undefined>();
  return records.list(connection, limit).map((record) => {
    const category = categoryOf(record);
    if (!usual.has(category)) usual.set(category, records.usualDuration(record)?.time);
    return toJob(record, usual.get(category));
  });
}
