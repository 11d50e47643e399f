import { describe, type Log } from '../log.ts';
import { LedgerError } from '../storage/index.ts';
import { minutes, seconds } from '../timing/index.ts';
import { type BackupRecord, type BackupRecords, isOver } from './records/index.ts';

/** Moves a backup on from its state; returns the milliseconds to wait before the next step, 0 for none. */
export type Step = (record: BackupRecord, signal: AbortSignal) => Promise<number>;

export interface BackupRunnerOptions {
  readonly records: BackupRecords;
  readonly step: Step;
  /** Handles the failure of a step; `failures` counts those in a row. Returns the milliseconds to wait like a step. */
  recover(record: BackupRecord, error: unknown, failures: number): Promise<number>;
  readonly log: Log;
}

/** Runs each open backup step by step, from its stored state. */
export interface BackupRunner {
  /** Continues it; one that waits runs its next step at once. */
  drive(id: string): void;
  /** The same for every one that is not over. */
  driveAll(): void;
  /** Stops the work on it and resolves when none is in progress; its state stays as it is. */
  halt(id: string): Promise<void>;
  /** The same for all, and for good. */
  close(): Promise<void>;
}

export function createBackupRunner(options: BackupRunnerOptions): BackupRunner {
  return new Runner(options);
}

interface Run {
  readonly ending: AbortController;
  /** The next step runs without waiting. */
  isRerunRequested: boolean;
  /** Steps in a row that failed. */
  failures: number;
  endWait(): void;
  ended: Promise<void>;
}

/** Clocks change and computers sleep: no wait is longer without comparing the time. */
const longestWait = minutes(1);
const storagePause = seconds(10);

class Runner implements BackupRunner {
  readonly #options: BackupRunnerOptions;
  readonly #runs = new Map<string, Run>();
  #closed = false;

  constructor(options: BackupRunnerOptions) {
    this.#options = options;
  }

  drive(id: string): void {
    const run = this.#runs.get(id);
    if (run) {
      run.isRerunRequested = true;
      run.endWait();
    } else if (!this.#closed && this.#openRecord(id)) {
      const ended = Promise.resolve();
      const fresh: Run = {
        ...{ ending: new AbortController(), isRerunRequested: false, failures: 0, ended },
        endWait: () => {},
      };
      this.#runs.set(id, fresh);
      fresh.ended = this.#work(id, fresh);
    }
  }

  driveAll(): void {
    for (const { id } of this.#options.records.all) this.drive(id);
  }

  halt(id: string): Promise<void> {
    return end(this.#runs.get(id));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#runs.values()].map(end));
  }

  #openRecord(id: string): BackupRecord | undefined {
    const record = this.#options.records.get(id);
    return record && !isOver(record) ? record : undefined;
  }

  async #work(id: string, run: Run): Promise<void> {
    const { signal } = run.ending;
    try {
      for (let record = this.#openRecord(id); record && !signal.aborted; record = this.#openRecord(id)) {
        run.isRerunRequested = false;
        await wait(run, await this.#advanceSafely(record, run));
      }
    } finally {
      this.#runs.delete(id);
    }
  }

  /** The disk may fail any step; then the same state is tried again later. */
  async #advanceSafely(record: BackupRecord, run: Run): Promise<number> {
    try {
      return await this.#advance(record, run);
    } catch (error) {
      this.#options.log.warn('backups', `Backup ${record.id} could not be stored and is retried: ${describe(error)}`);
      return storagePause;
    }
  }

  async #advance(record: BackupRecord, run: Run): Promise<number> {
    const { signal } = run.ending;
    try {
      const pause = await this.#options.step(record, signal);
      run.failures = 0;
      return pause;
    } catch (error) {
      if (signal.aborted) return 0;
      if (error instanceof LedgerError) throw error;
      run.failures += 1;
      return this.#options.recover(record, error, run.failures);
    }
  }
}

async function end(run: Run | undefined): Promise<void> {
  run?.ending.abort();
  run?.endWait();
  await run?.ended;
}

function wait(run: Run, milliseconds: number): Promise<void> {
  if (milliseconds <= 0 || run.isRerunRequested || run.ending.signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.min(milliseconds, longestWait));
    run.endWait = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
