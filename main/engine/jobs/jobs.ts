import type { Change, Finding, Hook, Job, JobDetail, Output } from '../../../preload/contract.ts';
import type { Connections } from '../connections/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import type { Hooks } from '../hooks/index.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import { type Events, type Ledger, type NotificationRow, selectJobEvents, selectThumbnail } from '../storage/index.ts';
import { createJobHooks } from './hooks.ts';
import { createJobOrders, type JobOrder } from './orders.ts';
import { createEventProcessor } from './process-events.ts';
import { categoryOf, isOpen, type JobRecord, toJob } from './record.ts';
import { createJobRecords } from './records.ts';
import { startJobWatch } from './watch.ts';

/** Long work in the cloud, one row for each piece of it: ordered here or only heard of. */
export interface Jobs {
  /** Tells the events that are stored and not yet told in the rows of their jobs. */
  processEvents(): Promise<void>;
  start(order: JobOrder): Promise<Job>;
  /** Open ones first, each part newest first. */
  list(connection: string | undefined, limit: number): Job[];
  get(id: string): Promise<JobDetail>;
  formats(connection: string, urn: string | undefined, name: string | undefined): Promise<Output<'jobs.formats'>>;
  /** Asks the provider now. */
  refresh(id: string): Promise<Job>;
  forget(id: string): Promise<void>;
  pageOf(id: string): string;
  /** How many are under way. */
  readonly running: number;
  /** Looks at all that are open: after a time in which callbacks may have been missed. */
  refreshOpen(): Promise<void>;
  /** Those that ended while nobody was there and are not told yet. */
  unreported(): JobRecord[];
  /** Keeps that they are told, together with the notice that tells them. */
  markReported(jobs: readonly JobRecord[], notice: NotificationRow | undefined): Promise<void>;
  /** What the latest translations say about a hook's workflow; undefined where there is nothing to say. */
  workflowCheck(hook: Hook): Pick<Finding, 'state' | 'text' | 'advice'> | undefined;
  /** At start, on waking, when the address changed. */
  wake(): void;
  /** Ends what is open of a connection that goes away. */
  abandon(connection: string): Promise<void>;
  close(): Promise<void>;
}

export interface JobsOptions {
  readonly ledger: Ledger;
  readonly connections: Pick<Connections, 'list' | 'open'>;
  readonly events: Pick<Events, 'event' | 'nameOf' | 'parentOf'>;
  readonly notifier: Pick<Notifier, 'muted' | 'process'>;
  hooks(): Pick<Hooks, 'list' | 'create' | 'update' | 'remove'>;
  readonly installation: string;
  /** A job turned out to have ended while nobody was there. */
  missed(): void;
  now(): number;
  readonly log: Log;
  publish(change: Change): void;
}

const eventsShown = 50;
/** Jobs that are looked through for a workflow. */
const latest = 200;

