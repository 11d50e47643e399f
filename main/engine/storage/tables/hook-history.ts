import { boundLimit, type Prepare, type Query, type Row } from './query.ts';

/** What a reconciliation did; the record is JSON. */
interface HookHistoryRow {
  readonly at: number;
  readonly record: string;
}

const maxEntries = 1000;

export function insertHookHistory(prepare: Prepare, { at, record }: HookHistoryRow): void {
  const id = Number(prepare('INSERT INTO hook_history (at, record) VALUES (?, ?)').run(at, record).lastInsertRowid);
  prepare('DELETE FROM hook_history WHERE id <= ?').run(id - maxEntries);
}

/** The latest first. */
export function selectHookHistory(query: Query, limit: number): Row[] {
  return query.all(`SELECT id, at, record FROM hook_history ORDER BY id DESC ${boundLimit}`, limit);
}
