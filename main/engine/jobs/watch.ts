import type { Connections } from '../connections/index.ts';
import type { JobLook } from '../connector/index.ts';
import { describe, type Log } from '../log.ts';
import { endNotification, overdueNotification } from './notifications.ts';
import { endOf, isOfCurrentRun, isQuiet, outcomeOf, startOf, unknownResult } from './outcome.ts';
import { isOpen, type JobRecord } from './record.ts';
import type { JobRecords } from './records.ts';

export interface JobWatchOptions {
  readonly records: JobRecords;
  readonly connections: Pick<Connections, 'open'>;
  /** True while the user wants no notifications. */
  silent(): boolean;
  /** A job is over, and its notice waits to be shown. */
  ended(record: JobRecord): void;
  now(): number;
  readonly log: Log;
}

/** Sees to it that open jobs end: looks where no callback comes, gives up after a day, and says once what takes long. */
export interface JobWatch {
  /** Plans the next look at a job as it now stands. */
  schedule(record: JobRecord): void;
  /** Asks how it stands now; throws where that cannot be said. */
  check(id: string): Promise<void>;
  /** Looks at all that are open. */
  checkAll(): Promise<void>;
  /** Looks at what is due by the clock. */
  wake(): void;
  /** Ends an open one as failed. */
  fail(id: string, problem: string): Promise<void>;
  stop(): Promise<void>;
}

const second = 1000;
const minute = 60 * second;
/** Pauses between looks: one minute at first, then longer up to five. */
const longestPause = 5;
/** Directly after the order nothing may be known yet (Model Derivative: manifest). */
const absenceTolerated = minute;
/** A result may follow its callback by so much; then the callback's word counts. */
const agreement = 2 * minute;
const soon = 5 * second;
const ceiling = 24 * 60 * minute;
const overdueFactor = 3;
const overdueFloor = 10 * minute;
/** So many earlier ones make a habit. */
const habit = 3;
const parallel = 4;

/** Between two rounds there is at most a minute, unless the computer slept. */
const longestRound = 10 * minute;
/** Whoever asks for all of them is content with a look that was so shortly before. */
const fresh = minute;

interface Plan {
  at: number;
  looks: number;
  lookedAt?: number;
}

