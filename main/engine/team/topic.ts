import type { Outcome } from '../../../preload/contract/index.ts';
import type { Row } from '../storage/index.ts';
import type { EventContent } from './envelope.ts';
import type { EventTopic } from './subjects.ts';

/** What the user calls the hook and the connection of an event. */
export interface EventSource {
  readonly hookLabel: string;
  readonly connectionName: string;
  readonly connector: string;
}

export function topicOf(row: Row): EventTopic {
  return { connection: String(row.connection), hook: String(row.hook), event: String(row.event ?? '') };
}

/** A stored event as it is sent to the members. */
export function contentOf(
  row: Row,
  receiver: string,
  source: EventSource & Pick<EventContent, 'resourceName' | 'source'>,
): EventContent {
  const text = (value: unknown): string | null => (value === null ? null : String(value));
  return {
    event: Number(row.id),
    ...{ receiver, hook: String(row.hook), connection: String(row.connection), ...source },
    receivedAt: Number(row.received_at),
    deliveryId: text(row.delivery_id),
    ...{ name: text(row.event), system: text(row.system), title: String(row.title), summary: text(row.summary) },
    outcome: row.outcome as Outcome | null,
    resource: text(row.resource),
    occurredAt: row.occurred_at === null ? null : Number(row.occurred_at),
    readable: row.readable === 1,
    // Members decide themselves about events that only this receiver's own rules mute.
    silent: row.silent === 1,
    ...{ verified: String(row.verified), variant: text(row.variant), headers: JSON.parse(String(row.headers)) },
    names: text(row.names) ?? '',
    ...{ plural: text(row.plural), place: text(row.place), jobs: text(row.jobs), messages: text(row.messages) },
  };
}
