import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { NotePage } from '../../../preload/contract.ts';

/** A verified delivery as it is stored. Times are milliseconds since 1970. */
export interface DeliveryRow {
  readonly hook: string;
  readonly connection: string;
  readonly receivedAt: number;
  readonly deliveryId: string | null;
  readonly identity: string | null;
  readonly system: string | null;
  readonly event: string | null;
  readonly title: string;
  readonly summary: string | null;
  readonly outcome: string | null;
  readonly resource: string | null;
  readonly occurredAt: number | null;
  readonly readable: boolean;
  /** Never announced. */
  readonly silent: boolean;
  readonly verified: string;
  /** How it was signed. */
  readonly variant?: string | null;
  /** JSON object of lower-case names. */
  readonly headers: string;
  readonly body: Uint8Array;
  /** Searchable besides title and summary. */
  readonly names: string;
  readonly learned: readonly (readonly [resource: string, name: string])[];
  /** JSON: what it says of jobs. */
  readonly jobs?: string | null;
  /** Asked of the provider, not delivered: what was missed since that time. */
  readonly recoveredSince?: number;
}

export interface NotificationRow {
  readonly event: number | null;
  readonly at: number;
  readonly title: string;
  readonly body: string;
  readonly backup?: string | undefined;
  readonly job?: string | undefined;
  readonly page?: NotePage | undefined;
  /** It is to stay until it is closed. */
  readonly urgent?: boolean;
  /** True where it was shown already and is only kept. */
  readonly shown?: boolean;
}

/** A backup as it stands; the record is JSON. */
export interface BackupRow {
  readonly id: string;
  readonly createdAt: number;
  readonly record: string;
}

/** A job as it stands; the record is JSON. */
export interface JobRow {
  readonly id: string;
  readonly connection: string;
  /** By which callbacks find it. */
  readonly subject: string;
  readonly open: boolean;
  readonly createdAt: number;
  /** Jobs of one sort take about the same time. */
  readonly sort: string;
  /** Milliseconds, of one that succeeded. */
  readonly took: number | null;
  readonly record: string;
}
export interface JobEventRow {
  readonly job: string;
  readonly event: number;
  readonly words?: { readonly title: string; readonly body: string };
}
export interface JobsChange {
  readonly rows: readonly JobRow[];
  readonly notices?: readonly NotificationRow[];
  /** What the events up to this one say is in the rows from now on. */
  readonly upTo?: number;
  /** Events that are told by a job, so that they do not ring by themselves. */
  readonly silenced?: readonly number[];
  /** Which event told of which job; with the job's own words where it rings in those. */
  readonly told?: readonly JobEventRow[];
}

/** What a resource is called, and which other one it lies in. */
export interface ResourceNameRow {
  readonly resource: string;
  readonly name: string;
  readonly within: string | null;
}

const storedRejections = 1000;
const storedNotifications = 2000;
/** Besides those that are open. */
const storedJobs = 10_000;
const storedRecoveries = 500;
const storedHistory = 1000;

type Prepare = (sql: string) => StatementSync;

