import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerSession, Publication } from '../broker.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { teamMessages } from '../messages/index.ts';
import {
  countAfter,
  type Ledger,
  type Published,
  type Row,
  selectName,
  selectNewestEvent,
  selectOldestId,
  selectPublished,
  selectUnpublished,
} from '../storage/index.ts';
import { coalesce } from '../timing/index.ts';
import { type EventContent, type SealingKeys, sealEvent } from './envelope.ts';
import { createPace } from './pace.ts';
import { textsOf } from './relayed-row.ts';
import { type EventTopic, streamOf, subjectWithin } from './subjects.ts';
import { contentOf, type EventSource, topicOf } from './topic.ts';

export interface PublisherOptions {
  readonly team: string;
  /** The source under which the events are numbered. */
  readonly source: string;
  /** The newest event that another source numbered. */
  readonly sourceStart: number;
  readonly computer: string;
  readonly keys: SealingKeys;
  readonly ledger: Ledger;
  readonly log: Log;
  sourceOf(hook: string, connection: string): EventSource;
  subjectOf(topic: EventTopic): string;
  /** One filter of each member. */
  filters(): readonly string[];
  now(): number;
  /** The stream has later events than these data, which were restored or copied. */
  restored(): void;
  changed(): void;
}

interface PublisherCalls {
  /** Publishing has stopped, until it is told to go on. */
  failed(error: unknown): void;
  /** The server takes events. */
  succeeded(): void;
}

/** Publishes stored events to the team's stream, each at least once and in the order of their ids. */
interface Publisher {
  /** A connection is there: publishing continues where the stream ends. */
  use(session: BrokerSession): void;
  /** The connection is lost. */
  pause(): void;
  /** There may be new events. Never throws, and delays nobody. */
  request(): void;
  close(): Promise<void>;
}

