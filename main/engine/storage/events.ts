import type { Event, EventDetail, Outcome, Rejection } from '../../../preload/contract.ts';
import { notFound, RingbackError } from '../errors.ts';
import type { Ledger, Row } from './ledger.ts';

/** What is kept, as the window sees it. */
export interface Events {
  list(query: EventQuery): { events: Event[]; next?: string };
  get(id: string): EventDetail;
  event(id: number): Event | undefined;
  rejections(limit: number): Rejection[];
  /** As browsing or an earlier event gave it. */
  nameOf(resource: string): string | undefined;
  /** What a resource lies in, as browsing told. */
  parentOf(resource: string): string | undefined;
  /** The bytes of the hook's latest callback. */
  latestBody(hook: string): Uint8Array | undefined;
  /** Bodies of the connection's latest callbacks of that event. */
  bodiesOf(connection: string, event: string, limit: number): Uint8Array[];
  /** What was asked of the providers and not told yet, oldest first. */
  recovered(): Event[];
  /** When the hook's latest event came, in milliseconds since 1970. */
  lastOf(hook: string): number | undefined;
}
export interface EventQuery {
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
  readonly hook?: string | undefined;
  readonly text?: string | undefined;
}

const columns = `id, hook, connection, received_at, delivery_id, system, event, title, summary, outcome, resource,
  occurred_at, readable, verified, variant, deliveries, recovered_since`;
const defaultLimit = 100;
const ways = ['signature', 'address', 'lookup'] as const;

export function createEvents(ledger: Ledger): Events {
  return {
    list({ limit = defaultLimit, before, hook, text }) {
      const conditions = ['id < ?'];
      const values: (string | number)[] = [before === undefined ? Number.MAX_SAFE_INTEGER : cursor(before)];
      if (hook !== undefined) {
        conditions.push('hook = ?');
        values.push(hook);
      }
      const match = searchExpression(text ?? '');
      if (match !== undefined) {
        conditions.push('id IN (SELECT rowid FROM search WHERE search MATCH ?)');
        values.push(match);
      } else if (text?.trim()) return { events: [] };
      const sql = `SELECT ${columns} FROM events WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`;
      const rows = ledger.all(sql, ...values, limit + 1);
      const events = rows.slice(0, limit).map(toEvent);
      const last = events.at(-1);
      return rows.length > limit && last ? { events, next: last.id } : { events };
    },
    get(id) {
      const row = /^\d{1,15}$/.test(id)
        ? ledger.one(`SELECT ${columns}, headers, body FROM events WHERE id = ?`, Number(id))
        : undefined;
      if (!row) throw notFound('event');
      return { ...toEvent(row), headers: JSON.parse(String(row.headers)), ...toBody(row.body as Uint8Array) };
    },
    event(id) {
      const row = ledger.one(`SELECT ${columns} FROM events WHERE id = ?`, id);
      return row && toEvent(row);
    },
    rejections: (limit) =>
      ledger.all('SELECT received_at, hook, reason FROM rejections ORDER BY id DESC LIMIT ?', limit).map(toRejection),
    nameOf(resource) {
      const row =
        ledger.one('SELECT name FROM places WHERE resource = ?', resource) ??
        ledger.one('SELECT name FROM names WHERE resource = ?', resource);
      return row && String(row.name);
    },
    latestBody(hook) {
      const row = ledger.one('SELECT body FROM events WHERE hook = ? ORDER BY id DESC LIMIT 1', hook);
      return row?.body as Uint8Array | undefined;
    },
    bodiesOf: (connection, event, limit) =>
      ledger
        .all(
          'SELECT body FROM events WHERE connection = ? AND event = ? ORDER BY id DESC LIMIT ?',
          connection,
          event,
          limit,
        )
        .map(({ body }) => body as Uint8Array),
    recovered: () =>
      ledger
        .all(
          `SELECT ${columns} FROM events WHERE recovered_since IS NOT NULL
            AND id > (SELECT value FROM marks WHERE name = 'recounted') ORDER BY id`,
        )
        .map(toEvent),
    parentOf(resource) {
      const row = ledger.one('SELECT within FROM places WHERE resource = ?', resource);
      return typeof row?.within === 'string' ? row.within : undefined;
    },
    lastOf(hook) {
      const row = ledger.one('SELECT received_at FROM events WHERE hook = ? ORDER BY id DESC LIMIT 1', hook);
      return row && Number(row.received_at);
    },
  };
}

function cursor(before: string): number {
  if (!/^\d{1,15}$/.test(before))
    throw new RingbackError('invalid-input', '"before" must be the "next" of an earlier answer.');
  return Number(before);
}

/** Every word must occur, the last letters of each may be missing. Undefined where the text holds no word at all. */
function searchExpression(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{N}]+/gu);
  return words?.map((word) => `"${word}"*`).join(' ');
}

export function toTime(milliseconds: unknown): string {
  return new Date(Number(milliseconds)).toISOString();
}

function toEvent(row: Row): Event {
  const optional = <K extends string>(key: K, value: unknown) =>
    (value === null ? {} : { [key]: String(value) }) as { [P in K]?: string };
  return {
    id: String(row.id),
    hook: String(row.hook),
    connection: String(row.connection),
    receivedAt: toTime(row.received_at),
    ...optional('deliveryId', row.delivery_id),
    ...optional('system', row.system),
    ...optional('event', row.event),
    title: String(row.title),
    ...optional('summary', row.summary),
    ...(row.outcome === null ? {} : { outcome: row.outcome as Outcome }),
    ...optional('resource', row.resource),
    ...(row.occurred_at === null ? {} : { occurredAt: toTime(row.occurred_at) }),
    readable: row.readable === 1,
    verified: ways.find((way) => way === row.verified) ?? 'address',
    ...optional('variant', row.variant),
    deliveries: Number(row.deliveries),
    ...(row.recovered_since === null ? {} : { recovered: true }),
  };
}

function toBody(bytes: Uint8Array): { body: string; bytes?: string } {
  const body = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const exact = Buffer.from(body).equals(bytes);
  return exact ? { body } : { body, bytes: Buffer.from(bytes).toString('base64') };
}

function toRejection(row: Row): Rejection {
  const hook = row.hook === null ? {} : { hook: String(row.hook) };
  return { receivedAt: toTime(row.received_at), ...hook, reason: String(row.reason) };
}
