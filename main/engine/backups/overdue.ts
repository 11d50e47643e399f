import { overdueFor } from './calendar/index.ts';
import { type BackupPlans, type BackupRecord, type BackupRecords, completedBy, isVerified } from './records/index.ts';

export interface History {
  readonly records: BackupRecords;
  readonly plans: BackupPlans;
  now(): number;
}

/** The newest first. */
export function backupsOf({ records }: Pick<History, 'records'>, connection: string): BackupRecord[] {
  return records.all.filter((one) => one.connection === connection);
}

export function lastVerified(history: Pick<History, 'records'>, connection: string): BackupRecord | undefined {
  return backupsOf(history, connection).find(isVerified);
}

/** For how many hours there has been no verified backup, where that is longer than the plan allows. */
export function overdueHours(history: History, connection: string): number | undefined {
  const { overdueHours: allowed } = history.plans.of(connection);
  const since = unbackedSince(history, connection);
  return since === undefined || allowed === null ? undefined : overdueFor(since, allowed, history.now());
}

/** Undefined while no backup of the account was ever requested or planned: then none is overdue. */
function unbackedSince(history: History, connection: string): number | undefined {
  const verified = lastVerified(history, connection);
  const other = history.plans.otherOf(connection);
  const made = [
    ...(verified ? [completedBy(verified, history.now())] : []),
    ...(other?.verified ? [Math.min(other.at, history.now())] : []),
  ];
  if (made.length > 0) return Math.max(...made);
  const first = [history.plans.progress(connection)?.since, backupsOf(history, connection).at(-1)?.createdAt];
  const times = first.filter((time) => time !== undefined);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Whether the time lies within that span before now; never for a time in the future, since clocks are wrong at times. */
export function isWithin(span: number, since: number, now: number): boolean {
  return since <= now && now - since < span;
}
