import type { PrunePreview, RetentionPolicy } from '../../../../preload/contract/index.ts';
import { createCalendar, type Day, thursdayOf } from './calendar.ts';

/** One finished backup. */
export interface RetentionCandidate {
  readonly id: string;
  /** When it was finished, as the clock said then; milliseconds since 1970. */
  readonly time: number;
  /** Verified, and not known to be altered or missing since. */
  readonly verified: boolean;
}

interface Rule {
  readonly reason: string;
  readonly count: number;
  /** Backups of one period get the same name. */
  periodOf(day: Day, index: number): string;
}

/**
 * Which backups of one account are retained, and which may be removed, as restic's `forget` decides: the newest of each
 * of the last N days, weeks (ISO 8601, local time) and months that have any, and the oldest of all while a rule is not
 * used up. `backups` are in the order in which they were made, newest first, whatever the clock said. An unverified
 * backup does not count for a rule, and is removed only if a newer verified one stays. Without any rule all stay.
 */
export function planRetention(
  backups: readonly RetentionCandidate[],
  keep: RetentionPolicy,
  timeZone?: string,
): PrunePreview {
  const reasons = reasonsOf(
    backups.filter(({ verified }) => verified),
    keep,
    timeZone,
  );
  const newestVerified = backups.findIndex(({ verified }) => verified);
  const stay: { id: string; reasons: string[] }[] = [];
  const remove: string[] = [];
  for (const [index, { id, verified }] of backups.entries()) {
    const own = verified ? [...(reasons.get(id) ?? [])] : [];
    if (!verified && (newestVerified === -1 || index < newestVerified)) own.push('no newer backup is verified');
    if (own.length > 0) stay.push({ id, reasons: own });
    else remove.push(id);
  }
  return { keep: stay, remove };
}

function reasonsOf(
  newestFirst: readonly RetentionCandidate[],
  keep: RetentionPolicy,
  timeZone?: string,
): Map<string, string[]> {
  const calendar = createCalendar(timeZone);
  const rules = rulesOf(keep);
  const reasons = new Map<string, string[]>();
  const add = (id: string, reason: string): unknown => reasons.set(id, [...(reasons.get(id) ?? []), reason]);
  if (rules.length === 0) for (const { id } of newestFirst) add(id, 'no rule');
  for (const { reason, count, periodOf } of rules) {
    let left = count;
    let last: string | undefined;
    for (const [index, { id, time }] of newestFirst.entries()) {
      const period = periodOf(calendar.dayOf(time), index);
      const oldest = index === newestFirst.length - 1;
      if (left === 0 || (period === last && !oldest)) continue;
      add(id, period === last ? `oldest, ${reason}` : reason);
      last = period;
      left -= 1;
    }
  }
  return reasons;
}

function rulesOf({ last, daily, weekly, monthly }: RetentionPolicy): readonly Rule[] {
  const rules: readonly Rule[] = [
    { reason: 'last', count: last, periodOf: (_, index) => String(index) },
    { reason: 'daily', count: daily, periodOf: nameOf },
    { reason: 'weekly', count: weekly, periodOf: (day) => nameOf(thursdayOf(day)) },
    { reason: 'monthly', count: monthly, periodOf: ({ year, month }) => `${year}-${month}` },
  ];
  return rules.filter(({ count }) => count > 0);
}

function nameOf({ year, month, day }: Day): string {
  return `${year}-${month}-${day}`;
}
