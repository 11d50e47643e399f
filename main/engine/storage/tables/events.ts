import type { DeliveryRow } from './delivery.ts';
import { type DeliveryMatch, matchDelivery, rememberDelivery } from './delivery-match.ts';
import { selectRanges } from './event-times.ts';
import { markOf } from './marks.ts';
import { deleteEventNames, putEventName } from './names.ts';
import { boundLimit, type Prepare, type Query, type Row } from './query.ts';
import { pruneRejections } from './rejections.ts';
import { insertRepetition } from './repetitions.ts';
import { deleteSearchText } from './search/index.ts';

interface PruneLimits {
  readonly before: number;
  readonly keep: number;
  /** Bytes of the file that events may fill, with all that belongs to them. */
  readonly bytes: number;
  readonly most: number;
  /** Events that wait to be published are deleted before this time alone; the same as `before` when absent. */
  readonly unpublishedBefore?: number;
}

/** Events that wait to be published may exceed the limits of number and size by this factor. */
const unpublishedFactor = 2;

/** The newest events stay even where other data fills the file. */
const keptBeyondBudget = 100;
/** Characters of a delivery id as it is shown. */
const longestDeliveryId = 200;

/** Stores a delivery as an event, or counts it where it is a repetition. */
export function putDelivery(
  prepare: Prepare,
  row: DeliveryRow,
): { readonly event: number; readonly repeated: boolean } {
  const match = matchDelivery(prepare, row);
  const known = match.event;
  if (known !== undefined) {
    if (row.recoveredSince !== undefined) return { event: known, repeated: true };
    prepare('UPDATE events SET deliveries = deliveries + 1, retries = retries - ? WHERE id = ?').run(
      match.isExpected ? 1 : 0,
      known,
    );
    rememberDelivery(prepare, row, known);
    insertRepetition(prepare, known, row.receivedAt);
    return { event: known, repeated: true };
  }
  const event = insertEvent(prepare, row, match);
  rememberDelivery(prepare, row, event);
  for (const [resource, name] of row.learned) putEventName(prepare, resource, name, event);
  return { event, repeated: false };
}

/** These events get no notification. */
export function muteEvents(prepare: Prepare, events: readonly number[]): void {
  for (const event of events) prepare('UPDATE events SET silent = 1 WHERE id = ?').run(event);
}

/** The user's rules give these events no notification. */
export function muteEventsByRule(prepare: Prepare, events: readonly number[]): void {
  for (const event of events) prepare('UPDATE events SET silent = 2 WHERE id = ? AND silent = 0').run(event);
}

/** How many events are older than `before` or exceed `keep`, and how many there are. */
export function selectPrunable(query: Query, before: number, keep: number): { count: number; total: number } {
  const ends = query.one('SELECT (SELECT min(id) FROM events) AS oldest, (SELECT max(id) FROM events) AS newest');
  if (ends?.oldest == null) return { count: 0, total: 0 };
  const [oldest, newest] = [Number(ends.oldest), Number(ends.newest)];
  const firstRecent = query.one('SELECT id FROM events WHERE received_at >= ? ORDER BY id LIMIT 1', before);
  const firstToKeep = Math.max(firstRecent ? Number(firstRecent.id) : newest + 1, newest - keep + 1);
  return { count: Math.max(0, firstToKeep - oldest), total: newest - oldest + 1 };
}

/** Milliseconds of one step: deliveries wait no longer for it. */
const pruneTime = 8;

