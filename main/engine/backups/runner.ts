import { describe, type Log } from '../log.ts';
import { LedgerError } from '../storage/index.ts';
import { type BackupRecord, isOver } from './record.ts';
import type { BackupRecords } from './records.ts';

/** Moves a backup on from the state it is in; gives the milliseconds to rest before the next look, 0 for none. */
export type Step = (record: BackupRecord, signal: AbortSignal) => Promise<number>;

export interface BackupRunnerOptions {
  readonly records: BackupRecords;
  readonly step: Step;
  /** Decides what a step's failure means, the how manieth in a row; gives the milliseconds to rest like a step. */
  recover(record: BackupRecord, error: unknown, failures: number): Promise<number>;
  readonly log: Log;
}

/** The work on open backups: one line of it for each, step by step from whatever state is stored. */
export interface BackupRunner {
  /** Goes on with it; one that rests looks again at once. */
  drive(id: string): void;
  /** The same for every one that is not over. */
  driveAll(): void;
  /** Ends work on it and resolves when nothing of it is under way; its state stays as it is. */
  halt(id: string): Promise<void>;
  /** The same for all, and for good. */
  close(): Promise<void>;
}

interface Run {
  readonly ending: AbortController;
  /** It is to look again before it rests. */
  poked: boolean;
  /** Steps in a row that failed. */
  failures: number;
  endRest(): void;
  ended: Promise<void>;
}

/** Clocks are changed and computers sleep: nothing rests longer without a look at the time. */
const longestRest = 60_000;
const diskPause = 10_000;

export function createBackupRunner({ records, step, recover, log }: BackupRunnerOptions): BackupRunner {
  const runs = new Map<string, Run>();
  let closed = false;

  const isOpen = (id: string): BackupRecord | undefined => {
    const record = records.get(id);
    return record && !isOver(record) ? record : undefined;
  };

  /** The disk may refuse any of it; then the same state is tried again a little later. */
  const advance = async (record: BackupRecord, run: Run): Promise<number> => {
    const { signal } = run.ending;
    try {
      const pause = await step(record, signal);
      run.failures = 0;
      return pause;
    } catch (error) {
      if (signal.aborted) return 0;
      if (error instanceof LedgerError) throw error;
      run.failures += 1;
      return recover(record, error, run.failures);
    }
  };

  const work = async (id: string, run: Run): Promise<void> => {
    const { signal } = run.ending;
    try {
      for (let record = isOpen(id); record && !signal.aborted; record = isOpen(id)) {
        run.poked = false;
        const pause = await advance(record, run).catch((error) => {
          log.warn('backups', `Backup ${id} waits for the disk: ${describe(error)}`);
          return diskPause;
        });
        await rest(run, pause);
      }
    } finally {
      runs.delete(id);
    }
  };

  const drive = (id: string): void => {
    const run = runs.get(id);
    if (run) {
      run.poked = true;
      run.endRest();
    } else if (!closed && isOpen(id)) {
      const ended = Promise.resolve();
      const fresh: Run = { ending: new AbortController(), poked: false, failures: 0, endRest: () => {}, ended };
      runs.set(id, fresh);
      fresh.ended = work(id, fresh);
    }
  };
  const end = async (run: Run | undefined): Promise<void> => {
    run?.ending.abort();
    run?.endRest();
    await run?.ended;
  };

  return {
    drive,
    driveAll() {
      for (const { id } of records.all) drive(id);
    },
    halt: (id) => end(runs.get(id)),
    async close() {
      closed = true;
      await Promise.all([...runs.values()].map(end));
    },
  };
}

function rest(run: Run, milliseconds: number): Promise<void> {
  if (milliseconds <= 0 || run.poked || run.ending.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(milliseconds, longestRest));
    run.endRest = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
