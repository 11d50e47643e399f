import type { BackupPlan, Input, RetentionPolicy, Schedule } from '../../preload/contract/index.ts';

const rules = ['last', 'daily', 'weekly', 'monthly'] as const;
type KeepRule = (typeof rules)[number];
type Every = 'never' | Schedule['every'];
type Count = number | string;

/** The values of the form; an emptied number is an empty text. */
export interface PlanDraft extends Readonly<Record<KeepRule, Count>> {
  readonly every: Every;
  readonly at: string;
  /** "0" is Sunday. */
  readonly weekday: string;
  readonly retention: 'everything' | 'some';
  readonly warn: boolean;
  readonly hours: Count;
}

type PlanFault = 'required' | 'retainsNone';

const usual: RetentionPolicy = { last: 3, daily: 7, weekly: 4, monthly: 6 };
/** The default alert: after one missed backup and half a day. */
const alertHours = { never: 36, day: 36, week: 180 } as const;

export function startPlan({ schedule, keep, overdueHours }: BackupPlan): PlanDraft {
  const every = schedule?.every ?? 'never';
  return {
    every,
    at: schedule?.at ?? '03:00',
    weekday: String(schedule?.weekday ?? 1),
    retention: keep ? 'some' : 'everything',
    ...(keep ?? usual),
    warn: overdueHours !== null,
    hours: overdueHours ?? alertHours[every],
  };
}

/** Changes the schedule; an alert with its default value gets the default of the new schedule. */
export function withSchedule(draft: PlanDraft, every: Every): PlanDraft {
  return { ...draft, every, hours: draft.hours === alertHours[draft.every] ? alertHours[every] : draft.hours };
}

export function faultsInPlan(draft: PlanDraft): Partial<Record<keyof PlanDraft, PlanFault>> {
  const faults: Partial<Record<keyof PlanDraft, PlanFault>> = {};
  if (draft.every !== 'never' && draft.at === '') faults.at = 'required';
  if (draft.warn && draft.hours === '') faults.hours = 'required';
  if (draft.retention === 'some' && rules.every((rule) => Number(draft[rule]) === 0)) faults.last = 'retainsNone';
  return faults;
}

/** The values that differ from the stored plan: storing an unchanged schedule would clear a backup that is due. */
export function planChange(draft: PlanDraft, before: BackupPlan): Omit<Input<'backups.plan'>, 'connection'> {
  const wanted: BackupPlan = {
    schedule: scheduleIn(draft),
    keep: draft.retention === 'everything' ? null : retentionIn(draft),
    overdueHours: draft.warn ? Number(draft.hours) : null,
  };
  const { schedule, keep, overdueHours } = wanted;
  return {
    ...(isSame(schedule, before.schedule) ? {} : { schedule }),
    ...(isSame(keep, before.keep) ? {} : { keep }),
    ...(overdueHours === before.overdueHours ? {} : { overdueHours }),
  };
}

function scheduleIn({ every, at, weekday }: PlanDraft): Schedule | null {
  if (every === 'never') return null;
  return every === 'day' ? { every, at } : { every, at, weekday: Number(weekday) };
}

export function retentionIn(draft: PlanDraft): RetentionPolicy {
  const [last, daily, weekly, monthly] = [draft.last, draft.daily, draft.weekly, draft.monthly].map(Number);
  return { last: last ?? 0, daily: daily ?? 0, weekly: weekly ?? 0, monthly: monthly ?? 0 };
}

function isSame<T extends object>(one: T | null, other: T | null): boolean {
  if (one === null || other === null) return one === other;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof T>;
  return [...keys].every((key) => one[key] === other[key]);
}
