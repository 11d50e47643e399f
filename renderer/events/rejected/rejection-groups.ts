import type { MessageReference, Rejection } from '../../../preload/contract/index.ts';

/** Deliveries of one hook that were rejected for the same reason. */
export interface RejectionGroup {
  readonly hook: string | undefined;
  readonly reason: string;
  readonly reasonMessage?: MessageReference | undefined;
  readonly count: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Its deliveries, latest first. */
  readonly deliveries: readonly RejectedDelivery[];
}

interface RejectedDelivery {
  readonly id: string;
  readonly at: string;
}

/** Groups by hook and reason, those with the latest rejection first. */
export function rejectionGroups(rejections: readonly Rejection[]): readonly RejectionGroup[] {
  const groups = new Map<string, RejectionGroup>();
  for (const { id, hook, reason, reasonMessage, receivedAt: at } of rejections) {
    const key = keyOf(hook, reason);
    const first = { hook, reason, reasonMessage, count: 0, firstAt: at, lastAt: at, deliveries: [] };
    const known = groups.get(key) ?? first;
    const [firstAt = at, , lastAt = at] = [known.firstAt, known.lastAt, at].sort();
    const deliveries = id === undefined ? known.deliveries : [...known.deliveries, { id, at }];
    groups.set(key, { ...known, count: known.count + 1, firstAt, lastAt, deliveries });
  }
  return [...groups.values()]
    .map((group) => ({ ...group, deliveries: group.deliveries.toSorted((a, b) => b.at.localeCompare(a.at)) }))
    .sort((a, b) => b.lastAt.localeCompare(a.lastAt));
}

/** A unique key of a group. */
export const groupKey = ({ hook, reason }: RejectionGroup): string => keyOf(hook, reason);

const keyOf = (hook: string | undefined, reason: string): string => JSON.stringify([hook, reason]);

/** The group that contains this delivery. */
export function groupWith(groups: readonly RejectionGroup[], id: string): RejectionGroup | undefined {
  return groups.find(({ deliveries }) => deliveries.some((one) => one.id === id));
}
