import type { Prepare, Query } from './query.ts';

/** Times kept of one event: a sender may repeat a delivery without end. */
const mostOfEvent = 50;

/** Remembers when a stored event was delivered again. */
export function insertRepetition(prepare: Prepare, event: number, at: number): void {
  prepare(
    `INSERT OR IGNORE INTO repetitions SELECT ?1, ?2
      WHERE (SELECT count(*) FROM repetitions WHERE event = ?1) < ${mostOfEvent}`,
  ).run(event, at);
}

/** When an event was delivered again, in milliseconds since 1970, the first time first. */
export function selectRepetitions(query: Query, event: number): number[] {
  return query.all('SELECT at FROM repetitions WHERE event = ? ORDER BY at', event).map(({ at }) => Number(at));
}
