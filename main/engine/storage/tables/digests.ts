import {
  insertRow,
  type NotificationRow,
  type NotificationText,
  notificationColumns,
  setText,
} from './notifications.ts';
import type { Prepare, Query, Row } from './query.ts';
import { isUnshown, queueSends, type SendRequest } from './sends.ts';

/** What a notification waits for: the end of a pause, or the time of the daily summary. */
export type DigestKind = 'pause' | 'daily';

/** Stored in place of the id of the digest while there is none. */
const waitingFor: Readonly<Record<DigestKind, number>> = { pause: 0, daily: -1 };

interface HeldNotification {
  readonly id: number;
  readonly for: DigestKind;
  /** The sinks that send it now, where only this computer does not show it yet. */
  readonly send?: SendRequest;
  readonly text?: NotificationText | undefined;
}

/** These are not shown by themselves but in a digest, and are entries of the list at once. */
export function holdNotifications(prepare: Prepare, held: readonly HeldNotification[]): void {
  for (const { id, for: kind, send, text } of held) {
    if (send && isUnshown(prepare, id)) queueSends(prepare, id, send);
    const state = [waitingFor[kind], send ? 1 : 0];
    prepare('UPDATE notices SET digest = ?, refused = max(refused, ?) WHERE id = ? AND shown = 0').run(...state, id);
    if (text) setText(prepare, id, text);
  }
}

interface Digest {
  readonly notice: NotificationRow;
  readonly of: readonly number[];
  /** True where each of them was sent already, so that the digest is only shown. */
  readonly sent: boolean;
}

/** Stores the digest of these notifications, to be shown; whoever sees it has seen them. */
export function insertDigest(prepare: Prepare, { notice, of, sent }: Digest): void {
  const digest = insertRow(prepare, notice);
  prepare('UPDATE notices SET seen = 1, refused = ? WHERE id = ?').run(sent ? 1 : 0, digest);
  for (const id of of) {
    prepare('UPDATE notices SET digest = ?, shown = 1 WHERE id = ? AND digest <= 0').run(digest, id);
    prepare('INSERT OR IGNORE INTO notice_events SELECT ?, event FROM notice_events WHERE notice = ?').run(digest, id);
    prepare(
      `INSERT OR IGNORE INTO notice_events SELECT ?, event FROM notices
        WHERE id = ? AND event IN (SELECT id FROM events)`,
    ).run(digest, id);
  }
}

/** The notifications that wait for a digest, the oldest first. */
export function selectHeld(query: Query): Row[] {
  return query.all(`SELECT ${notificationColumns} FROM notices WHERE digest <= 0 ORDER BY id`);
}

/** When the oldest one came that waits for the daily summary. */
export function selectOldestDaily(query: Query): number | undefined {
  const row = query.one('SELECT min(at) AS at FROM notices WHERE digest = ?', waitingFor.daily);
  return row?.at == null ? undefined : Number(row.at);
}

/** Whether a held notification waits for the end of a pause. */
export function waitsForPause({ digest }: Row): boolean {
  return digest === waitingFor.pause;
}

/** Whether a notification was queued for the sinks before the host showed it. */
export function wasSent({ refused }: Row): boolean {
  return refused === 1;
}

export function deleteNotifications(prepare: Prepare, notifications: readonly number[]): void {
  for (const id of notifications) prepare('DELETE FROM notices WHERE id = ?').run(id);
}
