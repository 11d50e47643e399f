import type { MessageReference, NotificationPage } from '../../../../preload/contract.ts';
import type { Prepare, Query, Row } from './query.ts';

export interface NotificationRow {
  readonly event: number | null;
  readonly at: number;
  readonly title: string;
  readonly body: string;
  readonly backup?: string | undefined;
  readonly job?: string | undefined;
  readonly page?: NotificationPage | undefined;
  /** It is to stay until the user closes it. */
  readonly urgent?: boolean;
  /** True where it was shown before and is only stored. */
  readonly shown?: boolean;
  /** Title and body by their codes. */
  readonly titleMessage?: MessageReference | undefined;
  readonly bodyMessage?: MessageReference | undefined;
}

const maxNotifications = 2000;
const columns = 'id, at, title, body, event, backup, job, page, urgent, messages';

export function insertNotification(prepare: Prepare, row: NotificationRow): void {
  const { at, title, body, event, backup, job, page, urgent, shown, titleMessage, bodyMessage } = row;
  const insert = prepare(
    `INSERT INTO notices (at, title, body, event, backup, job, page, urgent, shown, messages)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const messages = titleMessage || bodyMessage ? JSON.stringify({ titleMessage, bodyMessage }) : null;
  const values = [at, title, body, event, backup ?? null, job ?? null, page ?? null, urgent ? 1 : 0, shown ? 1 : 0];
  const id = Number(insert.run(...values, messages).lastInsertRowid);
  prepare('DELETE FROM notices WHERE id <= ?').run(id - maxNotifications);
}

export function markShown(prepare: Prepare, ids: readonly number[]): void {
  for (const id of ids) prepare('UPDATE notices SET shown = 1 WHERE id = ?').run(id);
}

/** Those not shown yet that are younger than that time, the oldest first. */
export function selectUnshown(query: Query, after: number, limit: number): Row[] {
  return query.all(`SELECT ${columns} FROM notices WHERE shown = 0 AND at > ? ORDER BY id LIMIT ?`, after, limit);
}

/** Those that were shown, the latest first. */
export function selectShown(query: Query, limit: number): Row[] {
  return query.all(`SELECT ${columns} FROM notices WHERE shown = 1 ORDER BY id DESC LIMIT ?`, limit);
}