/** Every change of the ledger: name → function run inside the writer's transaction. Inputs and results cross threads as data. */
export const writes = {
  /** Stores a delivery, or counts it where it is a repetition. */
  delivery(prepare: Prepare, row: DeliveryRow): { readonly event: number; readonly repeated: boolean } {
    const known = knownEvent(prepare, row);
    if (known !== undefined) {
      if (row.recoveredSince !== undefined) return { event: known, repeated: true };
      prepare('UPDATE events SET deliveries = deliveries + 1 WHERE id = ?').run(known);
      rememberDelivery(prepare, row, known);
      return { event: known, repeated: true };
    }
    const event = insertEvent(prepare, row);
    rememberDelivery(prepare, row, event);
    for (const [resource, name] of row.learned) {
      prepare(
        'INSERT INTO names VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, event = excluded.event',
      ).run(resource, name, event);
      prepare('UPDATE places SET name = ?2 WHERE resource = ?1').run(resource, name);
    }
    return { event, repeated: false };
  },

  rejection(prepare: Prepare, row: { receivedAt: number; hook: string | null; reason: string }): void {
    const { lastInsertRowid } = prepare('INSERT INTO rejections (received_at, hook, reason) VALUES (?, ?, ?)').run(
      row.receivedAt,
      row.hook,
      row.reason,
    );
    prepare('DELETE FROM rejections WHERE id <= ?').run(Number(lastInsertRowid) - storedRejections);
  },

  /** Queues what is to be shown; with `upTo`, for the events up to that id, which are dealt with from then on. */
  announce(prepare: Prepare, input: { upTo?: number; notices: readonly NotificationRow[] }): void {
    if (input.upTo !== undefined) prepare("UPDATE marks SET value = ? WHERE name = 'announced'").run(input.upTo);
    for (const notice of input.notices) insertNotification(prepare, notice);
  },

  /** Keeps a backup's new state together with what came with it: the callback that moved it on, the notice of its end. */
  backup(
    prepare: Prepare,
    input: { row: BackupRow; delivery?: DeliveryRow | undefined; notice?: NotificationRow | undefined },
  ): { readonly event?: number } {
    const { id, createdAt, record } = input.row;
    prepare('INSERT INTO backups VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET record = excluded.record').run(
      id,
      createdAt,
      record,
    );
    if (input.notice) insertNotification(prepare, input.notice);
    return input.delivery ? { event: writes.delivery(prepare, input.delivery).event } : {};
  },

  /** Keeps what a look into the past came to, and from when on the hooks are attended again. */
  recovered(
    prepare: Prepare,
    input: {
      recovery?: { at: number; record: string; upTo: number } | undefined;
      notice?: NotificationRow | undefined;
      attended: { at: number; hooks: readonly string[] };
    },
  ): void {
    const { recovery, notice, attended } = input;
    if (recovery) {
      const insert = prepare('INSERT INTO recoveries (at, record) VALUES (?, ?)');
      const id = Number(insert.run(recovery.at, recovery.record).lastInsertRowid);
      prepare('DELETE FROM recoveries WHERE id <= ?').run(id - storedRecoveries);
      prepare("UPDATE marks SET value = ? WHERE name = 'recounted'").run(recovery.upTo);
    }
    if (notice) insertNotification(prepare, notice);
    for (const hook of attended.hooks) {
      prepare('INSERT INTO attended VALUES (?, ?) ON CONFLICT DO UPDATE SET at = excluded.at').run(hook, attended.at);
    }
  },

  hookHistory(prepare: Prepare, entry: { at: number; record: string }): void {
    const insert = prepare('INSERT INTO hook_history (at, record) VALUES (?, ?)');
    const id = Number(insert.run(entry.at, entry.record).lastInsertRowid);
    prepare('DELETE FROM hook_history WHERE id <= ?').run(id - storedHistory);
  },

  jobs(prepare: Prepare, input: JobsChange): void {
    for (const row of input.rows) putJob(prepare, row);
    for (const { job, event, words } of input.told ?? []) {
      prepare('INSERT OR IGNORE INTO job_events SELECT ?, id, ? FROM events WHERE id = ?').run(
        ...[job, words ? JSON.stringify(words) : null, event],
      );
    }
    for (const event of input.silenced ?? []) prepare('UPDATE events SET silent = 1 WHERE id = ?').run(event);
    if (input.upTo !== undefined) prepare("UPDATE marks SET value = ? WHERE name = 'followed'").run(input.upTo);
    for (const notice of input.notices ?? []) insertNotification(prepare, notice);
  },

  jobThumbnail(prepare: Prepare, input: { job: string; image: Uint8Array }): void {
    prepare('UPDATE jobs SET thumbnail = ? WHERE id = ?').run(input.image, input.job);
  },

  jobsForgotten(prepare: Prepare, jobs: readonly string[]): void {
    for (const job of jobs) prepare('DELETE FROM jobs WHERE id = ?').run(job);
  },

  /** Keeps names that browsing taught; gives how many are new or not what they were. */
  places(prepare: Prepare, rows: readonly ResourceNameRow[]): number {
    const keep = prepare(
      `INSERT INTO places VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name, within = excluded.within
        WHERE places.name IS NOT excluded.name OR places.within IS NOT excluded.within`,
    );
    return rows.reduce((sum, { resource, name, within }) => sum + Number(keep.run(resource, name, within).changes), 0);
  },

  /** What happens at these hooks from now on is not missed, until they are attended again. */
  unattended(prepare: Prepare, hooks: readonly string[]): void {
    for (const hook of hooks) prepare('DELETE FROM attended WHERE hook = ?').run(hook);
  },

  shown(prepare: Prepare, notices: readonly number[]): void {
    for (const notice of notices) prepare('UPDATE notices SET shown = 1 WHERE id = ?').run(notice);
  },

  /** Drops at most `most` events, oldest first, that came before that time or are more than `keep`; gives how many went. */
  prune(prepare: Prepare, input: { before: number; keep: number; most: number }): number {
    // Ids have no gaps, and only the oldest ever go: the newest id tells how many there are.
    const newest = Number(prepare('SELECT max(id) AS id FROM events').get()?.id ?? 0);
    const oldest = prepare(
      `SELECT id, received_at FROM events
        WHERE id <= (SELECT value FROM marks WHERE name = 'announced') ORDER BY id LIMIT ?`,
    ).all(input.most);
    const kept = oldest.findIndex(
      (row) => Number(row.received_at) >= input.before && Number(row.id) > newest - input.keep,
    );
    const gone = kept === -1 ? oldest : oldest.slice(0, kept);
    for (const { id = null } of gone) {
      prepare('DELETE FROM search WHERE rowid = ?').run(id);
      prepare('DELETE FROM names WHERE event = ?').run(id);
      prepare('DELETE FROM events WHERE id = ?').run(id);
    }
    return gone.length;
  },
} as const;

