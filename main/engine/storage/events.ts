import type {
  EventCounts,
  EventDetail,
  EventView,
  Input,
  Outcome,
  Output,
  Rejection,
} from '../../../preload/contract/index.ts';
import { notFound } from '../errors.ts';
import { maskHeaders, maskSecrets } from '../messages/index.ts';
import { codingsOf } from '../requests/index.ts';
import { readEventMessages, readMessage } from './event-messages.ts';
import { searchOf } from './event-search.ts';
import type { Ledger } from './ledger.ts';
import { decompress, toUtf8 } from './readable-body.ts';
import type { ReadOutput, RejectedDeliveryRow, Row } from './tables/index.ts';
import {
  isIndexing,
  selectBodies,
  selectEvent,
  selectLastTime,
  selectLatestBody,
  selectName,
  selectRecovered,
  selectRejection,
  selectRejections,
  selectResource,
} from './tables/index.ts';

/** The stored events and rejected callbacks, as the window sees them. */
export interface Events {
  list(query: EventQuery): Promise<EventPage>;
  get(id: string): Promise<EventDetail>;
  event(id: number): EventView | undefined;
  /** Events about the same thing as this one, which is among them; the latest first. */
  related(id: string): Promise<EventView[]>;
  /** How many came between each of these times and the next. */
  counts(times: readonly string[]): Promise<EventCounts[]>;
  /** How many of the hook's came between each of these times and the next. */
  activity(hook: string, times: readonly string[]): Promise<number[]>;
  rejections(limit: number): Rejection[];
  /** Throws not-found. */
  rejection(id: string): StoredRejection;
  /** The name of a resource, as browsing or an earlier event gave it. */
  nameOf(resource: string): string | undefined;
  /** The id of the resource that contains this one, as browsing found it. */
  parentOf(resource: string): string | undefined;
  /** The bytes of the hook's latest callback. */
  latestBody(hook: string): Uint8Array | undefined;
  /** Bodies of the connection's latest callbacks of that event. */
  bodiesOf(connection: string, event: string, limit: number): Uint8Array[];
  /** Recovered events that were not reported yet, oldest first. */
  recovered(): EventView[];
  /** When the hook's latest event came, in milliseconds since 1970. */
  lastOf(hook: string): number | undefined;
}

export interface StoredRejection {
  readonly rejection: Rejection;
  /** Absent where only the reason is stored. */
  readonly delivery?: Omit<RejectedDeliveryRow, 'headers'> & { readonly headers: Readonly<Record<string, string>> };
}

export type EventQuery = Input<'events.list'>;
type EventPage = Output<'events.list'>;

const defaultLimit = 100;
const relatedLimit = 50;
const verifications = ['signature', 'address', 'lookup', 'relay', 'none'] as const;

export function createEvents(ledger: Ledger): Events {
  return {
    async list(query) {
      const { limit = defaultLimit } = query;
      const search = searchOf(query, limit + 1);
      if (!search) return { events: [] };
      const rows = await ledger.read('events', search);
      const events = rows.slice(0, limit).map(toEvent);
      const last = events.at(-1);
      return {
        events,
        ...(rows.length > limit && last ? { next: last.id } : {}),
        ...(search.terms && isIndexing(ledger) ? { indexing: true } : {}),
      };
    },
    async get(id) {
      const stored = isEventId(id) ? await ledger.read('wholeEvent', Number(id)) : undefined;
      if (!stored) throw notFound('event');
      return toDetail(stored);
    },
    async related(id) {
      const input = { id: Number(id), limit: relatedLimit };
      const rows = isEventId(id) ? await ledger.read('related', input) : undefined;
      if (!rows) throw notFound('event');
      return rows.map(toEvent);
    },
    event(id) {
      const row = selectEvent(ledger, id);
      return row && toEvent(row);
    },
    async counts(times) {
      const at = times.map((time) => Date.parse(time));
      const { byOutcome, rejected } = await ledger.read('counts', at);
      return byOutcome.map((counts, index) => ({
        from: toTime(at[index]),
        ...counts,
        rejected: rejected[index] ?? 0,
      }));
    },
    activity: (hook, times) => ledger.read('activity', { hook, times: times.map((time) => Date.parse(time)) }),
    rejections: (limit) => selectRejections(ledger, limit).map(toRejection),
    rejection(id) {
      const row = isEventId(id) ? selectRejection(ledger, Number(id)) : undefined;
      if (!row) throw notFound('rejection');
      return { rejection: toRejection(row), ...toRejectedDelivery(row) };
    },
    nameOf: (resource) => selectName(ledger, resource),
    parentOf: (resource) => selectResource(ledger, resource)?.within ?? undefined,
    latestBody: (hook) => selectLatestBody(ledger, hook),
    bodiesOf: (connection, event, limit) => selectBodies(ledger, connection, event, limit),
    recovered: () => selectRecovered(ledger).map(toEvent),
    lastOf: (hook) => selectLastTime(ledger, hook),
  };
}

