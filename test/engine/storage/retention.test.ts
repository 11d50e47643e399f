import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import { type Retention, startRetention } from '../../../main/engine/storage/retention.ts';
import { days } from '../../../main/engine/timing/index.ts';
import { silentLog } from '../../support/log.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const start = Date.parse('2026-11-28T09:00:00Z');

async function openEvents(): Promise<Ledger> {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  for (let index = 0; index < 25; index += 1) await store(ledger, start - days(24 - index));
  await ledger.write('announce', { upTo: 25, notices: [] });
  return ledger;
}

function store(ledger: Ledger, receivedAt: number): Promise<unknown> {
  return ledger.write('delivery', {
    ...{ hook: 'hook-1', connection: 'connection-1', receivedAt, deliveryId: null, identity: null, system: 'data' },
    ...{ event: 'dm.version.added', title: 'Tower.rvt', summary: null, outcome: null, resource: null },
    ...{ occurredAt: null, readable: true, silent: false, verified: 'signature', headers: '{}' },
    ...{ body: Buffer.from('{}'), names: '', learned: [] },
  });
}

function openRetention(ledger: Ledger, clock: { now: number }): { retention: Retention; ahead: number[] } {
  const ahead: number[] = [];
  const retention = startRetention({
    ...{ ledger, log: silentLog },
    limits: () => ({ days: 30, events: 1000 }),
    now: () => clock.now,
    clockAhead: (days) => void ahead.push(days),
    announced: () => {},
    unpublishedDeleted: () => {},
  });
  onTestFinished(() => retention.stop());
  return { retention, ahead };
}

const count = (ledger: Ledger): number => Number(ledger.one('SELECT count(*) AS n FROM events')?.n);

test('a clock that jumps a year ahead deletes nothing at once, and is reported once', async () => {
  const ledger = await openEvents();
  const clock = { now: start };
  const { retention, ahead } = openRetention(ledger, clock);
  await retention.run();
  clock.now = start + days(365);
  await store(ledger, clock.now);
  await retention.run();
  await retention.runHourly();
  await retention.run();
  expect(count(ledger)).toBe(26);
  expect(ahead).toEqual([365]);
});

test('a restart with the wrong clock, and events stored by it, delete nothing either', async () => {
  const ledger = await openEvents();
  const clock = { now: start };
  await openRetention(ledger, clock).retention.run();
  clock.now = start + days(365);
  await store(ledger, clock.now);
  for (let restart = 0; restart < 10; restart += 1) await openRetention(ledger, clock).retention.run();
  expect(count(ledger)).toBe(26);
});

test('a clock that stays ahead is trusted by a day more each hour', async () => {
  const ledger = await openEvents();
  const clock = { now: start };
  const { retention } = openRetention(ledger, clock);
  await retention.run();
  clock.now = start + days(60);
  await retention.run();
  for (let hour = 0; hour < 16; hour += 1) await retention.runHourly();
  expect(count(ledger)).toBe(15);
});

test('a clock that is corrected costs nothing, and deletion continues by the right time', async () => {
  const ledger = await openEvents();
  const clock = { now: start };
  const { retention } = openRetention(ledger, clock);
  await retention.run();
  clock.now = start + days(365);
  await retention.run();
  clock.now = start + days(7);
  await retention.runHourly();
  expect(count(ledger)).toBe(24);
});

/** 800 events, of which the limits keep 100. */
async function openCrowdedStore() {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  await Promise.all(Array.from({ length: 800 }, () => store(ledger, start)));
  await ledger.write('announce', { upTo: 800, notices: [] });
  const clock = { now: start };
  const limits = { days: 30, events: 100 };
  const announcements: [count: number, at: number][] = [];
  const retention = startRetention({
    ...{ ledger, log: silentLog, limits: () => ({ ...limits }), now: () => clock.now, clockAhead: () => {} },
    unpublishedDeleted: () => {},
    announced: (count, at) => void announcements.push([count, at]),
  });
  onTestFinished(() => retention.stop());
  await retention.run();
  return { ledger, clock, limits, announcements, retention };
}

test('the deletion of many events is announced once and happens a day later; twice the limit is never exceeded', async () => {
  const { ledger, clock, announcements, retention } = await openCrowdedStore();
  expect(announcements).toEqual([[700, start + days(1)]]);
  expect(count(ledger)).toBe(200);
  await retention.run();
  expect(count(ledger)).toBe(200);
  clock.now = start + days(1);
  await retention.run();
  expect(count(ledger)).toBe(100);
  expect(announcements).toHaveLength(1);
});

test('a clock that is set back by some seconds announces a deletion no second time', async () => {
  const { ledger, clock, announcements, retention } = await openCrowdedStore();
  clock.now = start - 5000;
  await retention.run();
  clock.now = start - 59 * 60_000;
  await retention.run();
  expect(announcements).toEqual([[700, start + days(1)]]);
  expect(count(ledger)).toBe(200);
  clock.now = start + days(1);
  await retention.run();
  expect(count(ledger)).toBe(100);
});

test('a deletion that a clock far ahead announced is announced again by the right time, and happens then', async () => {
  const { ledger, clock, announcements, retention } = await openCrowdedStore();
  await Promise.all(Array.from({ length: 700 }, () => store(ledger, start)));
  await ledger.write('announce', { upTo: 1500, notices: [] });
  clock.now = start + days(400);
  await retention.run();
  expect(announcements.at(-1)).toEqual([800, start + days(401)]);
  clock.now = start + days(2);
  await retention.run();
  expect(announcements.at(-1)).toEqual([100, start + days(3)]);
  expect(count(ledger)).toBe(200);
  clock.now = start + days(3);
  await retention.run();
  expect(count(ledger)).toBe(100);
});

test('who raises the limits within the day keeps the events, and a later deletion is announced again', async () => {
  const { ledger, clock, limits, announcements, retention } = await openCrowdedStore();
  limits.events = 1000;
  await retention.run();
  clock.now = start + days(2);
  await retention.run();
  expect(count(ledger)).toBe(200);
  await Promise.all(Array.from({ length: 700 }, () => store(ledger, clock.now)));
  await ledger.write('announce', { upTo: 1500, notices: [] });
  limits.events = 100;
  await retention.run();
  expect(announcements).toHaveLength(2);
});

test('events that wait for a server that stays away are deleted at twice the limits, and that is reported', async () => {
  const ledger = await openEvents();
  await ledger.write('published', { event: 5, sequence: 5 });
  let reports = 0;
  const limits = { days: 7, events: 1000 };
  const retention = startRetention({
    ...{ ledger, log: silentLog, limits: () => limits, now: () => start },
    clockAhead: () => {},
    announced: () => {},
    unpublishedDeleted: () => {
      reports += 1;
    },
  });
  onTestFinished(() => retention.stop());
  await retention.run();
  // The oldest events are one a day: of the last 14 days these are left.
  expect(ledger.one('SELECT min(id) AS id FROM events')?.id).toBe(11);
  expect(reports).toBe(1);
  await retention.run();
  expect(reports).toBe(1);

  limits.events = 4;
  await retention.run();
  expect(count(ledger)).toBe(8);
  expect(reports).toBe(2);
  await ledger.write('published', { event: 25, sequence: 25 });
  await retention.run();
  expect(count(ledger)).toBe(4);
  expect(reports).toBe(2);
});
