import { expect, test } from 'vitest';
import { bundledEvents, openBellHost } from '../../support/bell-host.ts';
import { memoryStore } from '../../support/memory-store.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

const long = { quiet: 60_000, longest: 60_000 };

const file = (number: number, more: object = {}) => ({
  ...{ title: `${number}.pdf: added`, event: 'file.added', plural: 'files added' },
  ...{ place: 'Project Files / Structural', ...more },
});

test('of 25 files added in one folder the first is notified at once and the rest together, with exactly its events', async () => {
  const clock = { ahead: 0 };
  const ports = { now: () => Date.now() + clock.ahead };
  const { host, ring } = await openBellHost({ bundleTimes: long, ports });
  await ring(file(0, { place: 'Project Files / Electrical' }));
  await ring(file(1));
  await until(() => host.notes.length === 2);
  expect(host.notes.map(({ title }) => title)).toEqual(['0.pdf: added', '1.pdf: added']);
  await Promise.all(Array.from({ length: 24 }, (_, number) => ring(file(number + 2))));
  await until(() => bundledEvents(host.folder) === 26);
  expect(host.notes).toHaveLength(2);
  clock.ahead = long.quiet + 1000;
  await ring(file(26, { place: 'Project Files / Plumbing' }));
  await until(() => host.notes.length === 4);
  const [bundle, ...others] = host.notes.filter(({ count }) => count !== undefined);
  expect(bundle).toMatchObject({ title: '24 files added in Project Files / Structural', count: 24 });
  expect(bundle?.body).toMatch(/^The latest: \d+\.pdf: added$/);
  expect([bundle?.event, others]).toEqual([undefined, []]);
  const entry = await until(async () => (await host.ask('notifications.list', {})).find(({ count }) => count));
  expect(entry).toMatchObject({ title: '24 files added in Project Files / Structural', count: 24 });
  const { events } = await host.ask('events.list', { notification: bundle?.id });
  expect(events).toHaveLength(24);
  expect(events.map(({ title }) => title)).not.toContain('1.pdf: added');
});

test('a failure is notified at once and alone while others wait', async () => {
  const { host, ring } = await openBellHost({ bundleTimes: long });
  await ring(file(1));
  await until(() => host.notes.length === 1);
  await ring(file(2));
  await ring(file(3, { outcome: 'failed', title: '3.pdf: failed' }));
  await until(() => host.notes.length === 2);
  expect(host.notes[1]).toMatchObject({ title: '3.pdf: failed', event: '3' });
});

test('a waiting notification is shown at the longest, however often further events come', async () => {
  const { host, ring } = await openBellHost({ bundleTimes: { quiet: 60_000, longest: 300 } });
  for (const count of [1, 2, 3]) {
    await ring(file(count));
    await until(() => host.notes.length === count);
  }
  expect(host.notes.map(({ title }) => title)).toEqual(['1.pdf: added', '2.pdf: added', '3.pdf: added']);
});

test('what waits when Ringback ends is shown once after the next start', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const ends: (() => Promise<void>)[] = [];
  const first = await openBellHost({ folder, values, bundleTimes: long, atEnd: (close) => ends.push(close) });
  await first.ring(file(1));
  await until(() => first.host.notes.length === 1);
  await first.ring(file(2));
  await first.ring(file(3));
  await until(() => bundledEvents(folder) === 3);
  for (const end of ends) await end();
  expect(first.host.notes).toHaveLength(1);

  const store = memoryStore(values);
  const later = () => Date.now() + 61_000;
  const options = { connectors: [createBell().connector], folder, values, bundleTimes: long };
  const second = await openTestHost({ ...options, ports: { store, now: later } });
  await until(() => second.notes.length === 1);
  expect(second.notes[0]).toMatchObject({ title: '2 files added in Project Files / Structural', count: 2 });
});
