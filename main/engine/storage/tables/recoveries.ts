import { boundLimit, type Prepare, type Query, type Row } from './query.ts';

/** When a search for missed events was made; the record is JSON. */
export interface RecoveryRow {
  readonly at: number;
  readonly record: string;
}

const maxRecoveries = 500;

export function insertRecovery(prepare: Prepare, { at, record }: RecoveryRow): void {
  const id = Number(prepare('INSERT INTO recoveries (at, record) VALUES (?, ?)').run(at, record).lastInsertRowid);
  prepare('DELETE FROM recoveries WHERE id <= ?').run(id - maxRecoveries);
}

/** The latest first. */
export function selectRecoveries(query: Query, limit: number): Row[] {
  return query.all(`SELECT id, at, record FROM recoveries ORDER BY id DESC ${boundLimit}`, limit);
}

/** These hooks were monitored without a gap until that time. */
export function setMonitored(prepare: Prepare, hooks: readonly string[], at: number): void {
  const put = prepare('INSERT INTO attended VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at');
  for (const hook of hooks) put.run(hook, at);
}

export function deleteMonitored(prepare: Prepare, hooks: readonly string[]): void {
  for (const hook of hooks) prepare('DELETE FROM attended WHERE hook = ?').run(hook);
}

/** Until when the hook was monitored, in milliseconds since 1970. */
export function selectMonitored(query: Query, hook: string): number | undefined {
  const row = query.one('SELECT at FROM attended WHERE hook = ?', hook);
  return row && Number(row.at);
}
