import type { Query } from './query.ts';

/** Events by outcome; null for those without one. */
type OutcomeCounts = Readonly<Record<'success' | 'failed' | 'info' | 'other', number>>;

const outcomeOf = { success: 'success', failed: 'failed', info: 'info', other: null } as const;

/** How many events came between each of these times and the next, in milliseconds since 1970. */
export function countByOutcome(query: Query, times: readonly number[]): OutcomeCounts[] {
  const ids = times.map((time) => firstIdSince(query, time));
  return ids.slice(1).map((end, index) => {
    const start = ids[index] ?? end;
    const count = (outcome: keyof typeof outcomeOf) =>
      start >= end ? 0 : countBetween(query, outcomeOf[outcome], start, end);
    return { success: count('success'), failed: count('failed'), info: count('info'), other: count('other') };
  });
}

/** How many deliveries were rejected between each of these times and the next. */
export function countRejections(query: Query, times: readonly number[]): number[] {
  const sql = 'SELECT count(*) AS count FROM rejections WHERE received_at >= ? AND received_at < ?';
  return times.slice(1).map((until, index) => Number(query.one(sql, times[index] ?? until, until)?.count ?? 0));
}

/** Reads the index alone: rows may be large. */
function countBetween(query: Query, outcome: string | null, start: number, end: number): number {
  const sql = `SELECT count(*) AS count FROM events INDEXED BY events_outcome
    WHERE outcome IS ? AND id >= ? AND id < ?`;
  return Number(query.one(sql, outcome, start, end)?.count ?? 0);
}

/** The first id received at this time or later, where ids follow the order of arrival; the one after the last where there is none. */
function firstIdSince(query: Query, time: number): number {
  const ends = query.one('SELECT (SELECT min(id) FROM events) AS oldest, (SELECT max(id) FROM events) AS newest');
  let [low, high] = [Number(ends?.oldest ?? 1), Number(ends?.newest ?? 0) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = query.one('SELECT id, received_at FROM events WHERE id >= ? ORDER BY id LIMIT 1', middle);
    if (row && Number(row.received_at) < time) low = Number(row.id) + 1;
    else high = middle;
  }
  return low;
}
