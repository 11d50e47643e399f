import { RingbackError } from '../errors.ts';
import { backupMessages } from '../messages/index.ts';
import { type BackupRecord, type BackupRecords, withoutUnfinished } from './records/index.ts';
import type { Step } from './runner.ts';

/** How often a step may be resumed after its process ended within it: what ended two would end the next. */
const mostUnfinished = 2;

interface StepGuardOptions {
  readonly records: BackupRecords;
  /** Bytes of the backup that are on disk; a step that received more than the last time has not stood still. */
  received(record: BackupRecord): Promise<number>;
}

/**
 * Notes on disk that a step has started, until it returns. A step within which the process ended twice, without progress
 * between, fails instead of being resumed: an input that ends or freezes the process must not do so at every start.
 */
export function guardStep(step: Step, { records, received }: StepGuardOptions): Step {
  return async (record, signal) => {
    // In this state the step only waits.
    if (record.state === 'requested') return step(record, signal);
    const bytes = await received(record);
    const count = unfinishedStarts(record, bytes);
    if (count >= mostUnfinished) {
      throw new RingbackError('conflict', backupMessages.stepNeverReturned({ attempts: count }));
    }
    const unfinished = { state: record.state, bytes, count: count + 1 };
    const noted = await records.change(record.id, ({ state }) => (state === record.state ? { unfinished } : undefined));
    if (noted?.state !== record.state) return 0;
    try {
      return await step(noted, signal);
    } finally {
      await records.change(record.id, (present) => (present.unfinished ? withoutUnfinished : undefined));
    }
  };
}

function unfinishedStarts({ state, unfinished }: BackupRecord, bytes: number): number {
  return unfinished && unfinished.state === state && bytes <= unfinished.bytes ? unfinished.count : 0;
}
