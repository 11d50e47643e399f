import type { Prepare, Query, Row } from './query.ts';

/** The sinks that send a notification away from this computer, and from when on, in milliseconds since 1970. */
export interface SendRequest {
  readonly sinks: readonly string[];
  readonly at: number;
}

/** One notification that waits to be sent by one sink. */
interface SendKey {
  readonly sink: string;
  readonly notification: number;
}

/** Queues a notification for each sink. */
export function queueSends(prepare: Prepare, notification: number, { sinks, at }: SendRequest): void {
  for (const sink of sinks)
    prepare('INSERT OR IGNORE INTO notice_sends (sink, notice, since, due_at) VALUES (?, ?, ?, ?)').run(
      ...[sink, notification, at, at],
    );
}

/** Whether the host was not given it before. */
export function isUnshown(prepare: Prepare, notification: number): boolean {
  return prepare('SELECT 1 FROM notices WHERE id = ? AND shown = 0 AND refused = 0').get(notification) !== undefined;
}

/** From now on a crash leaves it open whether it was sent. */
export function markSending(prepare: Prepare, { sink, notification }: SendKey): void {
  prepare('UPDATE notice_sends SET sending = 1, attempts = attempts + 1 WHERE sink = ? AND notice = ?').run(
    ...[sink, notification],
  );
}

/** It was sent, or is given up, or is retried at that time. */
export function markSent(prepare: Prepare, { sink, notification, next }: SendKey & { next: number | null }): void {
  if (next === null) prepare('DELETE FROM notice_sends WHERE sink = ? AND notice = ?').run(sink, notification);
  else
    prepare('UPDATE notice_sends SET sending = 0, due_at = ? WHERE sink = ? AND notice = ?').run(
      ...[next, sink, notification],
    );
}

/** Forgets those that were being sent when Ringback ended, since they may have been received. Gives how many. */
export function deleteInterruptedSends(prepare: Prepare, _input: object): { readonly count: number } {
  return { count: Number(prepare('DELETE FROM notice_sends WHERE sending = 1').run().changes) };
}

/** Forgets what waits for the sink. */
export function deleteSends(prepare: Prepare, sink: string): void {
  prepare('DELETE FROM notice_sends WHERE sink = ?').run(sink);
}

/** The oldest notification that waits for the sink. */
export function selectNextSend(query: Query, sink: string): Row | undefined {
  return query.one(
    'SELECT notice, since, due_at, attempts FROM notice_sends WHERE sink = ? ORDER BY notice LIMIT 1',
    sink,
  );
}

export function countSends(query: Query, sink: string): number {
  return Number(query.one('SELECT count(*) AS count FROM notice_sends WHERE sink = ?', sink)?.count ?? 0);
}