/** Deletes the oldest events, `most` at a time, older than `before` or beyond `keep` or `bytes`; returns how many. */
export function pruneEvents(prepare: Prepare, input: PruneLimits): number {
  pruneRejections(prepare, input.before, input.most);
  const until = performance.now() + pruneTime;
  // Ids have no gaps and only the oldest events are deleted, so the newest id gives the count.
  const newest = Number(prepare('SELECT max(id) AS id FROM events').get()?.id ?? 0);
  const oldest = prepare(
    `SELECT id, received_at, id <= ${markOf('published')} AS published FROM events
      WHERE id <= ${markOf('announced')} ORDER BY id ${boundLimit}`,
  ).all(input.most);
  const mustStay = createPruneRule(input, newest, usedBytes(prepare));
  const firstToKeep = oldest.findIndex((row) => mustStay(row as Row));
  const gone = firstToKeep === -1 ? oldest : oldest.slice(0, firstToKeep);
  let deleted = 0;
  for (const { id = null } of gone) {
    if (deleted > 0 && performance.now() > until) break;
    deleteSearchText(prepare, Number(id));
    deleteEventNames(prepare, Number(id));
    prepare('DELETE FROM events WHERE id = ?').run(id);
    deleted += 1;
  }
  return deleted;
}

function createPruneRule(input: PruneLimits, newest: number, bytes: number): (row: Row) => boolean {
  const { before, unpublishedBefore = before } = input;
  const countWithin = (factor: number): number =>
    bytes > input.bytes * factor ? Math.min(input.keep, keptBeyondBudget) : input.keep * factor;
  const published = { before, keep: countWithin(1) };
  const unpublished = { before: unpublishedBefore, keep: countWithin(unpublishedFactor) };
  return (row) => {
    const limits = row.published === 1 ? published : unpublished;
    return Number(row.received_at) >= limits.before && Number(row.id) > newest - limits.keep;
  };
}

function usedBytes(prepare: Prepare): number {
  const row = prepare(
    `SELECT (page_count - freelist_count) * page_size AS bytes
      FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`,
  ).get();
  return Number(row?.bytes ?? 0);
}

