import { type IdRange, partRanges } from './event-times.ts';
import type { Query, Row } from './query.ts';

/** Events by outcome; `other` for those without one. */
type OutcomeCounts = Readonly<Record<'success' | 'failed' | 'info' | 'other', number>>;

const outcomes = ['success', 'failed', 'info', null] as const;

/** How many events came between each of these times and the next, in milliseconds since 1970. */
export function countByOutcome(query: Query, times: readonly number[]): OutcomeCounts[] {
  return times.slice(1).map((until, index) => {
    const since = times[index] ?? until;
    const { whole, mixed } = partRanges(query, { since, until });
    const rows = [
      ...whole.flatMap((range) => countAll(query, range)),
      ...mixed.flatMap((range) => countReceived(query, range, since, until)),
    ];
    const count = (outcome: string | null) =>
      rows.reduce((sum, row) => (row.outcome === outcome ? sum + Number(row.count) : sum), 0);
    return { success: count('success'), failed: count('failed'), info: count('info'), other: count(null) };
  });
}

/** How many events of a hook came between each of these times and the next. */
export function countOfHook(query: Query, { hook, times }: { hook: string; times: readonly number[] }): number[] {
  const count = (where: string, ...values: readonly number[]): number =>
    Number(query.one(`SELECT count(*) AS count FROM events WHERE hook = ? AND ${where}`, hook, ...values)?.count ?? 0);
  return times.slice(1).map((until, index) => {
    const since = times[index] ?? until;
    const { whole, mixed } = partRanges(query, { since, until });
    const counts = [
      ...whole.map(({ first, last }) => count('id BETWEEN ? AND ?', first, last)),
      ...mixed.map(({ first, last }) =>
        count('id BETWEEN ? AND ? AND received_at >= ? AND received_at < ?', first, last, since, until),
      ),
    ];
    return counts.reduce((sum, one) => sum + one, 0);
  });
}

/** How many deliveries were rejected between each of these times and the next. */
export function countRejections(query: Query, times: readonly number[]): number[] {
  const sql = 'SELECT count(*) AS count FROM rejections WHERE received_at >= ? AND received_at < ?';
  return times.slice(1).map((until, index) => Number(query.one(sql, times[index] ?? until, until)?.count ?? 0));
}

/** Reads the index alone: rows may be large. */
function countAll(query: Query, { first, last }: IdRange): Row[] {
  const sql = `SELECT count(*) AS count FROM events INDEXED BY events_outcome
    WHERE outcome IS ? AND id BETWEEN ? AND ?`;
  return outcomes.map((outcome) => ({ outcome, count: query.one(sql, outcome, first, last)?.count }));
}

function countReceived(query: Query, { first, last }: IdRange, since: number, until: number): Row[] {
  return query.all(
    `SELECT outcome, count(*) AS count FROM events NOT INDEXED
      WHERE id BETWEEN ? AND ? AND received_at >= ? AND received_at < ? GROUP BY outcome`,
    ...[first, last, since, until],
  );
}
