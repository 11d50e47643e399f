import type { Prepare, Query, Row } from './query.ts';

export interface RejectionRow {
  readonly receivedAt: number;
  readonly hook: string | null;
  readonly reason: string;
}

const maxRejections = 1000;

export function insertRejection(prepare: Prepare, { receivedAt, hook, reason }: RejectionRow): void {
  const insert = prepare('INSERT INTO rejections (received_at, hook, reason) VALUES (?, ?, ?)');
  const id = Number(insert.run(receivedAt, hook, reason).lastInsertRowid);
  prepare('DELETE FROM rejections WHERE id <= ?').run(id - maxRejections);
}

/** The latest first. */
export function selectRejections(query: Query, limit: number): Row[] {
  return query.all('SELECT received_at, hook, reason FROM rejections ORDER BY id DESC LIMIT ?', limit);
}
