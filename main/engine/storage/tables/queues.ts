import { markOf } from './marks.ts';
import type { Query } from './query.ts';

/** How much of each queue waits to be done. */
export interface QueueLengths {
  /** Events that nobody was notified of yet, and notifications that wait to be shown. */
  readonly notifications: number;
  /** Notifications that wait to leave this computer. */
  readonly sends: number;
  readonly forwards: number;
}

export function countQueues(query: Query): QueueLengths {
  const row = query.one(`SELECT
    (SELECT count(*) FROM events WHERE id > ${markOf('announced')})
      + (SELECT count(*) FROM notices WHERE shown = 0 AND digest IS NULL) AS notifications,
    (SELECT count(*) FROM notice_sends) AS sends,
    (SELECT count(*) FROM forwards) AS forwards`);
  const count = (value: unknown): number => Number(value ?? 0);
  return { notifications: count(row?.notifications), sends: count(row?.sends), forwards: count(row?.forwards) };
}
