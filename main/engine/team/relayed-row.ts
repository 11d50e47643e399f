import { type Message, referenceOf } from '../messages/index.ts';
import { type DeliveryRow, storeEventMessages } from '../storage/index.ts';
import type { EventContent } from './envelope.ts';

/** What makes all copies of a message one event. */
const identityOf = (source: string, event: number): string => `${source}:${event}`;

/** The row of an event that the receiver of the team received. */
export function toRelayedRow(content: EventContent, body: Uint8Array, installation: string): DeliveryRow {
  const {
    receiver,
    hookLabel,
    connectionName,
    name,
    names,
    headers,
    event,
    source = installation,
    connector: _,
    resourceName,
    ...rest
  } = content;
  const { resource } = rest;
  return {
    ...rest,
    identity: identityOf(source, event),
    event: name,
    verified: content.verified === 'none' ? 'none' : 'relay',
    relay: JSON.stringify({ receiver, hook: hookLabel, connection: connectionName }),
    headers: JSON.stringify(headers),
    body,
    names: [names, hookLabel, connectionName].filter(Boolean).join('\n'),
    learned: resource === null || resourceName === null ? [] : [[resource, resourceName]],
  };
}

interface TeamNote {
  readonly identity: string;
  readonly receivedAt: number;
  readonly title: Message;
  readonly summary: Message;
  readonly receiver: string;
  readonly body: Uint8Array;
}

/** The row of what stands in for events: a message that cannot be read here, or a gap. */
export function toNoteRow({ receiver, title, summary, identity, receivedAt, body }: TeamNote): DeliveryRow {
  return {
    ...{ hook: 'team', connection: 'team', receivedAt, deliveryId: null, identity },
    ...{ system: null, event: null, ...textsOf(title, summary), outcome: 'info', resource: null, occurredAt: null },
    ...{ readable: false, silent: false, verified: 'relay', headers: '{}', body, names: '', learned: [] },
    relay: JSON.stringify({ receiver, hook: '', connection: '' }),
  };
}

/** Title and summary of an event, in English and as messages. */
export function textsOf(title: Message, summary: Message) {
  const messages = storeEventMessages({ title: referenceOf(title), summary: referenceOf(summary) });
  return { title: title.text, summary: summary.text, messages };
}
