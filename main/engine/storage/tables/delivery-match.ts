import type { DeliveryRow } from './delivery.ts';
import type { Prepare } from './query.ts';

/** The stored event of which this is a repetition. */
export function knownEvent(prepare: Prepare, row: DeliveryRow): number | undefined {
  const byDelivery =
    row.deliveryId === null
      ? undefined
      : prepare('SELECT event AS id FROM deliveries WHERE hook = ? AND delivery_id = ?').get(row.hook, row.deliveryId);
  const found =
    byDelivery ??
    (row.identity === null
      ? undefined
      : prepare('SELECT id FROM events WHERE hook = ? AND identity = ?').get(row.hook, row.identity)) ??
    (row.recoveredSince === undefined
      ? recoveredDuplicate(prepare, row)
      : deliveredDuplicate(prepare, row, row.recoveredSince));
  return found === undefined ? undefined : Number(found.id);
}

/** Clocks differ by so much at most, in milliseconds. */
const clockSkew = 5 * 60_000;

/** For a late delivery: the event that was recovered for the gap in which it happened. */
function recoveredDuplicate(prepare: Prepare, { hook, event, resource, occurredAt, receivedAt }: DeliveryRow) {
  if (resource === null) return undefined;
  const happened = occurredAt ?? receivedAt;
  return prepare(
    `SELECT id FROM events WHERE recovered_since IS NOT NULL AND hook = ? AND resource = ? AND event IS ?
      AND (occurred_at = ? OR ? BETWEEN recovered_since AND received_at + ${clockSkew}) ORDER BY id DESC LIMIT 1`,
  ).get(hook, resource, event, occurredAt, happened);
}

/** For a recovered event: the same one delivered, or recovered, since the gap began or since it happened, whichever is earlier. */
function deliveredDuplicate(prepare: Prepare, { hook, event, resource, occurredAt }: DeliveryRow, since: number) {
  // The provider's clock may be ahead: what it dates into the gap may have been delivered before the gap began.
  const receivedSince = Math.min(since, occurredAt ?? since) - clockSkew;
  return prepare(
    `SELECT id FROM events WHERE hook = ? AND resource IS ? AND event IS ?
      AND id > coalesce((SELECT id FROM events WHERE received_at < ? ORDER BY id DESC LIMIT 1), 0) LIMIT 1`,
  ).get(hook, resource, event, receivedSince);
}

/** Later deliveries with the same id count as repetitions of the event. */
export function rememberDelivery(prepare: Prepare, row: DeliveryRow, event: number): void {
  if (row.deliveryId === null) return;
  prepare('INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?)').run(row.hook, row.deliveryId, event);
}
