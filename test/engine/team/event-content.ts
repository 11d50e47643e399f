import type { EventContent } from '../../../main/engine/team/envelope.ts';

/** What a receiver says about one event. */
export function contentOfEvent(): EventContent {
  return {
    ...{ event: 7, receiver: 'office', hook: 'h', connection: 'c', hookLabel: 'Hook', connectionName: 'Account' },
    ...{ connector: 'bell', receivedAt: 1000, deliveryId: null, name: 'ring', system: null, title: 'Rang' },
    ...{ summary: null, outcome: 'success', resource: null, occurredAt: null, readable: true, silent: false },
    ...{
      verified: 'signature',
      variant: null,
      headers: { accept: '*/*' },
      plural: null,
      place: null,
      jobs: null,
      messages: null,
    },
    ...{ names: 'Anna', resourceName: null },
  };
}
