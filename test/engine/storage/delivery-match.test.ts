import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import type { DeliveryRow } from '../../../main/engine/storage/tables/index.ts';
import { hours, minutes } from '../../../main/engine/timing/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const start = Date.parse('2026-11-28T09:00:00Z');

const delivery = (changes: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...{ hook: 'hook-1', connection: 'connection-1', receivedAt: start, deliveryId: null, identity: null },
  ...{ system: 'data', event: 'item.update', title: 'PN-7 changed', summary: null, outcome: null, resource: null },
  ...{ occurredAt: null, readable: true, silent: false, verified: 'signature', headers: '{}', names: '', learned: [] },
  ...{ body: Buffer.from('{"item":7}'), sameBytes: 'repetition' as const },
  ...changes,
});

async function open(): Promise<Ledger> {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  return ledger;
}

const count = (ledger: Ledger, table: string): number => Number(ledger.one(`SELECT count(*) AS n FROM ${table}`)?.n);

test('the same bytes under invented ids are one event, and only some of the ids are remembered, however long they are', async () => {
  const ledger = await open();
  const ids = Array.from({ length: 400 }, (_, index) => `${'x'.repeat(8_000)}${index}`);
  const [first] = await Promise.all(ids.map((deliveryId) => ledger.write('delivery', delivery({ deliveryId }))));
  expect(count(ledger, 'events')).toBe(1);
  expect(createEvents(ledger).event(first?.event ?? 0)).toMatchObject({ deliveries: 400 });
  expect(count(ledger, 'deliveries')).toBe(50);
  const longest = ledger.one('SELECT max(length(delivery_id)) AS length FROM deliveries');
  expect(Number(longest?.length)).toBeLessThan(50);
  expect(createEvents(ledger).event(first?.event ?? 0)?.deliveryId?.length).toBe(200);
});

test('the same bytes at another hook, or after the time in which providers retry, are another event', async () => {
  const ledger = await open();
  await ledger.write('delivery', delivery({ deliveryId: '1' }));
  const elsewhere = await ledger.write('delivery', delivery({ deliveryId: '2', hook: 'hook-2' }));
  const inTime = await ledger.write('delivery', delivery({ deliveryId: '3', receivedAt: start + hours(47) }));
  const later = await ledger.write('delivery', delivery({ deliveryId: '4', receivedAt: start + hours(49) }));
  expect([elsewhere, inTime, later].map(({ repeated }) => repeated)).toEqual([false, true, false]);
});

test('payloads without a time may come again: each is an event, but only the first within a minute is notified', async () => {
  const ledger = await open();
  const times = [0, 30_000, minutes(5)];
  const stored = await Promise.all(
    times.map((after, index) =>
      ledger.write(
        'delivery',
        delivery({ deliveryId: String(index), sameBytes: 'recurrence', receivedAt: start + after }),
      ),
    ),
  );
  expect(stored.map(({ repeated }) => repeated)).toEqual([false, false, false]);
  const silent = ledger.all('SELECT silent FROM events ORDER BY id').map((row) => row.silent);
  expect(silent).toEqual([0, 1, 0]);
});

test('payloads without a time are bounded as well: a captured one fills neither the store nor the list', async () => {
  const ledger = await open();
  const replays = Array.from({ length: 300 }, (_, index) =>
    ledger.write('delivery', delivery({ deliveryId: `invented-${index}`, sameBytes: 'recurrence' })),
  );
  await Promise.all(replays);
  expect(count(ledger, 'events')).toBe(20);
  expect(ledger.one('SELECT sum(deliveries) AS n FROM events')?.n).toBe(300);
});

test('a delivery id that an earlier version stored as it was is still recognized', async () => {
  const ledger = await open();
  const { event } = await ledger.write('delivery', delivery({ deliveryId: 'new', sameBytes: 'recurrence' }));
  // As before ids were digested: the id is taken for one that stands in the table.
  const digest = String(ledger.one('SELECT delivery_id FROM deliveries')?.delivery_id);
  const again = await ledger.write('delivery', delivery({ deliveryId: digest, sameBytes: 'recurrence' }));
  expect(again).toEqual({ event, repeated: true });
});
