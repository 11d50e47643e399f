import type {
  MessageReference,
  NotificationMode,
  NotificationPage,
  Outcome,
} from '../../../../preload/contract/index.ts';
import { boundLimit, type Prepare, type Query, type Row } from './query.ts';
import { isUnshown, queueSends, type SendRequest } from './sends.ts';

/** What a notification is about, for the rules that decide how it is shown. */
export interface NotificationSubject {
  readonly connection?: string | undefined;
  readonly hook?: string | undefined;
  /** The provider's event, or "ringback.…" where Ringback reports something itself. */
  readonly event?: string | undefined;
  readonly outcome?: Outcome | undefined;
}

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
  /** What sends it, where it was shown before. */
  readonly send?: SendRequest | undefined;
  /** Events with the same bundle share one notification while it waits. */
  readonly bundle?: Bundle | undefined;
  /** Title and body by their codes. */
  readonly titleMessage?: MessageReference | undefined;
  readonly bodyMessage?: MessageReference | undefined;
  readonly about?: NotificationSubject | undefined;
  /** How it is shown, where that was decided when it was stored. */
  readonly mode?: NotificationMode | undefined;
}

interface Bundle {
  readonly key: string;
  /** Milliseconds without events after which the next is shown at once; later ones wait for such a gap again. */
  readonly quiet: number;
  /** Milliseconds after its first event at which it is shown at the latest. */
  readonly longest: number;
}

export type NotificationText = Pick<NotificationRow, 'title' | 'body' | 'titleMessage' | 'bodyMessage'>;

/** A notification that the host was given, with its text where that was composed from several events. */
interface ShownNotification {
  readonly id: number;
  /** True where the host could not show it, or did not answer. */
  readonly refused?: boolean;
  /** What sends it too, unless the host was given it before. */
  readonly send?: SendRequest | undefined;
  readonly text?: NotificationText | undefined;
}

const maxNotifications = 2000;
export const notificationColumns = `id, at, title, body, event, backup, job, page, urgent, messages, seen, mode, about, bundle, digest, refused,
  (SELECT count(*) FROM notice_events WHERE notice = notices.id) AS count`;

/** What is still to come is no entry of the list. */
const isEntry = '(shown = 1 OR refused = 1 OR digest IS NOT NULL)';

/** Stores it, or adds its event to the waiting one of its bundle. */
export function insertNotification(prepare: Prepare, row: NotificationRow): void {
  const waiting = row.bundle && waitingBundle(prepare, row.bundle.key, row.at);
  const id = waiting === undefined ? insertRow(prepare, row) : waiting;
  if (waiting !== undefined) joinBundle(prepare, waiting, row);
  if (row.bundle && row.event !== null) prepare('INSERT OR IGNORE INTO notice_events VALUES (?, ?)').run(id, row.event);
}

