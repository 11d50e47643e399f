import { defaultRetentionMegabytes, type Settings } from '../../../preload/contract/index.ts';
import { describe, type Log } from '../log.ts';
import { days, hours } from '../timing/index.ts';
import type { Ledger } from './ledger.ts';
import {
  selectNewestTime,
  selectOldestId,
  selectOldestUnpublished,
  selectPrunable,
  selectPruneTime,
  selectPublished,
  selectTrustedTime,
} from './tables/index.ts';
import { daysAhead, nextTrustedTime } from './trusted-time.ts';

/** Rows of one commit: callbacks wait no longer than for these. */
const batchSize = 200;

export interface Retention {
  /** Deletes what is too old or too many. Never throws. */
  run(): Promise<void>;
  /** The run of every hour, at which a clock that stays far ahead is trusted by another step. */
  runHourly(): Promise<void>;
  /** One more event was stored: every so many the limits are applied. */
  count(): void;
  stop(): void;
}

interface RetentionOptions {
  readonly ledger: Ledger;
  limits(): Settings['retention'];
  now(): number;
  readonly log: Log;
  /** The clock is implausibly far ahead, so that deletions by age are put off. */
  clockAhead(days: number): void;
  /** So many events are deleted after that time, unless the limits are raised before. */
  announced(count: number, at: number): void;
  /** Events were deleted that the team did not get: its server has been away for too long. Called once a run. */
  unpublishedDeleted(): void;
}

/** Applies the user's limits to the events: at start, every hour, when the limits change, and as events are stored. */
export function startRetention(options: RetentionOptions): Retention {
  const { limits, log } = options;
  const clock = createTrustedClock(options);
  const putOff = createAnnouncement(options);
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | undefined;
  const prune = async (isHourly: boolean): Promise<void> => {
    try {
      const trusted = await clock.look(isHourly);
      const isPutOff = await putOff(trusted);
      let isReported = false;
      while (!signal.aborted) {
        const { deleted, isUnpublished } = await pruneStep(options, trusted, isPutOff);
        if (isUnpublished && !isReported) options.unpublishedDeleted();
        isReported ||= isUnpublished;
        if (deleted === 0) return;
      }
    } catch (error) {
      if (!signal.aborted) log.warn('storage', `Old events could not be deleted: ${describe(error)}`);
    } finally {
      running = undefined;
    }
  };
  const start = (isHourly: boolean): Promise<void> => {
    running ??= prune(isHourly);
    return running;
  };
  const timer = setInterval(() => void start(true), hours(1));
  timer.unref();
  void start(false);
  let stored = 0;
  return {
    run: () => start(false),
    runHourly: async () => {
      await running;
      await start(true);
    },
    count() {
      stored += 1;
      // So that the number is not exceeded by more than about a tenth.
      if (stored < Math.min(1000, limits().events / 10)) return;
      stored = 0;
      void start(false);
    },
    stop() {
      stopping.abort();
      clearInterval(timer);
    },
  };
}

/** Deletes a few of the oldest events; gives how many, and whether the team did not get one of them. */
async function pruneStep(
  { ledger, limits }: RetentionOptions,
  trusted: number,
  isPutOff: boolean,
): Promise<{ readonly deleted: number; readonly isUnpublished: boolean }> {
  const { days: age, events, megabytes = defaultRetentionMegabytes } = limits();
  const bytes = megabytes * 1024 ** 2;
  const input = isPutOff
    ? { before: 0, keep: events * 2, bytes }
    : { before: trusted - days(age), keep: events, bytes, unpublishedBefore: trusted - 2 * days(age) };
  const first = selectOldestUnpublished(ledger);
  const deleted = await ledger.write('prune', { ...input, most: batchSize });
  return { deleted, isUnpublished: first !== undefined && wasDeletedUnpublished(ledger, first) };
}

function wasDeletedUnpublished(ledger: Ledger, event: number): boolean {
  const oldest = selectOldestId(ledger) ?? Number.POSITIVE_INFINITY;
  return oldest > event && selectPublished(ledger).event < event;
}

/** More events than this at once, and more than a quarter of all, are deleted only a day after that was announced. */
const mostUnannounced = 500;

/** Whether a deletion of many events is announced and its day is not over: who raises the limits until then keeps them. */
function createAnnouncement({ ledger, limits, now, announced }: RetentionOptions) {
  return async (trusted: number): Promise<boolean> => {
    const { count, total } = selectPrunable(ledger, trusted - days(limits().days), limits().events);
    const stored = selectPruneTime(ledger);
    // It holds for a day, in which the deletion may take several runs.
    const announcedFor = now() < stored + days(1) ? stored : 0;
    // A clock that was ahead meanwhile announced a wrong time; one that was set back by less than an hour did not.
    const isTooLate = announcedFor > now() + days(1) + hours(1);
    if (count === 0 && stored !== 0) await ledger.write('pruneTime', 0);
    const isLarge = count > mostUnannounced && count > total / 4;
    if (count > 0 && (isTooLate || (isLarge && announcedFor === 0))) {
      const at = now() + days(1);
      await ledger.write('pruneTime', at);
      announced(count, at);
      return true;
    }
    return count > 0 && now() < announcedFor;
  };
}

/** The trusted time, stored so that a restart does not believe a wrong clock either. */
function createTrustedClock({ ledger, now, clockAhead }: RetentionOptions) {
  let wasAhead = false;
  return {
    async look(isHourly: boolean): Promise<number> {
      const clock = now();
      const stored = selectTrustedTime(ledger) || (selectNewestTime(ledger) ?? clock);
      const trusted = nextTrustedTime(stored, clock, !(isHourly && wasAhead));
      await ledger.write('trustedTime', trusted);
      const ahead = daysAhead(stored, clock);
      if (ahead > 0 && !wasAhead) clockAhead(ahead);
      wasAhead = ahead > 0;
      return Math.min(trusted, clock);
    },
  };
}
