import type { Prepare } from './query.ts';

/** How far the stored events are processed by each consumer: jobs, notifications, and the report of what was recovered. */
export type Mark = 'followed' | 'announced' | 'recounted';

/** Subquery for the id of the last event that the consumer has processed. */
export const markOf = (mark: Mark): string => `(SELECT value FROM marks WHERE name = '${mark}')`;

export function setMark(prepare: Prepare, mark: Mark, event: number): void {
  prepare('UPDATE marks SET value = ? WHERE name = ?').run(event, mark);
}
