import { hash } from 'node:crypto';
import type { DeliveryRow } from './delivery.ts';
import type { Prepare } from './query.ts';

/** Providers retry a delivery for this long (Webhooks API: 48 hours), in milliseconds. */
const retryWindow = 48 * 3_600_000;
/** Events of the same bytes at one hook within the retry window; a further one counts as a repetition. */
const mostRecurrences = 20;
/** Of events with the same bytes only the first within so many milliseconds is notified. */
const recurrenceQuiet = 60_000;
/** Delivery ids remembered for one event: they are not signed, so that anyone who has one delivery can invent more. */
const mostIdsOfEvent = 50;

/** What is known of a delivery before it is stored. */
export interface DeliveryMatch {
  /** The stored event of which it is a repetition. */
  readonly event: number | undefined;
  /** Finds later deliveries of the same bytes; null where bytes are not compared. */
  readonly bodyDigest: number | null;
  /** Whether an event of the same bytes was stored a short time ago. */
  readonly recurs: boolean;
  /** Its sender was asked to retry, although the event was stored after that. */
  readonly isExpected?: boolean;
}

export function matchDelivery(prepare: Prepare, row: DeliveryRow): DeliveryMatch {
  const bodyDigest = row.sameBytes === undefined ? null : digestNumber(row.body);
  const known = byDeliveryId(prepare, row) ?? byIdentity(prepare, row);
  if (known !== undefined) return { event: known, bodyDigest, recurs: false };
  const same = bodyDigest === null ? [] : selectSameBytes(prepare, row, bodyDigest);
  const late = row.deliveryId === null ? same.find(({ retries }) => retries > 0) : undefined;
  if (late) return { event: late.id, bodyDigest, recurs: false, isExpected: true };
  const [newest, ...older] = same;
  const isRepetition = row.sameBytes === 'repetition' || older.length + 1 >= mostRecurrences;
  if (newest && isRepetition) return { event: newest.id, bodyDigest, recurs: false };
  const found =
    row.recoveredSince === undefined
      ? recoveredDuplicate(prepare, row)
      : deliveredDuplicate(prepare, row, row.recoveredSince);
  const recurs = newest !== undefined && row.receivedAt - newest.receivedAt < recurrenceQuiet;
  return { event: found && Number(found.id), bodyDigest, recurs };
}

function byDeliveryId(prepare: Prepare, { hook, deliveryId }: DeliveryRow): number | undefined {
  if (deliveryId === null) return undefined;
  // Earlier versions stored the ids themselves.
  const find = prepare('SELECT event FROM deliveries WHERE hook = ? AND delivery_id IN (?, ?)');
  const row = find.get(hook, idDigest(deliveryId), deliveryId);
  return row && Number(row.event);
}

function byIdentity(prepare: Prepare, { hook, identity }: DeliveryRow): number | undefined {
  if (identity === null) return undefined;
  const row = prepare('SELECT id FROM events WHERE hook = ? AND identity = ?').get(hook, identity);
  return row && Number(row.id);
}

/** Events of the same bytes at the same hook, verified or not as this one is, within the retry window, the newest first. */
function selectSameBytes(prepare: Prepare, { hook, receivedAt, body, verified }: DeliveryRow, digest: number) {
  const find = prepare(
    `SELECT id, received_at, retries FROM events WHERE body_digest = ? AND hook = ? AND received_at > ? AND body = ?
      AND (verified = 'none') = (? = 'none') ORDER BY id DESC LIMIT ${mostRecurrences}`,
  );
  return find.all(digest, hook, receivedAt - retryWindow, body, verified).map(({ id, received_at, retries }) => ({
    id: Number(id),
    receivedAt: Number(received_at),
    retries: Number(retries),
  }));
}

/** Notes on the event of this delivery that its sender was asked to retry before it was stored. */
export function expectRetry(prepare: Prepare, row: Pick<DeliveryRow, 'hook' | 'receivedAt' | 'body'>): void {
  prepare(
    `UPDATE events SET retries = retries + 1 WHERE id = (
      SELECT id FROM events AS late WHERE body_digest = ?1 AND hook = ?2 AND body = ?3
        AND (received_at = ?4 OR EXISTS (SELECT 1 FROM repetitions WHERE event = late.id AND at = ?4))
        ORDER BY id DESC LIMIT 1)`,
  ).run(digestNumber(row.body), row.hook, row.body, row.receivedAt);
}

/** 48 bits: enough to find candidates, whose bytes are compared. */
function digestNumber(body: Uint8Array): number {
  return hash('sha256', body, 'buffer').readUIntBE(0, 6);
}

/** An id may have any length, and come from anyone; a digest stands for it. */
function idDigest(deliveryId: string): string {
  return `#${hash('sha256', deliveryId, 'base64url')}`;
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

/** For a recovered event: the same one delivered or recovered since the gap began or it happened, the earlier one. */
function deliveredDuplicate(prepare: Prepare, { hook, event, resource, occurredAt }: DeliveryRow, since: number) {
  // The provider's clock may be ahead: what it dates into the gap may have been delivered before the gap began.
  const receivedSince = Math.min(since, occurredAt ?? since) - clockSkew;
  return prepare(
    `SELECT id FROM events WHERE hook = ? AND resource IS ? AND event IS ? AND verified <> 'none'
      AND id > coalesce((SELECT id FROM events WHERE received_at < ? ORDER BY id DESC LIMIT 1), 0) LIMIT 1`,
  ).get(hook, resource, event, receivedSince);
}

/** Later deliveries with the same id count as repetitions of the event. */
export function rememberDelivery(prepare: Prepare, { hook, deliveryId }: DeliveryRow, event: number): void {
  if (deliveryId === null) return;
  prepare(
    `INSERT OR IGNORE INTO deliveries SELECT ?1, ?2, ?3
      WHERE (SELECT count(*) FROM deliveries WHERE event = ?3) < ${mostIdsOfEvent}`,
  ).run(hook, idDigest(deliveryId), event);
}
