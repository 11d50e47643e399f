import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import type { DeliveryRow } from '../../../main/engine/storage/tables/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

async function open(): Promise<Ledger> {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  return ledger;
}

const store = (ledger: Ledger, title: string, more: Partial<DeliveryRow>) =>
  ledger.write('delivery', {
    ...{ hook: 'hook-1', connection: 'connection-1', receivedAt: 9, deliveryId: null, identity: null },
    ...{ system: 'data', event: 'added', title, summary: null, outcome: null, resource: null, occurredAt: null },
    ...{ readable: true, silent: false, verified: 'signature', headers: '{}', body: Buffer.from(title) },
    ...{ names: '', learned: [] },
    ...more,
  });

test('the history of a thing has its versions, the latest first, and nothing of another or of another account', async () => {
  const ledger = await open();
  await store(ledger, 'second', { resource: 'urn:file?version=2', occurredAt: 20 });
  await store(ledger, 'first', { resource: 'urn:file?version=1', occurredAt: 10 });
  await store(ledger, 'file', { resource: 'urn:file', occurredAt: 30 });
  await store(ledger, 'another file', { resource: 'urn:file2', occurredAt: 30 });
  await store(ledger, 'another account', { resource: 'urn:file', occurredAt: 30, connection: 'connection-2' });
  await store(ledger, 'without time', { resource: 'urn:file' });
  await store(ledger, 'about nothing', {});
  const events = createEvents(ledger);
  const titles = async (id: string) => (await events.related(id)).map(({ title }) => title);
  expect(await titles('1')).toEqual(['file', 'second', 'first']);
  expect(await titles('3')).toEqual(await titles('1'));
  expect(await titles('4')).toEqual(['another file']);
  expect(await titles('7')).toEqual([]);
  await expect(events.related('99')).rejects.toThrow(/no longer/);
});

test('the times of repeated deliveries are in the event, at most 50', async () => {
  const ledger = await open();
  for (let at = 1000; at < 1060; at++) await store(ledger, 'again', { deliveryId: 'delivery', receivedAt: at });
  const event = await createEvents(ledger).get('1');
  expect(event).toMatchObject({ deliveries: 60, receivedAt: new Date(1000).toISOString() });
  expect(event.repeatedAt).toHaveLength(50);
  expect(event.repeatedAt?.[0]).toBe(new Date(1001).toISOString());
});
