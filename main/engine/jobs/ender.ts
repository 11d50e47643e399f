import { endNotification } from './notifications.ts';
import { endTimeOf, isWorthNotifying } from './outcome.ts';
import { isOpen, type JobRecord } from './record.ts';
import type { JobRecords } from './records.ts';

interface JobEnderOptions {
  readonly records: JobRecords;
  /** True while the user wants no notifications. */
  muted(): boolean;
  /** Called once a job has ended and its notification is stored. */
  ended(record: JobRecord): void;
  now(): number;
}

/** Ends an open job and stores its notification; one created up to `missedUntil` is left to the recovery report. */
export type EndJob = (id: string, members: Partial<JobRecord>, missedUntil?: number) => Promise<void>;

export function createJobEnder({ records, muted, ended, now }: JobEnderOptions): EndJob {
  return async (id, members, missedUntil = Number.NEGATIVE_INFINITY) => {
    let result: JobRecord | undefined;
    await records.change(id, (present) => {
      if (!isOpen(present)) return undefined;
      const record: JobRecord = { ...present, endedAt: endTimeOf(present, now()), stage: null, ...members };
      if (present.createdAt <= missedUntil && !present.missed) record.missed = 'untold';
      result = record;
      const notifies = isWorthNotifying(record) && record.missed !== 'untold' && !muted();
      return { ...record, updatedAt: now(), notices: notifies ? [endNotification(record, now())] : [] };
    });
    if (result) ended(result);
  };
}
