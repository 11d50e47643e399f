import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { openLedger } from '../../../main/engine/storage/ledger.ts';
import { temporaryFolder } from '../../support/temporary.ts';

type Stored = readonly [receivedAt: number, outcome: 'success' | 'failed' | 'info' | null, hook?: string];

async function openWith(stored: readonly Stored[], rejected: readonly number[] = []) {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  const written = stored.map(([receivedAt, outcome, hook = 'hook-1']) =>
    ledger.write('delivery', {
      ...{ hook, connection: 'connection-1', receivedAt, deliveryId: null, identity: null, system: 'data' },
      ...{ event: 'added', title: 'Tower.rvt', summary: null, outcome, resource: null, occurredAt: null },
      ...{ readable: true, silent: false, verified: 'signature', headers: '{}', body: Buffer.from(`${receivedAt}`) },
      ...{ names: '', learned: [] },
    }),
  );
  await Promise.all(written);
  for (const receivedAt of rejected) await ledger.write('rejection', { receivedAt, hook: null, reason: 'forged' });
  return createEvents(ledger);
}

const times = (...milliseconds: number[]) => milliseconds.map((each) => new Date(each).toISOString());

test('events are counted by outcome between each time and the next, the first included and the last not', async () => {
  const events = await openWith(
    [
      [999, 'failed'],
      [1000, 'failed'],
      [1500, 'success'],
      [1999, 'info'],
      [2000, 'failed'],
      [2001, null],
      [3000, 'success'],
    ],
    [999, 1000, 2500],
  );
  expect(await events.counts(times(1000, 2000, 3000))).toEqual([
    { from: times(1000)[0], success: 1, failed: 1, info: 1, other: 0, rejected: 1 },
    { from: times(2000)[0], success: 0, failed: 1, info: 0, other: 1, rejected: 1 },
  ]);
});

test('times before, between and after all events count nothing', async () => {
  const events = await openWith([[5000, 'success']]);
  const counted = await events.counts(times(1, 2, 4000, 6000, 7000));
  expect(counted.map(({ success }) => success)).toEqual([0, 0, 1, 0]);
  expect(await (await openWith([])).counts(times(1, 2))).toMatchObject([{ success: 0, failed: 0, rejected: 0 }]);
});

test('an event that is stored later than it was received is counted and found by when it was received', async () => {
  const ordered = Array.from({ length: 600 }, (_, index): Stored => [10_000 + index, 'info']);
  const late: Stored[] = [
    [5_000, 'failed'],
    [10_100, 'success'],
  ];
  const events = await openWith([...ordered, ...late, [20_000, 'info']]);
  expect(await events.counts(times(5_000, 6_000, 10_000, 10_200, 30_000))).toMatchObject([
    { success: 0, failed: 1, info: 0 },
    { success: 0, failed: 0, info: 0 },
    { success: 1, failed: 0, info: 200 },
    { success: 0, failed: 0, info: 401 },
  ]);
  const receivedBetween = async (since: number, until: number) => {
    const page = await events.list({ since: times(since)[0], until: times(until)[0], limit: 500 });
    return page.events.map(({ receivedAt }) => Date.parse(receivedAt));
  };
  expect(await receivedBetween(4_000, 6_000)).toEqual([5_000]);
  expect(await receivedBetween(10_099, 10_102)).toEqual([10_100, 10_101, 10_100, 10_099]);
});

test('the events of one hook are counted, also those that are stored later than they were received', async () => {
  const ordered = Array.from({ length: 600 }, (_, index): Stored => [10_000 + index, 'info', `hook-${index % 3}`]);
  const events = await openWith([...ordered, [5_000, 'failed', 'hook-1'], [10_100, 'success', 'hook-2']]);
  const bounds = times(5_000, 6_000, 10_000, 10_300, 30_000);
  expect(await events.activity('hook-1', bounds)).toEqual([1, 0, 100, 100]);
  expect(await events.activity('hook-2', bounds)).toEqual([0, 0, 101, 100]);
  expect(await events.activity('hook-9', bounds)).toEqual([0, 0, 0, 0]);
});
