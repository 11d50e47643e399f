import { boundLimit, type Prepare, type Query, type Row } from './query.ts';

/** A rejected delivery as it is stored. */
export interface RejectedDeliveryRow {
  readonly method: string;
  /** JSON object of lower-case names. */
  readonly headers: string;
  /** The bytes received, or the first of them. */
  readonly body: Uint8Array;
  /** How many bytes were received. */
  readonly size: number;
}

interface RejectionRow {
  readonly receivedAt: number;
  readonly hook: string | null;
  readonly reason: string;
  /** JSON: the reason as a message for other languages (see ../event-messages.ts). */
  readonly message?: string | null;
  /** Absent where only the reason is stored. */
  readonly delivery?: RejectedDeliveryRow | undefined;
}

const maxRejections = 1000;
/** One hook that many forge callbacks for does not displace the rejections of the others. */
const maxOfHook = 200;
/** Characters of a reason. */
const longestReason = 500;
/** Deliveries that are stored beside their reasons: of all hooks, and of one. */
const maxDeliveries = 100;
const maxDeliveriesOfHook = 20;
/** Bytes of their headers and bodies together. */
const maxDeliveredBytes = 4 * 1024 * 1024;

export function insertRejection(prepare: Prepare, rejection: RejectionRow): void {
  const { receivedAt, hook, reason, message = null, delivery } = rejection;
  const insert = prepare('INSERT INTO rejections (received_at, hook, reason, message) VALUES (?, ?, ?, ?)');
  const text = reason.slice(0, longestReason);
  const id = Number(insert.run(receivedAt, hook, text, message).lastInsertRowid);
  prepare('DELETE FROM rejections WHERE id <= ?').run(id - maxRejections);
  prepare(
    `DELETE FROM rejections WHERE hook IS ?1 AND id <=
      (SELECT id FROM rejections WHERE hook IS ?1 ORDER BY id DESC LIMIT 1 OFFSET ${maxOfHook})`,
  ).run(hook);
  if (delivery) insertDelivery(prepare, id, hook, delivery);
}

/** The oldest go first, those of the hook with too many before those of the others. */
function insertDelivery(
  prepare: Prepare,
  rejection: number,
  hook: string | null,
  { method, headers, body, size }: RejectedDeliveryRow,
): void {
  prepare(
    'INSERT INTO rejected_deliveries (rejection, hook, method, headers, body, size) VALUES (?, ?, ?, ?, ?, ?)',
  ).run(rejection, hook, method, headers, body, size);
  prepare(
    `DELETE FROM rejected_deliveries WHERE hook IS ?1 AND rejection NOT IN
      (SELECT rejection FROM rejected_deliveries WHERE hook IS ?1 ORDER BY rejection DESC LIMIT ${maxDeliveriesOfHook})`,
  ).run(hook);
  prepare(
    `DELETE FROM rejected_deliveries WHERE rejection IN (
      SELECT rejection FROM (
        SELECT rejection, row_number() OVER newest AS place, sum(length(body) + length(headers)) OVER newest AS total
        FROM rejected_deliveries WINDOW newest AS (ORDER BY rejection DESC))
      WHERE place > ${maxDeliveries} OR total > ${maxDeliveredBytes})`,
  ).run();
}

/** Deletes what is stored beside the reasons of these hooks. */
export function deleteRejectedDeliveries(prepare: Prepare, hooks: readonly string[]): void {
  const remove = prepare('DELETE FROM rejected_deliveries WHERE hook = ?');
  for (const hook of hooks) remove.run(hook);
}

/** Deletes those received before this time in milliseconds since 1970, with what is stored beside them; so many at most. */
export function pruneRejections(prepare: Prepare, before: number, most: number): void {
  prepare(`DELETE FROM rejections WHERE id IN (SELECT id FROM rejections WHERE received_at < ? ${boundLimit})`).run(
    before,
    most,
  );
}

/** The latest first. */
export function selectRejections(query: Query, limit: number): Row[] {
  return query.all(
    `SELECT id, received_at, hook, reason, message FROM rejections ORDER BY id DESC ${boundLimit}`,
    limit,
  );
}

/** With the delivery, as far as that is stored. */
export function selectRejection(query: Query, id: number): Row | undefined {
  return query.one(
    `SELECT id, received_at, rejections.hook, reason, message, method, headers, body, size
     FROM rejections LEFT JOIN rejected_deliveries ON rejection = id WHERE id = ?`,
    id,
  );
}