export type Writes = typeof writes;
export type WriteName = keyof Writes;
export type WriteInput<N extends WriteName> = Parameters<Writes[N]>[1];
export type WriteOutput<N extends WriteName> = ReturnType<Writes[N]>;

/** Prepares each statement once for this database. */
export function createPrepare(database: DatabaseSync): Prepare {
  const statements = new Map<string, StatementSync>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}

function putJob(prepare: Prepare, { id, connection, subject, open, createdAt, sort, took, record }: JobRow): void {
  prepare(
    `INSERT INTO jobs (id, connection, subject, open, created_at, sort, took, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET open = excluded.open, sort = excluded.sort, took = excluded.took, record = excluded.record`,
  ).run(id, connection, subject, open ? 1 : 0, createdAt, sort, took, record);
  prepare('DELETE FROM jobs WHERE open = 0 AND rowid <= (SELECT max(rowid) FROM jobs) - ?').run(storedJobs);
}

function insertNotification(prepare: Prepare, notice: NotificationRow): void {
  const { at, title, body, event, backup, job, page, urgent, shown } = notice;
  const insert = prepare(
    'INSERT INTO notices (at, title, body, event, backup, job, page, urgent, shown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const values = [at, title, body, event, backup ?? null, job ?? null, page ?? null, urgent ? 1 : 0, shown ? 1 : 0];
  const id = Number(insert.run(...values).lastInsertRowid);
  prepare('DELETE FROM notices WHERE id <= ?').run(id - storedNotifications);
}

function knownEvent(prepare: Prepare, row: DeliveryRow): number | undefined {
  const byDelivery =
    row.deliveryId === null
      ? undefined
      : prepare('SELECT event AS id FROM deliveries WHERE hook = ? AND delivery_id = ?').get(row.hook, row.deliveryId);
  const found =
    byDelivery ??
    (row.identity === null
      ? undefined
      : prepare('SELECT id FROM events WHERE hook = ? AND identity = ?').get(row.hook, row.identity)) ??
    (row.recoveredSince === undefined ? recoveredTwin(prepare, row) : deliveredTwin(prepare, row, row.recoveredSince));
  return found === undefined ? undefined : Number(found.id);
}

/** Clocks differ by so much at most, in milliseconds. */
const clockSkew = 5 * 60_000;

/** A late delivery of what was already asked of the provider: it happened within the gap that was looked into. */
function recoveredTwin(prepare: Prepare, { hook, event, resource, occurredAt, receivedAt }: DeliveryRow) {
  if (resource === null) return undefined;
  const happened = occurredAt ?? receivedAt;
  return prepare(
    `SELECT id FROM events WHERE recovered_since IS NOT NULL AND hook = ? AND resource = ? AND event IS ?
      AND (occurred_at = ? OR ? BETWEEN recovered_since AND received_at + ${clockSkew}) ORDER BY id DESC LIMIT 1`,
  ).get(hook, resource, event, occurredAt, happened);
}

/** What is being asked of the provider, where it was delivered, or asked, since then. */
function deliveredTwin(prepare: Prepare, { hook, event, resource }: DeliveryRow, since: number) {
  return prepare(
    `SELECT id FROM events WHERE hook = ? AND resource IS ? AND event IS ?
      AND id > coalesce((SELECT id FROM events WHERE received_at < ? ORDER BY id DESC LIMIT 1), 0) LIMIT 1`,
  ).get(hook, resource, event, since);
}

function rememberDelivery(prepare: Prepare, row: DeliveryRow, event: number): void {
  if (row.deliveryId === null) return;
  prepare('INSERT OR IGNORE INTO deliveries VALUES (?, ?, ?)').run(row.hook, row.deliveryId, event);
}

function insertEvent(prepare: Prepare, row: DeliveryRow): number {
  const { lastInsertRowid } = prepare(
    `INSERT INTO events (hook, connection, received_at, delivery_id, identity, system, event, title, summary, outcome,
                         resource, occurred_at, readable, verified, variant, silent, headers, body, recovered_since,
                         jobs)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.hook,
    row.connection,
    row.receivedAt,
    row.deliveryId,
    row.identity,
    row.system,
    row.event,
    row.title,
    row.summary,
    row.outcome,
    row.resource,
    row.occurredAt,
    row.readable ? 1 : 0,
    row.verified,
    row.variant ?? null,
    row.silent ? 1 : 0,
    row.headers,
    row.body,
    row.recoveredSince ?? null,
    row.jobs ?? null,
  );
  const event = Number(lastInsertRowid);
  prepare('INSERT INTO search (rowid, title, summary, names) VALUES (?, ?, ?, ?)').run(
    event,
    row.title,
    row.summary ?? '',
    row.names,
  );
  return event;
}