const isEventId = (text: string): boolean => /^\d{1,15}$/.test(text);

function toDetail({ row, repetitions }: NonNullable<ReadOutput<'wholeEvent'>>): EventDetail {
  return {
    ...toEvent(row),
    ...(repetitions.length > 0 ? { repeatedAt: repetitions.map(toTime) } : {}),
    ...toContent(JSON.parse(String(row.headers)), row.body as Uint8Array),
  };
}

type Content = Pick<EventDetail, 'headers' | 'body' | 'bytes' | 'shown'>;

/** Headers and body of a delivery, and how they are shown. */
export function toContent(headers: Record<string, string>, bytes: Uint8Array): Content {
  const content = { headers, ...toBody(bytes, headers['content-encoding']) };
  return { ...content, ...toShown(content) };
}

function toShown({ headers, body }: Pick<Content, 'headers' | 'body'>): Pick<Content, 'shown'> {
  const shown = { headers: maskHeaders(headers), body: maskSecrets(body) };
  const isSame = shown.body === body && Object.entries(headers).every(([name, text]) => shown.headers[name] === text);
  return isSame ? {} : { shown };
}

export function toTime(milliseconds: unknown): string {
  return new Date(Number(milliseconds)).toISOString();
}

function toEvent(row: Row): EventView {
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
    ...{ title: String(row.title), ...messagesOf(row.messages) },
    ...optional('summary', row.summary),
    ...(row.outcome === null ? {} : { outcome: row.outcome as Outcome }),
    ...optional('resource', row.resource),
    ...(row.occurred_at === null ? {} : { occurredAt: toTime(row.occurred_at) }),
    readable: row.readable === 1,
    verified: verifications.find((one) => one === row.verified) ?? 'address',
    ...(row.relay === null ? {} : { relay: JSON.parse(String(row.relay)) }),
    ...optional('variant', row.variant),
    deliveries: Number(row.deliveries),
    ...(Number(row.seen_by) > 1 ? { seenBy: Number(row.seen_by) } : {}),
    ...(row.recovered_since === null ? {} : { recovered: true }),
  };
}

type EventReferences = Pick<EventView, 'titleMessage' | 'summaryMessage' | 'variantMessage'>;

function messagesOf(stored: Row[string] | undefined): EventReferences {
  const { title, summary, variant } = readEventMessages(stored);
  return {
    ...(title ? { titleMessage: title } : {}),
    ...(summary ? { summaryMessage: summary } : {}),
    ...(variant ? { variantMessage: variant } : {}),
  };
}

/** The text of a body, and its bytes in base64 where they cannot be restored from the text. */
function toBody(bytes: Uint8Array, contentEncoding: string | undefined): { body: string; bytes?: string } {
  const body = decodeUtf8(bytes);
  if (Buffer.from(body).equals(bytes) && !body.includes('\0')) return { body };
  const readable = toUtf8(decompress(bytes, codingsOf(contentEncoding)) ?? bytes);
  return { body: decodeUtf8(readable), bytes: Buffer.from(bytes).toString('base64') };
}

function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function toRejection(row: Row): Rejection {
  const hook = row.hook === null ? {} : { hook: String(row.hook) };
  const reasonMessage = readMessage(row.message);
  return {
    ...{ id: String(row.id), receivedAt: toTime(row.received_at), ...hook, reason: String(row.reason) },
    ...(reasonMessage ? { reasonMessage } : {}),
  };
}

function toRejectedDelivery({ method, headers, body, size }: Row): Pick<StoredRejection, 'delivery'> {
  if (method === null) return {};
  const bytes = body as Uint8Array;
  return {
    delivery: { method: String(method), headers: JSON.parse(String(headers)), body: bytes, size: Number(size) },
  };
}