export function startJobWatch(options: JobWatchOptions): JobWatch {
  const { records, now, log } = options;
  const plans = new Map<string, Plan>();
  const looking = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;
  let roundAt = now();
  let isFirstRound = true;
  /** Jobs from before this moment that this round finds ended have ended while nobody was there. */
  let awaySince = Number.NEGATIVE_INFINITY;

  const plan = (): void => {
    if (stopped || running) return;
    clearTimeout(timer);
    const next = Math.min(...[...plans.values()].map(({ at }) => at), now() + minute);
    timer = setTimeout(wake, Math.max(0, next - now()));
    timer.unref();
  };

  const end = async (id: string, members: Partial<JobRecord>, isSeen = false): Promise<void> => {
    let over: JobRecord | undefined;
    await records.change(id, (present) => {
      if (!isOpen(present)) return undefined;
      const ended: JobRecord = { ...present, endedAt: endOf(present, now()), stage: null, ...members };
      if (isSeen && present.createdAt <= awaySince && !present.missed) ended.missed = 'untold';
      over = ended;
      const rings = !isQuiet(ended) && ended.missed !== 'untold' && !options.silent();
      return { ...ended, updatedAt: now(), notices: rings ? [endNotification(ended, now())] : [] };
    });
    if (over) options.ended(over);
  };

  const endAsHeard = (record: JobRecord): Promise<void> | undefined => {
    const state = record.heard?.state;
    return state === 'success' || state === 'failed' || state === 'timeout' ? end(record.id, { state }) : undefined;
  };

  const settle = async (record: JobRecord, look: JobLook): Promise<void> => {
    const { id, heard } = record;
    if (look.state === 'absent') return settleAbsent(record);
    const seen = { outputs: [...look.outputs], messages: [...look.messages], hasThumbnail: look.hasThumbnail };
    const state = outcomeOf(record, look, now());
    if (state !== 'queued' && state !== 'running') {
      return end(id, { ...seen, state, progress: null, problem: null }, true);
    }
    if (heard && isOfCurrentRun(record) && now() - heard.at > agreement) {
      const told = endAsHeard(record);
      if (told) return told;
    }
    const progress = look.progress ?? null;
    const isNews = state !== record.state || progress !== record.progress || record.problem !== null;
    if (isNews) {
      await records.change(id, (present) =>
        isOpen(present) ? { ...seen, state, progress, stage: null, problem: null, answered: true } : undefined,
      );
    }
  };

  const settleAbsent = async (record: JobRecord): Promise<void> => {
    const told = endAsHeard(record);
    if (told) return told;
    if (now() - startOf(record) < absenceTolerated || record.answered || record.by === 'cloud') return;
    const problem =
      'No answer came to the order, and Autodesk knows of no translation: it was not started. Start it again.';
    await end(record.id, { state: 'failed', problem });
  };

  const lookOnce = async (id: string): Promise<void> => {
    const record = records.get(id);
    if (!record || !isOpen(record) || record.kind !== 'translation' || record.postedAt === null) return;
    const { connector, context } = options.connections.open(record.connection);
    if (!connector.jobs) return;
    const region = record.region ?? context.settings.region ?? connector.jobs.regions[0]?.value ?? '';
    try {
      const look = await connector.jobs.look(context, { urn: record.subject, region });
      await settle(records.get(id) ?? record, look);
    } catch (error) {
      if (stopped) return;
      // The callback said how it ended; the details can be looked up later.
      await endAsHeard(records.get(id) ?? record);
      throw error;
    }
  };

  const look = (id: string): Promise<void> => {
    const asked = looking.get(id) ?? lookOnce(id).finally(() => looking.delete(id));
    looking.set(id, asked);
    return asked;
  };

  const pauseAfter = (record: JobRecord, looks: number): number => {
    if (record.heard) return soon;
    if (now() - startOf(record) < absenceTolerated) return Math.max(soon, absenceTolerated - (now() - startOf(record)));
    return Math.min(longestPause, Math.max(1, looks)) * minute;
  };

  const lookPlanned = async (id: string, present: Plan): Promise<void> => {
    await look(id).catch((error: unknown) => {
      if (!stopped) log.warn('jobs', `A job could not be looked at: ${describe(error)}`);
    });
    const record = records.get(id);
    if (!record || !isOpen(record)) return void plans.delete(id);
    present.looks += 1;
    present.lookedAt = now();
    present.at = now() + pauseAfter(record, present.looks);
  };

  const keepTime = async (): Promise<void> => {
    for (const record of records.open()) {
      if (stopped) return;
      const age = now() - startOf(record);
      if (now() - (record.heard?.at ?? startOf(record)) > ceiling)
        await end(record.id, { state: 'timeout', problem: unknownResult[record.kind] });
      else await tellOverdue(record, age);
    }
  };

  const tellOverdue = async (record: JobRecord, age: number): Promise<void> => {
    if (record.overdueAt !== null || age < overdueFloor) return;
    const usual = records.usualDuration(record);
    if (!usual || usual.count < habit || age < overdueFactor * usual.time) return;
    await records.change(record.id, (present) => {
      if (!isOpen(present) || present.overdueAt !== null) return undefined;
      const notices = options.silent() ? [] : [overdueNotification(present, usual.time, now())];
      return { overdueAt: now(), notices };
    });
    options.ended(record);
  };

  const run = async (): Promise<void> => {
    if (now() - roundAt > longestRound) awaySince = now() - longestRound;
    else if (isFirstRound) awaySince = roundAt;
    isFirstRound = false;
    roundAt = now();
    await keepTime();
    const due = [...plans].filter(([, { at }]) => at <= now());
    const work = async (): Promise<void> => {
      for (let next = due.shift(); next && !stopped; next = due.shift()) await lookPlanned(...next);
    };
    await Promise.all(Array.from({ length: parallel }, work));
  };

  const wake = (): void => {
    if (stopped || running) return;
    running = run()
      .catch((error: unknown) => {
        if (!stopped) log.warn('jobs', `Jobs could not be watched: ${describe(error)}`);
      })
      .finally(() => {
        running = undefined;
        awaySince = Number.NEGATIVE_INFINITY;
        plan();
      });
  };

  return {
    check: look,
    wake,
    schedule(record) {
      if (!isOpen(record) || record.kind !== 'translation') return void plans.delete(record.id);
      const known = plans.get(record.id);
      // Whatever a callback said is worth a look: how it ended, or how far it is.
      const isNews = record.heard !== null || (record.state === 'running' && record.progress === null);
      if (isNews && !(known && known.at <= now() + soon)) plans.set(record.id, { at: now(), looks: known?.looks ?? 0 });
      else if (!known) plans.set(record.id, { at: now() + minute, looks: 0 });
      plan();
    },
    async checkAll() {
      await running;
      for (const present of plans.values()) {
        if (now() - (present.lookedAt ?? Number.NEGATIVE_INFINITY) >= fresh) present.at = now();
      }
      wake();
      await running;
    },
    fail: (id, problem) => end(id, { state: 'failed', problem }),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await Promise.allSettled(looking.values());
    },
  };
}