export function openJobs(options: JobsOptions): Jobs {
  const { ledger, connections, events, notifier, now, log, publish } = options;
  const silent = (): boolean => notifier.muted;
  const running = new Set<Promise<unknown>>();
  const embellished = new Set<string>();
  let closed = false;

  const present = (record: JobRecord, usual = records.usualDuration(record)?.time): Job => toJob(record, usual);
  const records = createJobRecords({
    ...{ ledger, now, log },
    changed(record) {
      watch.schedule(record);
      publish({ type: 'job', job: present(record) });
    },
  });
  const found = (id: string): JobRecord => {
    const record = records.get(id);
    if (!record) throw notFound('job');
    return record;
  };

  const supportOf = (record: JobRecord) => {
    const { connector, context } = connections.open(record.connection);
    return connector.jobs ? { jobs: connector.jobs, context } : undefined;
  };
  const thumbnailOf = (id: string): Uint8Array | undefined => selectThumbnail(ledger, id);

  /** What only embellishes: the picture and the page, asked for once while the process lives. Never throws. */
  const embellish = async (record: JobRecord): Promise<void> => {
    if (record.state !== 'success' || embellished.has(record.id)) return;
    embellished.add(record.id);
    try {
      const support = supportOf(record);
      if (!support) return;
      const { jobs, context } = support;
      if (record.hasThumbnail && !thumbnailOf(record.id)) {
        const reference = { urn: record.subject, region: record.region ?? context.settings.region ?? '' };
        const image = await jobs.thumbnail(context, reference);
        if (image && !closed) await ledger.write('jobThumbnail', { job: record.id, image });
        if (image) publish({ type: 'job', job: present(record) });
      }
      const page = record.place && record.page === null ? await jobs.page?.(context, record.place) : undefined;
      if (page !== undefined) await records.change(record.id, () => ({ page }));
    } catch (error) {
      if (!closed) log.warn('jobs', `The picture or page of a job could not be fetched: ${describe(error)}`);
    }
  };
  const behind = (work: Promise<unknown>): void => {
    running.add(work);
    void work.finally(() => running.delete(work));
  };

  const watch = startJobWatch({
    ...{ records, connections, silent, now, log },
    ended(record) {
      notifier.process();
      if (record.missed === 'untold') options.missed();
      if (!isOpen(record)) behind(embellish(record));
    },
  });
  const hooks = createJobHooks({
    hooks: options.hooks,
    installation: options.installation,
    withinOf: events.parentOf,
  });
  const orders = createJobOrders({
    ...{ records, hooks, connections, now, log },
    nameOf: events.nameOf,
    check: watch.check,
    fail: watch.fail,
  });
  const tellStories = createEventProcessor({ ...{ ledger, records, now, log }, covers: hooks.covers });

  return {
    processEvents: tellStories,
    start: async (order) => present(await orders.start(order)),
    list(connection, limit) {
      const usual = new Map<string, number | undefined>();
      return records.list(connection, limit).map((record) => {
        const sort = categoryOf(record);
        if (!usual.has(sort)) usual.set(sort, records.usualDuration(record)?.time);
        return present(record, usual.get(sort));
      });
    },
    async get(id) {
      const record = found(id);
      behind(embellish(record));
      const image = thumbnailOf(id);
      return {
        ...present(found(id)),
        ...(image ? { thumbnail: `data:image/png;base64,${Buffer.from(image).toString('base64')}` } : {}),
        events: selectJobEvents(ledger, id, eventsShown).flatMap((event) => events.event(event) ?? []),
      };
    },
    async formats(connection, urn, name) {
      const { support, source, region } = orders.describe(connection, urn || undefined);
      const known = name || source?.name;
      const formats = await support.formats(connections.open(connection).context, known);
      return { formats: [...formats], regions: [...support.regions], region, ...(known ? { name: known } : {}) };
    },
    async refresh(id) {
      const record = found(id);
      if (isOpen(record)) await watch.check(id);
      else await lookAgain(record);
      return present(found(id));
    },
    async forget(id) {
      found(id);
      await records.forget([id]);
      publish({ type: 'jobs' });
    },
    pageOf(id) {
      const { page } = found(id);
      if (page === null) throw new RingbackError('conflict', 'No page is known on which it can be seen.');
      return page;
    },
    get running() {
      return records.open().length;
    },
    refreshOpen: watch.checkAll,
    unreported: () => records.unreported(),
    workflowCheck: ({ connection, scope }) => checkWorkflow(scope.workflow, records.list(connection, latest)),
    markReported: (jobs, notice) =>
      records.exclusively((save) =>
        save(
          jobs.flatMap(({ id }) => records.get(id) ?? []).map((record) => ({ ...record, missed: 'told' })),
          { notices: notice ? [notice] : [] },
        ),
      ),
    wake() {
      for (const record of records.open()) watch.schedule(record);
      watch.wake();
      behind(orders.resume());
    },
    async abandon(connection) {
      const open = records.open().filter((record) => record.connection === connection);
      for (const { id } of open) {
        const problem = 'Its connection was removed.';
        await records.change(id, () => ({ state: 'failed', endedAt: now(), problem }));
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled([watch.stop(), orders.stop(), ...running]);
    },
  };

  /** One that is over: its details, and an end that was unknown, as the provider tells them now. Nothing rings. */
  async function lookAgain(record: JobRecord): Promise<void> {
    const support = record.kind === 'translation' ? supportOf(record) : undefined;
    if (!support) return embellish(record);
    const region = record.region ?? support.context.settings.region ?? '';
    const look = await support.jobs.look(support.context, { urn: record.subject, region });
    if (look.state !== 'absent') {
      const { outputs, messages, hasThumbnail, state } = look;
      const isUnknown = record.state === 'timeout' && record.problem !== null;
      const isOver = state !== 'queued' && state !== 'running';
      await records.change(record.id, () => ({
        ...{ outputs: [...outputs], messages: [...messages], hasThumbnail },
        ...(isUnknown && isOver ? { state, problem: null } : {}),
      }));
    }
    await embellish(found(record.id));
  }
}

/** A hook of a workflow hears of those translations alone that carry exactly its id. */
function checkWorkflow(workflow: string | undefined, jobs: readonly JobRecord[]) {
  if (workflow === undefined) return undefined;
  const translations = jobs.filter(({ kind }) => kind === 'translation');
  const carrying = translations.filter((job) => job.workflow === workflow).length;
  if (carrying > 0) {
    return {
      state: 'good' as const,
      text: `${carrying} of the last ${translations.length} translations carry its workflow.`,
    };
  }
  return {
    state: 'unsure' as const,
    text: `No translation known here carries its workflow "${workflow}".`,
    advice:
      'A job tells it in misc.workflow, letter by letter; translations that are started here have a workflow of their own.',
  };
}
