import { expect, test } from 'vitest';
import type { EventView } from '../../../preload/contract/index.ts';
import { createListedEvents } from '../../../renderer/events/listed-events.ts';

const event: EventView = {
  id: '1',
  hook: 'hook-1',
  connection: 'connection-1',
  receivedAt: '2026-03-04T05:06:07.000Z',
  deliveryId: 'd/1',
  event: 'dm.version.added',
  title: 'Tower.rvt: version 2 added',
  summary: 'Project Files / Structural',
  outcome: 'info',
  resource: 'urn:adsk.wipprod:dm.lineage:abc',
  occurredAt: '2026-03-04T05:06:00.000Z',
  readable: true,
  verified: 'signature',
  variant: 'sha1hash',
  deliveries: 2,
  seenBy: 3,
};

test('a list keeps what it shows of an event, and not what only its detail shows', () => {
  const [listed] = createListedEvents()([event]);
  const { deliveryId, occurredAt, variant, resource, ...shown } = event;
  expect(listed).toEqual(shown);
});

test('an event without a place or a name keeps its resource, which is shown instead', () => {
  const { event: _name, summary: _place, ...bare } = event;
  expect(createListedEvents()([bare])[0]?.resource).toBe(event.resource);
});

test('absent fields stay absent, however many different texts came before', () => {
  const listed = createListedEvents();
  const many = Array.from({ length: 25_000 }, (_, index) => ({ ...event, id: `${index}`, summary: `place ${index}` }));
  expect(listed(many).map(({ summary }) => summary)).toEqual(many.map(({ summary }) => summary));
  const { outcome: _outcome, ...without } = event;
  expect(Object.keys(listed([without])[0] ?? {})).not.toContain('outcome');
});
