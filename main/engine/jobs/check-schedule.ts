import { minutes, seconds } from '../timing/index.ts';
import { remainingAbsence } from './outcome.ts';
import { isOpen, type JobRecord } from './record.ts';

/** When each open translation is checked next. */
interface CheckSchedule {
  /** Plans the next check of a job as it stands now; drops one that needs none. */
  update(record: JobRecord): void;
  /** Plans the check after one that was just made, unless an update planned it meanwhile. */
  checked(due: DueCheck, record: JobRecord | undefined): void;
  /** Makes all due now, except those checked within the last minute. */
  checkAllNow(): void;
  due(): DueCheck[];
  /** The earliest planned time; infinite where nothing is planned. */
  nextAt(): number;
}

export interface DueCheck {
  readonly id: string;
  readonly plan: Plan;
}

interface Plan {
  readonly at: number;
  readonly checks: number;
  readonly checkedAt?: number | undefined;
}

const soon = seconds(5);
/** The pause between checks grows from one minute to five. */
const longestPauseMinutes = 5;
/** A check this recent satisfies a request to check everything. */
const recent = minutes(1);

export function createCheckSchedule(now: () => number): CheckSchedule {
  const plans = new Map<string, Plan>();
  return {
    update(record) {
      const next = needsChecks(record) ? planAfterUpdate(record, plans.get(record.id), now()) : undefined;
      if (next) plans.set(record.id, next);
      else plans.delete(record.id);
    },
    checked({ id, plan }, record) {
      if (!record || !isOpen(record)) plans.delete(id);
      else if (plans.get(id) === plan) {
        const checks = plan.checks + 1;
        plans.set(id, { at: now() + pauseAfter(record, checks, now()), checks, checkedAt: now() });
      }
    },
    checkAllNow() {
      for (const [id, plan] of plans) {
        if (now() - (plan.checkedAt ?? Number.NEGATIVE_INFINITY) >= recent) plans.set(id, { ...plan, at: now() });
      }
    },
    due: () => [...plans].filter(([, { at }]) => at <= now()).map(([id, plan]) => ({ id, plan })),
    nextAt: () => Math.min(...[...plans.values()].map(({ at }) => at)),
  };
}

function needsChecks(record: JobRecord): boolean {
  return isOpen(record) && record.kind === 'translation';
}

/** Any callback makes a check worthwhile soon: for how the job ended, or how far it is. */
function planAfterUpdate(record: JobRecord, plan: Plan | undefined, now: number): Plan {
  const hasCallback = record.heard !== null || (record.state === 'running' && record.progress === null);
  const isPlannedSoon = plan !== undefined && plan.at <= now + soon;
  if (hasCallback && !isPlannedSoon) return { at: now, checks: plan?.checks ?? 0 };
  return plan ?? { at: now + minutes(1), checks: 0 };
}

function pauseAfter(record: JobRecord, checks: number, now: number): number {
  if (record.heard) return soon;
  const remaining = remainingAbsence(record, now);
  if (remaining > 0) return Math.max(soon, remaining);
  return minutes(Math.min(longestPauseMinutes, Math.max(1, checks)));
}
