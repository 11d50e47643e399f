import type { Prepare, Query, Row } from './query.ts';

/** A backup as it stands; the record is JSON. */
export interface BackupRow {
  readonly id: string;
  readonly createdAt: number;
  readonly record: string;
}

export function putBackup(prepare: Prepare, { id, createdAt, record }: BackupRow): void {
  prepare('INSERT INTO backups VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record').run(
    ...[id, createdAt, record],
  );
}

/** The oldest first. */
export function selectBackups(query: Query): Row[] {
  return query.all('SELECT record FROM backups ORDER BY rowid');
}
