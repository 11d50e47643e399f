import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openBellHost } from '../../support/bell-host.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

const long = { quiet: 60_000, longest: 60_000 };

/** How many events wait for their notification. */
function waitingEvents(folder: string): number {
  const database = new DatabaseSync(join(folder, 'events.sqlite'), { readOnly: true });
  const row = database.prepare('SELECT count(*) AS count FROM notice_events').get();
  database.close();
  return Number(row?.count);
}

const file = (number: number, more: object = {}) => ({
  ...{ title: `${number}.pdf: added`, event: 'file.added', plural: 'files added' },
  ...{ place: 'Project Files / Structural', ...more },
});

test('25 files added in one folder are one notification, and its events are exactly these', async () => {
  const { host, ring } = await openBellHost({ bundleTimes: { quiet: 1500, longest: 60_000 } });
  await ring(file(0, { place: 'Project Files / Electrical' }));
  await Promise.all(Array.from({ length: 25 }, (_, number) => ring(file(number + 1))));
  await until(() => host.notes.length === 2, 20_000);
  expect(host.notes[0]).toMatchObject({ title: '0.pdf: added', event: '1' });
  expect(host.notes[1]).toMatchObject({ title: '25 files added in Project Files / Structural', count: 25 });
  expect(host.notes[1]?.body).toMatch(/^The latest: \d+\.pdf: added$/);
  expect(host.notes[1]?.event).toBeUndefined();
  const entry = await until(async () => (await host.ask('notifications.list', {})).find(({ count }) => count));
  expect(entry).toMatchObject({ title: '25 files added in Project Files / Structural', count: 25 });
  const { events } = await host.ask('events.list', { notification: host.notes[1]?.id });
  expect(events).toHaveLength(25);
  expect(events.map(({ title }) => title)).not.toContain('0.pdf: added');
});

test('a failure is notified at once and alone while others wait', async () => {
  const { host, ring } = await openBellHost({ bundleTimes: long });
  await ring(file(1));
  await ring(file(2, { outcome: 'failed', title: '2.pdf: failed' }));
  await until(() => host.notes.length === 1);
  expect(host.notes[0]).toMatchObject({ title: '2.pdf: failed', event: '2' });
});

test('a waiting notification is shown at the longest, however often further events come', async () => {
  const { host, ring } = await openBellHost({ bundleTimes: { quiet: 60_000, longest: 300 } });
  await ring(file(1));
  await until(() => host.notes.length === 1);
  await ring(file(2));
  await until(() => host.notes.length === 2);
  expect(host.notes.map(({ title }) => title)).toEqual(['1.pdf: added', '2.pdf: added']);
});

test('what waits when Ringback ends is shown once after the next start', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const ends: (() => Promise<void>)[] = [];
  const first = await openBellHost({ folder, values, bundleTimes: long, atEnd: (close) => ends.push(close) });
  await first.ring(file(1));
  await first.ring(file(2));
  await until(() => waitingEvents(folder) === 2);
  for (const end of ends) await end();
  expect(first.host.notes).toEqual([]);

  const store = memoryStore(values);
  const later = () => Date.now() + 61_000;
  const options = { connectors: [createBell().connector], folder, values, bundleTimes: long };
  const second = await openTestHost({ ...options, ports: { store, now: later } });
  await until(() => second.notes.length === 1);
  expect(second.notes[0]).toMatchObject({ title: '2 files added in Project Files / Structural', count: 2 });
});
