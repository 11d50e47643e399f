import type { Connections } from '../connections/index.ts';
import { describe, type Log } from '../log.ts';
import type { Message } from '../messages/index.ts';
import { minutes } from '../timing/index.ts';
import { createCheckSchedule, type DueCheck } from './check-schedule.ts';
import { createJobChecker } from './checker.ts';
import { enforceDeadlines } from './deadlines.ts';
import { createJobEnder } from './ender.ts';
import { type JobRecord, withProblem } from './record.ts';
import type { JobRecords } from './records.ts';

interface JobWatchOptions {
  readonly records: JobRecords;
  readonly connections: Pick<Connections, 'open'>;
  /** True while the user wants no notifications. */
  muted(): boolean;
  /** A job ended or is overdue, and its notification is stored. */
  notified(record: JobRecord): void;
  now(): number;
  readonly log: Log;
}

/** Ensures that open jobs end: queries the provider where no callback arrives, and gives up after a day. */
export interface JobWatch {
  /** Plans the next check of a job as it stands now. */
  schedule(record: JobRecord): void;
  /** Queries the status of one job; throws where it cannot be determined. */
  check(id: string): Promise<void>;
  /** Checks all open jobs. */
  checkAll(): Promise<void>;
  /** Checks the jobs that are due. */
  wake(): void;
  /** Ends an open job as failed. */
  fail(id: string, problem: Message | string): Promise<void>;
  stop(): Promise<void>;
}

/** How many jobs are checked at the same time. */
const concurrency = 4;
/** Rounds are at most a minute apart; a longer gap than this means that the computer slept. */
const longestRoundGap = minutes(10);

export function startJobWatch(options: JobWatchOptions): JobWatch {
  const { records, now, log } = options;
  const schedule = createCheckSchedule(now);
  const absence = createAbsence(now());
  const end = createJobEnder({ ...options, ended: options.notified });
  const checker = createJobChecker({ ...options, end, missedUntil: absence.until });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  const plan = (): void => {
    if (stopped || running) return;
    clearTimeout(timer);
    const next = Math.min(schedule.nextAt(), now() + minutes(1));
    timer = setTimeout(wake, Math.max(0, next - now()));
    timer.unref();
  };

  const checkDue = async (due: DueCheck): Promise<void> => {
    if (stopped) return;
    await checker.check(due.id).catch((error: unknown) => {
      if (!stopped) log.warn('jobs', `The status of a job could not be queried: ${describe(error)}`);
    });
    schedule.checked(due, records.get(due.id));
  };
  const runRound = async (): Promise<void> => {
    absence.roundStarts(now());
    for (const record of records.open()) {
      if (stopped) return;
      await enforceDeadlines(record, { ...options, end, marked: options.notified });
    }
    await checkEach(schedule.due(), checkDue);
  };

  const wake = (): void => {
    if (stopped || running) return;
    running = runRound()
      .catch((error: unknown) => {
        if (!stopped) log.warn('jobs', `A check of the open jobs failed: ${describe(error)}`);
      })
      .finally(() => {
        running = undefined;
        absence.roundEnds();
        plan();
      });
  };

  return {
    check: checker.check,
    wake,
    schedule(record) {
      schedule.update(record);
      plan();
    },
    async checkAll() {
      await running;
      schedule.checkAllNow();
      wake();
      await running;
    },
    fail: (id, problem) => end(id, { state: 'failed', ...withProblem(problem) }),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      await checker.stop();
    },
  };
}

async function checkEach(due: DueCheck[], check: (due: DueCheck) => Promise<void>): Promise<void> {
  const work = async (): Promise<void> => {
    for (let next = due.shift(); next; next = due.shift()) await check(next);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

/** Finds out whether Ringback was closed, or the computer asleep, before the present round. */
function createAbsence(startedAt: number) {
  let roundAt = startedAt;
  let isFirstRound = true;
  let until = Number.NEGATIVE_INFINITY;
  return {
    /** Jobs created by then that this round finds ended have ended unnoticed. */
    until: () => until,
    roundStarts(now: number): void {
      if (now - roundAt > longestRoundGap) until = now - longestRoundGap;
      else if (isFirstRound) until = roundAt;
      isFirstRound = false;
      roundAt = now;
    },
    roundEnds(): void {
      until = Number.NEGATIVE_INFINITY;
    },
  };
}
