import type { Prepare, Query, Row } from './query.ts';

interface RejectionRow {
  readonly receivedAt: number;
  readonly hook: string | null;
  readonly reason: string;
}

const maxRejections = 1000;
/** One hook that many forge callbacks for does not displace the rejections of the others. */
const maxOfHook = 200;
/** Characters of a reason. */
const longestReason = 500;

export function insertRejection(prepare: Prepare, { receivedAt, hook, reason }: RejectionRow): void {
  const insert = prepare('INSERT INTO rejections (received_at, hook, reason) VALUES (?, ?, ?)');
  const id = Number(insert.run(receivedAt, hook, reason.slice(0, longestReason)).lastInsertRowid);
  prepare('DELETE FROM rejections WHERE id <= ?').run(id - maxRejections);
  prepare(
    `DELETE FROM rejections WHERE hook IS ?1 AND id <=
      (SELECT id FROM rejections WHERE hook IS ?1 ORDER BY id DESC LIMIT 1 OFFSET ${maxOfHook})`,
  ).run(hook);
}

/** The latest first. */
export function selectRejections(query: Query, limit: number): Row[] {
  return query.all('SELECT received_at, hook, reason FROM rejections ORDER BY id DESC LIMIT ?', limit);
}
