import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type AcceptOptions, acceptCallback } from '../../../main/engine/ingress/accept-callback.ts';
import { createHookRoutes } from '../../../main/engine/ingress/hook-routes.ts';
import type { Route } from '../../../main/engine/ingress/route.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/index.ts';
import { silentLog } from '../../support/log.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';

const verified = { genuine: true, verified: 'signature' } as const;
const { read } = createBell().connector;

/** A hook whose payloads carry neither id nor time, at a disk that responds when it is told to. */
async function open(file?: string) {
  const ledger = await openLedger(file ?? join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  const disk: { waits: Promise<void> | undefined } = { waits: undefined };
  const write: Ledger['write'] = async (name, input) => {
    await disk.waits;
    return ledger.write(name, input);
  };
  const slow: Pick<Ledger, 'deliver'> = {
    deliver(row) {
      const stored = write('delivery', row);
      return { durable: stored, stored, expectRetry: () => void write('lateDelivery', row).catch(() => {}) };
    },
  };
  let now = Date.parse('2026-11-28T09:00:00Z');
  const connector = {
    ...createBell().connector,
    verify: () => verified,
    read: (delivery: Parameters<typeof read>[0]) => ({ ...read(delivery), recurs: true }),
  };
  const registered = { event: 'ring', scope: {} };
  const findRoute = createHookRoutes({
    ledger: slow,
    addressOf: () => ({
      ...{ hook: 'hook', connection: 'connection', connector, registered, label: 'Front', secrets: () => [] },
    }),
    now: () => now,
    isTestDelivery: () => false,
    stored: () => {},
    repeated: () => {},
  });
  const options: AcceptOptions = {
    ledger,
    events: { nameOf: () => undefined },
    resourceNames: { pathOf: () => '' },
    now: () => now,
    log: silentLog,
    mayDiagnose: () => false,
    mayStoreRejected: () => false,
    rejected: () => {},
    storageFailed: () => {},
  };
  const send = async (text: string, answerWithin = 600_000) => {
    now += 1000;
    const route = findRoute('0'.repeat(32), 'POST');
    if (!route) throw new Error('There is no route.');
    const body = Buffer.from(JSON.stringify({ name: text }));
    const request: Parameters<Route['receive']>[0] = { key: '', method: 'POST', rest: '', headers: {}, body };
    const { status } = await acceptCallback(route, request, { ...options, answerWithin });
    return status;
  };
  /** Sends while the disk does not respond; what it does afterwards stores it. */
  const sendLate = async (text: string, times = 1) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    disk.waits = promise;
    for (let count = 0; count < times; count += 1) expect(await send(text, 1)).toBe(503);
    disk.waits = undefined;
    return resolve;
  };
  const deliveries = () => ledger.all('SELECT deliveries FROM events ORDER BY id').map((row) => Number(row.deliveries));
  return { ledger, send, sendLate, deliveries, close: () => ledger.close() };
}

test('what was stored only after a 503 and is sent again is one event; the next of the same bytes is another', async () => {
  const { send, sendLate, deliveries } = await open();
  const respond = await sendLate('tower');
  respond();
  await until(() => deliveries().length === 1);
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([2]);
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([2, 1]);
});

test('a retry that is late as well is still the same event', async () => {
  const { send, sendLate, deliveries } = await open();
  const respond = await sendLate('tower', 3);
  respond();
  await until(() => deliveries()[0] === 3);
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([4]);
});

test('an event of the same bytes from before is none of the attempts', async () => {
  const { send, sendLate, deliveries } = await open();
  expect(await send('tower')).toBe(204);
  await sendLate('tower');
  // Nothing of it was stored: the disk never responded.
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([1, 1]);
});

test('a retry that comes after a restart is still the same event, once', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const before = await open(file);
  const respond = await before.sendLate('tower');
  respond();
  await until(() => before.deliveries().length === 1);
  await before.close();
  const { send, deliveries } = await open(file);
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([2]);
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([2, 1]);
});

test('other bytes, other hooks, and what has an id are not the retry', async () => {
  const { ledger, send, sendLate, deliveries } = await open();
  const respond = await sendLate('tower');
  respond();
  await until(() => deliveries().length === 1);
  expect(await send('bridge')).toBe(204);
  const [row] = ledger.all('SELECT hook, body FROM events ORDER BY id');
  await ledger.write('lateDelivery', { hook: 'another', body: row?.body as Uint8Array, receivedAt: 1 });
  expect(ledger.all('SELECT retries FROM events ORDER BY id')).toMatchObject([{ retries: 1 }, { retries: 0 }]);
  expect(await send('tower')).toBe(204);
  expect(deliveries()).toEqual([2, 1]);
});