export function insertRow(prepare: Prepare, row: NotificationRow): number {
  const { at, title, body, event, backup, job, page, urgent, shown, bundle, mode, about } = row;
  const insert = prepare(
    `INSERT INTO notices (at, title, body, event, backup, job, page, urgent, shown, messages, bundle, due_at, mode, about, seen)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  );
  const values = [at, title, body, event, backup ?? null, job ?? null, page ?? null, urgent ? 1 : 0, shown ? 1 : 0];
  const waits = bundle
    ? [bundle.key, at + (followsAnother(prepare, bundle, at) ? Math.min(bundle.quiet, bundle.longest) : 0)]
    : [null, 0];
  const policy = [mode ?? null, about ? JSON.stringify(about) : null];
  const id = Number(insert.run(...values, messagesOf(row), ...waits, ...policy).lastInsertRowid);
  if (row.send) queueSends(prepare, id, row.send);
  deleteOldest(prepare, id - maxNotifications);
  return id;
}

/** One that waits for its digest is not deleted: its sends may wait for it, too. */
function deleteOldest(prepare: Prepare, upTo: number): void {
  prepare(`DELETE FROM notices WHERE id <= ? AND (shown = 1 OR refused = 1) AND (digest IS NULL OR digest > 0)`).run(
    upTo,
  );
}

/** Whether its bundle had an event a short time ago. The first after a quiet time is shown at once. */
function followsAnother(prepare: Prepare, { key, quiet }: Bundle, at: number): boolean {
  return prepare('SELECT 1 FROM notices WHERE bundle = ? AND due_at > ? LIMIT 1').get(key, at - quiet) !== undefined;
}

function waitingBundle(prepare: Prepare, key: string, now: number): number | undefined {
  const find = prepare(
    'SELECT id FROM notices WHERE shown = 0 AND digest IS NULL AND bundle = ? AND due_at > ? ORDER BY id DESC LIMIT 1',
  );
  const row = find.get(key, now);
  return row && Number(row.id);
}

/** The messages of its first event go: its text is composed of all its events once it is shown. */
function joinBundle(prepare: Prepare, id: number, { at, bundle }: NotificationRow): void {
  if (!bundle) return;
  const join = prepare('UPDATE notices SET due_at = min(at + ?, ?), messages = NULL WHERE id = ?');
  join.run(bundle.longest, at + bundle.quiet, id);
}

function messagesOf({ titleMessage, bodyMessage }: Pick<NotificationRow, 'titleMessage' | 'bodyMessage'>) {
  return titleMessage || bodyMessage ? JSON.stringify({ titleMessage, bodyMessage }) : null;
}

export function markShown(prepare: Prepare, notifications: readonly ShownNotification[]): void {
  for (const { id, refused = false, text, send } of notifications) {
    if (send && isUnshown(prepare, id)) queueSends(prepare, id, send);
    const state = [refused ? 0 : 1, refused ? 1 : 0];
    prepare('UPDATE notices SET shown = ?, refused = ?, digest = NULL WHERE id = ?').run(...state, id);
    if (text) setText(prepare, id, text);
  }
}

export function setText(prepare: Prepare, id: number, text: NotificationText): void {
  const values = [text.title, text.body, messagesOf(text)];
  prepare('UPDATE notices SET title = ?, body = ?, messages = ? WHERE id = ?').run(...values, id);
}

interface DueTimes {
  /** Only those younger than this time, of those that the host could not show. */
  readonly after: number;
  readonly now: number;
  /** One that is due later than this was stored by a clock that was ahead, and is due now. */
  readonly latest: number;
}

/** Those not shown yet that are due, the oldest first. */
export function selectUnshown(query: Query, { after, now, latest }: DueTimes, limit: number): Row[] {
  const sql = `SELECT ${notificationColumns} FROM notices
    WHERE shown = 0 AND digest IS NULL AND (refused = 0 OR at > ?) AND (due_at <= ? OR due_at > ?) ORDER BY id ${boundLimit}`;
  return query.all(sql, after, now, latest, limit);
}

/** When the next waiting one is due. */
export function selectNextDue(query: Query, now: number): number | undefined {
  const row = query.one(
    'SELECT min(due_at) AS due FROM notices WHERE shown = 0 AND digest IS NULL AND due_at > ?',
    now,
  );
  return row?.due == null ? undefined : Number(row.due);
}

/** The events that a notification stands for, the oldest first. */
export function selectBundledEvents(query: Query, notification: number): Row[] {
  const sql = `SELECT id, title, plural, place, outcome, messages FROM events
    JOIN notice_events ON notice_events.event = events.id WHERE notice = ? ORDER BY id`;
  return query.all(sql, notification);
}

/** Marks these as seen, or all that the user can see. */
export function markSeen(prepare: Prepare, input: { readonly ids: readonly number[] } | 'all'): void {
  if (input === 'all') prepare(`UPDATE notices SET seen = 1 WHERE seen = 0 AND ${isEntry}`).run();
  else for (const id of input.ids) prepare('UPDATE notices SET seen = 1 WHERE id = ? OR digest = ?').run(id, id);
}

export function selectNotification(query: Query, id: number): Row | undefined {
  return query.one(`SELECT ${notificationColumns} FROM notices WHERE id = ?`, id);
}

/** Those that the host was given, whether it showed them or not, the latest first. */
export function selectEntries(query: Query, onlyUnseen: boolean, limit: number): Row[] {
  const unseen = onlyUnseen ? 'AND seen = 0' : '';
  return query.all(
    `SELECT ${notificationColumns} FROM notices WHERE ${isEntry} ${unseen} ORDER BY id DESC ${boundLimit}`,
    limit,
  );
}

export function countUnseen(query: Query): number {
  return Number(query.one(`SELECT count(*) AS count FROM notices WHERE seen = 0 AND ${isEntry}`)?.count ?? 0);
}
