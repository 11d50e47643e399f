import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { bundledEvents, openBellHost } from '../../support/bell-host.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

const hour = 3_600_000;
const noon = new Date(2026, 4, 1, 12).getTime();
const after = (milliseconds: number) => new Date(noon + milliseconds).toISOString();

/** A host with a clock that stands still at noon until it is moved. */
async function openPausedHost(notifications: object, options = {}) {
  const clock = { now: noon };
  const bell = await openBellHost({ ...options, ports: { now: () => clock.now } });
  await bell.host.ask('settings.set', { notifications });
  const held = async (count: number) =>
    until(async () => (await bell.host.ask('notifications.list', { unseen: true })).length === count);
  /** Moves the clock and has the notifications looked at again. */
  const moveTo = async (time: number) => {
    clock.now = time;
    await bell.host.ask('settings.set', { startAtLogin: false });
  };
  return { ...bell, held, moveTo };
}

test('what comes during a pause is in the list at once and in one notification afterwards', async () => {
  const { host, ring, held, moveTo } = await openPausedHost({ pausedUntil: after(hour) });
  for (const title of ['a', 'b']) await ring({ title });
  await ring({ title: 'c', outcome: 'failed' });
  await held(3);
  expect(host.notes).toEqual([]);
  expect((await host.ask('status.get', {})).quietUntil).toBe(after(hour));
  await moveTo(noon + hour);
  await until(() => host.notes.length === 1);
  expect(host.notes[0]).toMatchObject({
    title: '3 notifications while they were paused',
    body: '1 failed. The latest: c',
    count: 3,
  });
  const { events } = await host.ask('events.list', { notification: host.notes[0]?.id });
  expect(events.map(({ title }) => title)).toEqual(['c', 'b', 'a']);
  expect((await host.ask('status.get', {})).quietUntil).toBeUndefined();
  await ring({ title: 'd' });
  await until(() => host.notes.length === 2);
  expect(host.notes[1]?.title).toBe('d');
});

test('a click on the digest marks all that it stands for as seen', async () => {
  const { host, ring, held, moveTo } = await openPausedHost({ pausedUntil: after(hour) });
  for (const title of ['a', 'b']) await ring({ title });
  await held(2);
  await moveTo(noon + hour);
  await until(() => host.notes.length === 1);
  expect((await host.ask('status.get', {})).unseen).toBe(2);
  await host.ask('notifications.seen', { ids: [host.notes[0]?.id ?? ''] });
  expect((await host.ask('status.get', {})).unseen).toBe(0);
});

test('a single notification that a pause held back is shown as itself', async () => {
  const { host, ring, held } = await openPausedHost({ pausedUntil: after(hour) });
  await ring({ title: 'alone' });
  await held(1);
  await host.ask('settings.set', { notifications: { pausedUntil: null } });
  await until(() => host.notes.length === 1);
  expect(host.notes[0]).toMatchObject({ title: 'alone', event: '1' });
});

test('failures break through a pause where the user wants that', async () => {
  const { host, ring, held } = await openPausedHost({ pausedUntil: after(hour), failuresWhilePaused: true });
  await ring({ title: 'held' });
  await ring({ title: 'failed', outcome: 'failed' });
  await held(2);
  await until(() => host.notes.length > 0);
  expect(host.notes.map(({ title }) => title)).toEqual(['failed']);
});

test('while notifications are off nothing is shown that waited before, and a digest of it follows once they are on', async () => {
  const bundleTimes = { quiet: 1000, longest: 1000 };
  const { host, ring, held, moveTo } = await openPausedHost({}, { bundleTimes });
  const file = (title: string) => ({ title, event: 'file.added', plural: 'files added', place: 'Plans' });
  for (const title of ['a', 'b', 'c']) await ring(file(title));
  await until(() => host.notes.length === 1 && bundledEvents(host.folder) === 3);
  await host.ask('settings.set', { notifications: { enabled: false } });
  await moveTo(noon + 2000);
  await held(2);
  expect(host.notes.map(({ title }) => title)).toEqual(['a']);
  await host.ask('settings.set', { notifications: { enabled: true } });
  await until(() => host.notes.length === 2);
  expect(host.notes[1]).toMatchObject({ title: '2 files added in Plans', count: 2 });
});

test('quiet hours pause by themselves and end in a digest', async () => {
  const { host, ring, held, moveTo } = await openPausedHost({ quietHours: { from: '11:00', to: '13:30' } });
  expect((await host.ask('status.get', {})).quietUntil).toBe(after(1.5 * hour));
  for (const title of ['a', 'b']) await ring({ title });
  await held(2);
  expect(host.notes).toEqual([]);
  await moveTo(noon + 2 * hour);
  await until(() => host.notes.length === 1);
  expect(host.notes[0]?.title).toBe('2 notifications while they were paused');
});

test('the daily summary holds what rules put into it until its time', async () => {
  const { host, ring, held, moveTo } = await openPausedHost({ digestAt: '17:00' });
  await host.ask('notifications.setRules', { rules: [{ event: 'file.*', mode: 'digest' }] });
  for (const title of ['a', 'b']) await ring({ title, event: 'file.added' });
  await held(2);
  await ring({ title: 'c' });
  await until(() => host.notes.length === 1);
  expect(host.notes[0]?.title).toBe('c');
  await moveTo(noon + 5 * hour);
  await until(() => host.notes.length === 2);
  expect(host.notes[1]).toMatchObject({ title: 'Daily summary: 2 notifications', count: 2 });
});

test('a pause that ends while Ringback is closed ends in a digest at the next start', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const ends: (() => Promise<void>)[] = [];
  const options = { folder, values, atEnd: (close: () => Promise<void>) => ends.push(close) };
  const first = await openPausedHost({ pausedUntil: after(hour) }, options);
  for (const title of ['a', 'b']) await first.ring({ title });
  await first.held(2);
  for (const end of ends) await end();
  const ports = { store: memoryStore(values), now: () => noon + 48 * hour };
  const second = await openTestHost({ connectors: [createBell().connector], folder, values, ports });
  await until(() => second.notes.length === 1);
  expect(second.notes[0]?.title).toBe('2 notifications while they were paused');
});

/** As retention does once they are too old or too many. */
function deleteEvents(folder: string): void {
  const database = new DatabaseSync(join(folder, 'events.sqlite'));
  database.exec('PRAGMA busy_timeout = 5000; DELETE FROM events');
  database.close();
}

test('several events that a pause held back are named in list and digest, also once they were deleted', async () => {
  const bundleTimes = { quiet: 1000, longest: 1000 };
  const { host, ring, held, moveTo } = await openPausedHost({ pausedUntil: after(hour) }, { bundleTimes });
  const file = (title: string) => ({ title, event: 'file.added', plural: 'files added', place: 'Plans' });
  for (const title of ['a', 'b', 'c']) await ring(file(title));
  await until(() => bundledEvents(host.folder) === 3);
  await moveTo(noon + 2000);
  await held(2);
  const [bundle] = await host.ask('notifications.list', {});
  expect(bundle).toMatchObject({ title: '2 files added in Plans', count: 2 });
  deleteEvents(host.folder);
  await moveTo(noon + hour);
  await until(() => host.notes.length === 1);
  expect(host.notes[0]).toMatchObject({
    title: expect.stringMatching('notifications while they were paused'),
    body: 'The latest: 2 files added in Plans',
  });
});
