import type { Rejection } from '../../preload/contract/index.ts';

/** Deliveries of one hook that were rejected for the same reason. */
export interface RejectionGroup {
  readonly hook: string | undefined;
  readonly reason: string;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** By hook and reason, the latest rejection first. */
export function rejectionGroups(rejections: readonly Rejection[]): readonly RejectionGroup[] {
  const groups = new Map<string, RejectionGroup>();
  for (const { hook, reason, receivedAt: at } of rejections) {
    const key = JSON.stringify([hook, reason]);
    const known = groups.get(key) ?? { hook, reason, count: 0, firstAt: at, lastAt: at };
    const [firstAt = at, , lastAt = at] = [known.firstAt, known.lastAt, at].sort();
    groups.set(key, { ...known, count: known.count + 1, firstAt, lastAt });
  }
  return [...groups.values()].sort((a, b) => b.lastAt.localeCompare(a.lastAt));
}
