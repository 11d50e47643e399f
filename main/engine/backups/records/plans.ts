import { z } from 'zod';
import { BackupPlan } from '../../../../preload/contract/index.ts';
import type { Store } from '../../ports.ts';
import { createStoredValue } from '../../storage/index.ts';

const StoredPlan = BackupPlan.extend({
  /** Absent while the user never chose: then a default that fits the schedule. */
  overdueHours: BackupPlan.shape.overdueHours.optional(),
  /** When the account first had a plan, and when the user last changed it; milliseconds since 1970. */
  since: z.number(),
  changedAt: z.number(),
  /** The last slot of the schedule that was handled, or when the schedule was set. */
  settled: z.number(),
  /** When the user was last notified that it is overdue. */
  remindedAt: z.number().nullable(),
  /** The latest backup that another computer of the team made, and when. */
  other: z
    .object({ computer: z.string(), bytes: z.number(), verified: z.boolean(), file: z.string(), at: z.number() })
    .optional(),
});
type StoredPlan = z.infer<typeof StoredPlan>;

type StoredOther = NonNullable<StoredPlan['other']>;

export type PlanChange = { readonly [K in keyof BackupPlan]?: BackupPlan[K] | undefined };

/** The schedule, retention and reminder of each account, and how far they were handled. */
export interface BackupPlans {
  of(connection: string): BackupPlan;
  /** Undefined where the account never had a plan. */
  progress(connection: string): Pick<StoredPlan, 'since' | 'changedAt' | 'settled' | 'remindedAt'> | undefined;
  change(connection: string, change: PlanChange): void;
  /** On disk before that slot's backup starts, so that it is never made twice. */
  setHandledSlot(connection: string, slot: number): void;
  noteReminder(connection: string, at: number): void;
  noteOther(connection: string, other: StoredOther): void;
  /** The latest backup that another computer of the team made. */
  otherOf(connection: string): StoredOther | undefined;
  forget(connection: string): void;
}

/** Hours after which a daily or weekly backup is overdue: one daily backup may fail and the next be late. */
const dailyOverdue = 36;
const weeklyOverdue = 180;

export function createBackupPlans(store: Store, now: () => number, warn: (message: string) => void): BackupPlans {
  const record = createStoredValue(store, 'backup-plans', z.record(z.string(), StoredPlan), {}, warn);
  const storedOf = (connection: string): StoredPlan => {
    const time = now();
    const fresh = { schedule: null, keep: null, since: time, changedAt: 0, settled: time, remindedAt: null };
    return record.value[connection] ?? fresh;
  };
  const save = (connection: string, changes: Partial<StoredPlan>): void =>
    record.set({ ...record.value, [connection]: { ...storedOf(connection), ...changes } });

  return {
    of(connection) {
      const { schedule, keep, overdueHours } = storedOf(connection);
      const fitting = schedule?.every === 'week' ? weeklyOverdue : dailyOverdue;
      return { schedule, keep, overdueHours: overdueHours === undefined ? fitting : overdueHours };
    },
    progress: (connection) => record.value[connection],
    change(connection, { schedule, keep, overdueHours }) {
      save(connection, {
        ...(schedule === undefined ? {} : { schedule, settled: now() }),
        ...(keep === undefined ? {} : { keep }),
        ...(overdueHours === undefined ? {} : { overdueHours }),
        changedAt: now(),
        remindedAt: null,
      });
    },
    setHandledSlot: (connection, settled) => save(connection, { settled }),
    noteOther: (connection, other) => save(connection, { other, remindedAt: null }),
    otherOf: (connection) => record.value[connection]?.other,
    noteReminder: (connection, remindedAt) => save(connection, { remindedAt }),
    forget(connection) {
      const { [connection]: _, ...others } = record.value;
      record.set(others);
    },
  };
}