function insertEvent(prepare: Prepare, row: DeliveryRow, { bodyDigest, recurs }: DeliveryMatch): number {
  const { lastInsertRowid } = prepare(
    `INSERT INTO events (hook, connection, received_at, delivery_id, identity, system, event, title, summary, outcome,
                         resource, occurred_at, readable, verified, variant, silent, headers, body, recovered_since,
                         jobs, plural, place, body_digest, names, relay, messages)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.hook,
    row.connection,
    row.receivedAt,
    row.deliveryId?.slice(0, longestDeliveryId) ?? null,
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
    row.silent || recurs ? 1 : 0,
    row.headers,
    row.body,
    row.recoveredSince ?? null,
    row.jobs ?? null,
    row.plural ?? null,
    row.place ?? null,
    bodyDigest,
    row.names,
    row.relay ?? null,
    row.messages ?? null,
  );
  return Number(lastInsertRowid);
}

/** Two events report the same thing, each to its own hook: of one connection, or of two accounts at one system. */
const isSameHappening = `other.resource = events.resource
  AND other.occurred_at = events.occurred_at AND other.event IS events.event
  AND (other.connection = events.connection OR other.system = events.system)`;
const sameHappening = `FROM events AS other WHERE ${isSameHappening}`;

/** Another hook has already reported this occurrence; counted per hook, as a hook may report it twice. */
const isReported = `EXISTS (
  SELECT 1 ${sameHappening} AND other.id < events.id AND other.hook <> events.hook AND other.silent = 0
  GROUP BY other.hook
  HAVING count(*) >= (SELECT count(*) ${sameHappening} AND other.id <= events.id AND other.hook = events.hook))`;

export const columns = `events.id, events.hook, events.connection, received_at, delivery_id, system, events.event,
  events.title, events.summary, events.outcome, resource, occurred_at, readable, verified, variant, deliveries, recovered_since, relay,
  events.messages,
  (SELECT count(DISTINCT other.hook) ${sameHappening}) AS seen_by`;

export function selectEvent(query: Query, id: number): Row | undefined {
  return query.one(`SELECT ${columns} FROM events WHERE id = ?`, id);
}

/** With headers and body. */
export function selectWholeEvent(query: Query, id: number): Row | undefined {
  return query.one(`SELECT ${columns}, headers, body FROM events WHERE id = ?`, id);
}

/**
 * Events about the same thing as this one, or another version of it: what stands before "?" in the name of its resource;
 * the latest first. Undefined where the event does not exist.
 */
export function selectRelatedTo(query: Query, { id, limit }: { id: number; limit: number }): Row[] | undefined {
  const row = selectEvent(query, id);
  if (row?.resource == null) return row && [];
  return selectRelated(query, String(row.connection), String(row.resource), limit);
}

function selectRelated(query: Query, connection: string, resource: string, limit: number): Row[] {
  const thing = resource.split('?', 1)[0] ?? '';
  const dated = 'SELECT id, occurred_at FROM events WHERE connection = ?1 AND occurred_at IS NOT NULL AND';
  const sql = `SELECT ${columns} FROM events WHERE id IN (
      SELECT id FROM (${dated} resource = ?2 UNION ALL ${dated} resource >= ?3 AND resource < ?4)
        ORDER BY occurred_at DESC LIMIT ?5)
    ORDER BY occurred_at DESC, id DESC`;
  // "@" follows "?" in the order of characters.
  return query.all(sql, connection, thing, `${thing}?`, `${thing}@`, limit);
}

/** The body of the hook's latest callback. */
export function selectLatestBody(query: Query, hook: string): Uint8Array | undefined {
  const row = query.one('SELECT body FROM events WHERE hook = ? ORDER BY id DESC LIMIT 1', hook);
  return row?.body as Uint8Array | undefined;
}

/** Bodies of the connection's latest callbacks of that event. */
export function selectBodies(query: Query, connection: string, event: string, limit: number): Uint8Array[] {
  const sql = `SELECT body FROM events WHERE connection = ? AND event = ? ORDER BY id DESC ${boundLimit}`;
  return query.all(sql, connection, event, limit).map(({ body }) => body as Uint8Array);
}

/** When the hook's latest verified events after that time came, the latest first. */
export function selectEventTimes(query: Query, hook: string, after: number, limit: number): number[] {
  const sql = `SELECT received_at FROM events WHERE hook = ? AND received_at > ? AND verified <> 'none'
    ORDER BY id DESC ${boundLimit}`;
  return query.all(sql, hook, after, limit).map((row) => Number(row.received_at));
}

/** When the hook's latest event came. */
export function selectLastTime(query: Query, hook: string): number | undefined {
  const row = query.one('SELECT received_at FROM events WHERE hook = ? ORDER BY id DESC LIMIT 1', hook);
  return row && Number(row.received_at);
}

/** When the hook's latest verified event came. */
export function selectLastVerifiedTime(query: Query, hook: string): number | undefined {
  const sql = "SELECT received_at FROM events WHERE hook = ? AND verified <> 'none' ORDER BY id DESC LIMIT 1";
  const row = query.one(sql, hook);
  return row && Number(row.received_at);
}

/** Recovered events that are not reported yet, the oldest first. */
export function selectRecovered(query: Query): Row[] {
  return query.all(
    `SELECT ${columns} FROM events WHERE recovered_since IS NOT NULL AND id > ${markOf('recounted')} ORDER BY id`,
  );
}

/** Events that jobs have not processed yet, the oldest first. */
export function selectUnprocessedByJobs(query: Query, limit: number): Row[] {
  return query.all(
    `SELECT id, connection, received_at, jobs, relay FROM events WHERE id > ${markOf('followed')} ORDER BY id ${boundLimit}`,
    limit,
  );
}

/** Events processed for jobs but not for notifications, oldest first, with the text of the job that shows them. */
export function selectUnannounced(query: Query, limit: number): Row[] {
  return query.all(
    `SELECT id, hook, connection, event, title, summary, messages, outcome, place, job, words, silent FROM events
      LEFT JOIN (SELECT event AS ended, job, words FROM job_events WHERE words IS NOT NULL) ON ended = events.id
      WHERE id > ${markOf('announced')} AND id <= ${markOf('followed')} ORDER BY id ${boundLimit}`,
    limit,
  );
}

/** Whole events that are not published to the team yet, the oldest first. */
export function selectUnpublished(query: Query, after: number, limit: number): Row[] {
  return query.all(`SELECT * FROM events WHERE id > ? ORDER BY id ${boundLimit}`, after, limit);
}

/** The oldest event that is not published to the team yet. */
export function selectOldestUnpublished(query: Query): number | undefined {
  const id = query.one(`SELECT min(id) AS id FROM events WHERE id > ${markOf('published')}`)?.id;
  return typeof id === 'number' ? id : undefined;
}

/** The identity of the newest event that the team's receiver sent. */
export function selectLastRelayed(query: Query, receiver: string): string | undefined {
  const row = query.one(
    `SELECT identity FROM events
      WHERE relay IS NOT NULL AND (identity GLOB ?1 || ':[0-9]*' OR identity GLOB ?1 || '-*:[0-9]*')
      ORDER BY id DESC LIMIT 1`,
    receiver,
  );
  return row && String(row.identity);
}

/** The oldest stored event; undefined where there is none. */
export function selectOldestId(query: Query): number | undefined {
  const id = query.one('SELECT min(id) AS id FROM events')?.id;
  return typeof id === 'number' ? id : undefined;
}

/** How many events have a greater id, and the greatest that was ever given; zero before the first. */
export function countAfter(query: Query, id: number): { readonly count: number; readonly newest: number } {
  const row = query.one(
    `SELECT count(*) AS count, (SELECT seq FROM sqlite_sequence WHERE name = 'events') AS newest FROM events WHERE id > ?`,
    id,
  );
  return { count: Number(row?.count ?? 0), newest: Number(row?.newest ?? 0) };
}

/** Which of the events in this range another hook has reported before, with a notification. */
export function selectReported(query: Query, first: number, last: number): number[] {
  const sql = `SELECT id FROM events WHERE id BETWEEN ? AND ? AND silent = 0 AND ${isReported}`;
  return query.all(sql, first, last).map(({ id }) => Number(id));
}

/** Earlier events of other hooks that report the same as this one, by what notification rules distinguish. */
export function selectReports(query: Query, id: number): Row[] {
  return query.all(
    `SELECT other.connection, other.hook, other.event, other.outcome FROM events, events AS other
      WHERE events.id = ? AND other.id < events.id AND other.hook <> events.hook AND other.silent = 0
        AND ${isSameHappening}`,
    id,
  );
}

/** The events of a notification, and those of other hooks that report the same, by what notification rules distinguish. */
export function selectBundledSubjects(query: Query, notification: number): Row[] {
  const bundled = 'notice_events JOIN events ON events.id = notice_events.event';
  return query.all(
    `SELECT events.connection, events.hook, events.event, events.outcome FROM ${bundled} WHERE notice = ?1
      UNION SELECT other.connection, other.hook, other.event, other.outcome
        FROM ${bundled} JOIN events AS other ON ${isSameHappening} WHERE notice = ?1 AND other.silent = 0`,
    notification,
  );
}

/** How many events came since then, by what notification rules distinguish; without those that never get a notification. */
export function countByKind(query: Query, since: number): Row[] {
  const ranges = selectRanges(query, { since, until: Number.MAX_SAFE_INTEGER });
  return query.all(
    `SELECT connection, hook, event, outcome, count(*) AS count FROM json_each(?) AS range
      CROSS JOIN events ON events.id BETWEEN range.value ->> 'first' AND range.value ->> 'last'
      WHERE received_at >= ? AND silent <> 1
      GROUP BY connection, hook, event, outcome`,
    ...[JSON.stringify(ranges), since],
  );
}
