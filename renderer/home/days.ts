import type { EventCounts } from '../../preload/contract/index.ts';

export const outcomeKinds = ['failed', 'rejected', 'success', 'info', 'other'] as const;
export type CountKind = (typeof outcomeKinds)[number];

export function totalOf(counts: EventCounts): number {
  return outcomeKinds.reduce((sum, kind) => sum + counts[kind], 0);
}

/** The kinds that occurred, with their totals over all days. */
export function totalsOf(
  days: readonly EventCounts[],
): readonly { readonly kind: CountKind; readonly count: number }[] {
  return outcomeKinds
    .map((kind) => ({ kind, count: days.reduce((sum, day) => sum + day[kind], 0) }))
    .filter(({ count }) => count > 0);
}

/** "2026-11-03" in local time, as the search accepts it. */
export function dateOf(time: string, days = 0): string {
  const date = new Date(time);
  date.setDate(date.getDate() + days);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