export function createPublisher(options: PublisherOptions & PublisherCalls): Publisher {
  const closing = new AbortController();
  // A new object for each use: another computer may have published while this one paused, even if the connection stayed.
  let use: { readonly session: BrokerSession } | undefined;
  let checked: typeof use;
  let running: Promise<void> | undefined;

  const pace = createPace(options.now, () => selectNewestEvent(options.ledger));
  const publishAll = async (): Promise<void> => {
    while (use && !closing.signal.aborted) {
      const current = use;
      if (checked !== current) {
        await returnToEnd(options, current.session);
        checked = current;
      }
      pace.begin();
      const oldest = await publishBatch(options, current.session, {
        size: pace.size,
        isCurrent: () => use === current,
      });
      if (use === current) options.succeeded();
      if (oldest === undefined) return;
      options.changed();
      await delay(pace.pauseAfter(oldest), undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const run = coalesce(async () => {
    try {
      await publishAll();
    } catch (error) {
      if (closing.signal.aborted || !use) return;
      options.log.warn('team', `Events could not be published and are tried again: ${describe(error)}`);
      use = undefined;
      options.failed(error);
    }
  });
  const request = (): void => {
    if (use && !closing.signal.aborted) running = run();
  };
  return {
    use(next) {
      use = { session: next };
      request();
    },
    pause() {
      use = undefined;
    },
    request,
    async close() {
      use = undefined;
      closing.abort();
      await running;
    },
  };
}

/** A server that lost power may have lost its newest messages, which it confirmed: they are published again. */
async function returnToEnd(options: PublisherOptions, session: BrokerSession): Promise<void> {
  const { ledger, team, source, sourceStart, log } = options;
  const published = selectPublished(ledger);
  const { last } = await session.streamState(streamOf(team));
  if (last === published.sequence) return;
  const newest = eventOf(await session.lastId(streamOf(team)), source);
  if (last > published.sequence) {
    rejectOlderLedger(options, newest);
    // Messages that this numbering did not confirm, such as those of an earlier one: new members start after them.
    return void (await ledger.write('published', { event: published.event, sequence: last }));
  }
  const event = newest ?? published.event - (published.sequence - last);
  const returned = { event: Math.max(sourceStart, Math.min(event, published.event)), sequence: last };
  log.warn(
    'team',
    `The stream lost messages after number ${last}; events after ${returned.event} are published again.`,
  );
  await ledger.write('published', returned);
}

/** Throws, and asks for a new source, where the stream has numbers that these data would give to other events. */
function rejectOlderLedger({ ledger, restored }: PublisherOptions, newest = 0): void {
  if (newest <= countAfter(ledger, 0).newest) return;
  restored();
  throw new RingbackError('conflict', teamMessages.olderData());
}

/** The event of a message id; undefined where another source numbered it. */
export function eventOf(id: string | undefined, source: string): number | undefined {
  if (!id?.startsWith(`${source}:`)) return undefined;
  const event = Number.parseInt(id.slice(source.length + 1), 10);
  return Number.isSafeInteger(event) ? event : undefined;
}

/**
 * Says that events were deleted before they could be published, once to each filter. Its number is that of the last of them,
 * by which members recognize a repetition.
 */
async function publishGap(options: PublisherOptions, session: BrokerSession): Promise<void> {
  const { ledger, log, filters, team } = options;
  const published = selectPublished(ledger);
  const deleted = (selectOldestId(ledger) ?? 0) - 1;
  if (deleted <= published.event) return;
  log.warn('team', `Events up to ${deleted} were deleted before they were published.`);
  for (const filter of filters()) await session.publish(await toGap(options, deleted, published.event, filter));
  const { last } = await session.streamState(streamOf(team));
  await ledger.write('published', { event: deleted, sequence: last });
}

async function toGap(
  { source, computer, keys, now }: PublisherOptions,
  event: number,
  after: number,
  filter: string,
): Promise<Publication> {
  const subject = subjectWithin(filter);
  const content: EventContent = {
    ...{
      source,
      event,
      receiver: computer,
      hook: 'team',
      connection: 'team',
      hookLabel: '',
      connectionName: '',
      connector: '',
    },
    ...{ receivedAt: now(), deliveryId: null, name: null, system: null, outcome: 'info', resource: null },
    ...textsOf(teamMessages.unpublished(), teamMessages.unpublishedSummary({ count: event - after })),
    ...{ occurredAt: null, readable: false, silent: false, verified: 'relay', variant: null, headers: {} },
    ...{ plural: null, place: null, jobs: null, names: '', resourceName: null },
  };
  return {
    subject,
    id: `${source}:${event}:${subject}`,
    ...(await sealEvent(content, new Uint8Array(), subject, keys)),
  };
}

/** Gives when the oldest of them was received; undefined where there are no more. */
async function publishBatch(
  options: PublisherOptions,
  session: BrokerSession,
  { size, isCurrent }: { readonly size: number; isCurrent(): boolean },
): Promise<number | undefined> {
  const { ledger } = options;
  await publishGap(options, session);
  const rows = selectUnpublished(ledger, selectPublished(ledger).event, size);
  const [oldest] = rows;
  if (!oldest) return undefined;
  const known = { ...options, sourceOf: remembered(options.sourceOf) };
  const publications = await Promise.all(rows.map((row) => toPublication(known, row, session.largest)));
  if (!isCurrent()) return undefined;
  // In the order of their numbers: where the server rejects one, it takes none of those after it either.
  const sent = publications.map(async (publication, index) => {
    const sequence = await session.publish({ ...publication, after: publications[index - 1]?.id });
    return { event: Number(rows[index]?.id), sequence };
  });
  const results = await Promise.allSettled(sent);
  const confirmed = confirmedPrefix(results);
  if (confirmed) await ledger.write('published', confirmed);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return Number(oldest.received_at);
}

/** Asks once for each hook, since finding the label of one goes through all of them. */
function remembered(sourceOf: PublisherOptions['sourceOf']): PublisherOptions['sourceOf'] {
  const known = new Map<string, EventSource>();
  return (hook, connection) => {
    const name = JSON.stringify([hook, connection]);
    const source = known.get(name) ?? sourceOf(hook, connection);
    known.set(name, source);
    return source;
  };
}

/** How far the messages are confirmed without a gap. */
function confirmedPrefix(results: readonly PromiseSettledResult<Published>[]): Published | undefined {
  const end = results.findIndex(({ status }) => status === 'rejected');
  const last = results.at(end === -1 ? -1 : end - 1);
  return end !== 0 && last?.status === 'fulfilled' ? last.value : undefined;
}

/** Bytes of a message beside its data. */
const headerRoom = 1024;

export async function toPublication(
  { source, computer, keys, ledger, sourceOf, subjectOf }: PublisherOptions,
  row: Row,
  largest: number,
): Promise<Publication> {
  const topic = topicOf(row);
  const resourceName = row.resource === null ? null : (selectName(ledger, String(row.resource)) ?? null);
  const content = contentOf(row, computer, { ...sourceOf(topic.hook, topic.connection), resourceName, source });
  const subject = subjectOf(topic);
  const body = row.body as Uint8Array;
  const sealed = async (part: EventContent, bytes: Uint8Array) => sealEvent(part, bytes, subject, keys);
  // Where the server takes no message of this size, the members get all but the body, or only what is shown in a list.
  let envelope = await sealed(content, body);
  if (envelope.data.length + headerRoom > largest) envelope = await sealed(content, new Uint8Array());
  if (envelope.data.length + headerRoom > largest) envelope = await sealed(shortened(content), new Uint8Array());
  return { subject, id: `${source}:${content.event}`, ...envelope };
}

/** Characters of each text of a shortened event. */
const longestText = 200;

function shortened(content: EventContent): EventContent {
  const cut = <T extends string | null>(text: T): T => (text?.slice(0, longestText) ?? null) as T;
  const { title, summary, receiver, hookLabel, connectionName, deliveryId, name, system, plural, place } = content;
  return {
    ...content,
    ...{ title: cut(title), summary: cut(summary), receiver: cut(receiver), hookLabel: cut(hookLabel) },
    ...{ connectionName: cut(connectionName), deliveryId: cut(deliveryId), name: cut(name), system: cut(system) },
    ...{ plural: cut(plural), place: cut(place), headers: {}, jobs: null, messages: null, names: '' },
    ...{ resource: null, resourceName: null },
  };
}
