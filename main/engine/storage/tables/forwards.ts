import { setMark } from './marks.ts';
import { boundLimit, type Prepare, type Query, type Row } from './query.ts';

/** What became of an attempt to forward an event; the record is JSON. */
export interface ForwardAttemptRow {
  readonly event: number;
  readonly record: string;
  /** When the event is retried, in milliseconds since 1970; null where it is no longer to be forwarded. */
  readonly next?: number | null;
}

const maxAttempts = 50;

/** Queues events that are to be forwarded, and moves the mark past all that were looked at. */
export function queueForwards(
  prepare: Prepare,
  { upTo, at, rows }: { upTo: number; at: number; rows: readonly { readonly event: number; readonly hook: string }[] },
): void {
  setMark(prepare, 'forwarded', upTo);
  for (const { event, hook } of rows)
    prepare('INSERT OR IGNORE INTO forwards (event, hook, since, due_at) VALUES (?, ?, ?, ?)').run(event, hook, at, at);
}

export function insertForwardAttempt(prepare: Prepare, { event, record, next }: ForwardAttemptRow): void {
  prepare('INSERT INTO forward_attempts (event, record) VALUES (?, ?)').run(event, record);
  prepare(
    `DELETE FROM forward_attempts WHERE event = ?1 AND id NOT IN
      (SELECT id FROM forward_attempts WHERE event = ?1 ORDER BY id DESC LIMIT ${maxAttempts})`,
  ).run(event);
  if (next === null) prepare('DELETE FROM forwards WHERE event = ?').run(event);
  else if (next !== undefined)
    prepare('UPDATE forwards SET attempts = attempts + 1, due_at = ? WHERE event = ?').run(next, event);
}

/** Forgets what of the hook waits to be forwarded. */
export function deleteForwards(prepare: Prepare, hook: string): void {
  prepare('DELETE FROM forwards WHERE hook = ?').run(hook);
}

/** Events that forwarding has not processed yet, the oldest first. Those found by a lookup have no original bytes. */
export function selectUnforwarded(query: Query, limit: number): Row[] {
  return query.all(
    `SELECT id, hook, verified FROM events WHERE id > (SELECT value FROM marks WHERE name = 'forwarded')
      ORDER BY id ${boundLimit}`,
    limit,
  );
}

/** The oldest event of the hook that waits to be forwarded. */
export function selectNextForward(query: Query, hook: string): Row | undefined {
  return query.one('SELECT event, since, due_at, attempts FROM forwards WHERE hook = ? ORDER BY event LIMIT 1', hook);
}

/** Events of the hook that wait to be forwarded, those due first at the front. */
export function selectForwardsByDue(query: Query, hook: string, limit: number): Row[] {
  return query.all(
    `SELECT event, since, due_at, attempts FROM forwards WHERE hook = ? ORDER BY due_at, event ${boundLimit}`,
    ...[hook, limit],
  );
}

/** The hooks with events that wait to be forwarded. */
export function selectForwardingHooks(query: Query): string[] {
  return query.all('SELECT DISTINCT hook FROM forwards').map(({ hook }) => String(hook));
}

/** The records of an event's attempts, the oldest first. */
export function selectForwardAttempts(query: Query, event: number): string[] {
  return query
    .all('SELECT record FROM forward_attempts WHERE event = ? ORDER BY id', event)
    .map(({ record }) => String(record));
}

export function selectNewestEvent(query: Query): number {
  return Number(query.one('SELECT max(id) AS id FROM events')?.id ?? 0);
}
