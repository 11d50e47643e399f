import type { Connector, Delivery, Reading, VerifiedDelivery } from '../connector/index.ts';
import {
  ingressMessages,
  type Message,
  maskLinks,
  referenceOf,
  shorten,
  shownText,
  storedMessage,
} from '../messages/index.ts';
import { type DeliveryRow, storeEventMessages } from '../storage/index.ts';
import { storedHeaders } from './stored-text.ts';

/** What a delivery was sent to. */
export interface DeliveryTarget {
  /** The hook, or the backup. */
  readonly hook: string;
  readonly connection: string;
  readonly connector: Connector;
  readonly registered: Delivery['hook'];
  readonly label: string;
  /** Names the period in which the hook is registered at two URLs, and the provider sends each event to both. */
  readonly dualRegistration?: string | undefined;
}

/** The stored row of a verified delivery. */
export function toRow(
  target: DeliveryTarget,
  delivery: Delivery,
  verification: VerifiedDelivery,
  receivedAt: number,
): DeliveryRow {
  const read = markSample(
    delivery,
    attempt(() => target.connector.read(delivery)),
  );
  const reading = verification.verified === 'none' ? markUnverified(read) : read;
  return {
    hook: target.hook,
    connection: target.connection,
    receivedAt,
    deliveryId: verification.deliveryId ?? null,
    identity: reading?.identity ?? copyIdentity(target, reading),
    sameBytes: reading?.recurs ? 'recurrence' : 'repetition',
    ...textsOf(target, reading, verification),
    outcome: reading?.outcome ?? null,
    occurredAt: validTime(reading?.time),
    readable: reading !== undefined,
    silent: reading?.muted ?? reading === undefined,
    verified: verification.verified,
    variant: verification.variant ?? null,
    headers: storedHeaders(delivery.headers),
    body: blockOf(delivery.signedBytes ?? delivery.body),
    jobs: jobsOf(reading),
  };
}

/** These bytes in a block of their own: a larger one would be sent to the writer's thread whole. */
function blockOf(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
}

/** The header of a delivery of our own that stands for one of the provider. */
export const sampleHeader = 'x-ringback-sample';

/** A sample is named as one and is part of no job, and its names of resources are not stored. */
function markSample({ headers }: Delivery, reading: Reading | undefined): Reading | undefined {
  if (!reading || headers[sampleHeader] === undefined) return reading;
  const { jobs: _jobs, resourceNames: _names, ...rest } = reading;
  const title = ingressMessages.sample({ title: storedMessage(reading.title, reading.titleMessage) });
  return { ...rest, title: title.text, titleMessage: referenceOf(title) };
}

/**
 * Anybody who knows the address may have sent it: it belongs to no job, gives no names of resources, and never counts
 * as what a verified delivery reports, so that it cannot suppress one.
 */
function markUnverified(reading: Reading | undefined): Reading | undefined {
  if (!reading) return undefined;
  const { jobs: _jobs, resourceNames: _names, identity: _identity, resource: _resource, ...rest } = reading;
  const { contentHash: _hash, ...shown } = rest;
  return shown;
}

/** Characters of the stored texts: connectors shorten what they compose, but not what they pass on. */
const longest = { title: 300, summary: 1000, name: 300, resource: 2000, names: 4000, jobs: 64 * 1024 };
/** Names of resources that one event may give. */
const mostNames = 100;

type Texts =
  | 'system'
  | 'event'
  | 'title'
  | 'summary'
  | 'messages'
  | 'plural'
  | 'place'
  | 'resource'
  | 'names'
  | 'learned';

/** The summary of a callback that the connector cannot read, by how it was verified. */
const unreadable: Readonly<Record<VerifiedDelivery['verified'], () => Message>> = {
  signature: ingressMessages.unreadableSigned,
  address: ingressMessages.unreadableAddressed,
  none: ingressMessages.unreadableUnsigned,
};

function textsOf(
  { registered, label }: DeliveryTarget,
  reading: Reading | undefined,
  { verified, variantMessage }: VerifiedDelivery,
): Pick<DeliveryRow, Texts> {
  const text = (value: string | undefined, most: number): string | null =>
    value === undefined ? null : shownText(value, most);
  const { title, titleMessage, summary, summaryMessage } = wordsOf(reading, label, verified);
  return {
    system: text(reading?.system ?? registered.system, longest.name),
    event: text(reading?.event ?? registered.event, longest.name),
    // The title may consist of invisible characters; a row without one could not be distinguished from others.
    title: shownSentence(title, longest.title) || shownText(label, longest.title),
    summary: summary === undefined ? null : shownSentence(summary, longest.summary),
    messages: storeEventMessages({
      ...{ title: titleMessage, summary: summaryMessage },
      ...{ plural: reading?.pluralMessage, variant: variantMessage },
    }),
    plural: text(reading?.plural, longest.name),
    place: text(reading?.place, longest.name),
    resource: reading?.resource === undefined ? null : shorten(reading.resource, longest.resource),
    names: shorten(reading?.names?.map((name) => shownText(name, longest.name)).join('\n') ?? '', longest.names),
    learned: learnedNames(reading),
  };
}

/** Removes invisible characters, conceals keys, then cuts: invisible characters and a cut could each split a key. */
function shownSentence(text: string, most: number): string {
  return shorten(maskLinks(shownText(text, 4 * most)), most);
}

type Words = Pick<Reading, 'title' | 'titleMessage' | 'summary' | 'summaryMessage'>;

function wordsOf(reading: Reading | undefined, label: string, verified: VerifiedDelivery['verified']): Words {
  const words = reading ?? unreadableWords(label, verified);
  if (verified !== 'none') return words;
  const title = ingressMessages.unverified({ title: storedMessage(words.title, words.titleMessage) });
  return { ...words, title: title.text, titleMessage: referenceOf(title) };
}

function unreadableWords(label: string, verified: VerifiedDelivery['verified']): Words {
  const [title, summary] = [ingressMessages.unreadable({ hook: label }), unreadable[verified]()];
  return {
    ...{ title: title.text, titleMessage: referenceOf(title) },
    ...{ summary: summary.text, summaryMessage: referenceOf(summary) },
  };
}

function learnedNames(reading: Reading | undefined): DeliveryRow['learned'] {
  return Object.entries(reading?.resourceNames ?? {})
    .filter(([resource]) => resource.length <= longest.resource)
    .slice(0, mostNames)
    .map(([resource, name]) => [resource, shownText(name, longest.name)]);
}

function jobsOf(reading: Reading | undefined): string | null {
  const jobs = reading?.jobs ? JSON.stringify(reading.jobs) : null;
  return jobs !== null && jobs.length <= longest.jobs ? jobs : null;
}

/** While a hook is dual-registered, equal content means one event delivered twice; at other times it may happen again. */
function copyIdentity(
  { dualRegistration }: Pick<DeliveryTarget, 'dualRegistration'>,
  reading: Reading | undefined,
): string | null {
  const contentHash = dualRegistration === undefined ? undefined : attempt(() => reading?.contentHash?.());
  return contentHash === undefined ? null : `${dualRegistration} ${contentHash}`;
}

/** Undefined where the connector cannot read the delivery, which is stored all the same. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** A payload may hold any number; only what a Date can represent is stored. */
function validTime(time: number | undefined): number | null {
  return time !== undefined && Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? Math.trunc(time) : null;
}
