import { expect, test } from 'vitest';
import { bundledEvents, openBellHost } from '../../support/bell-host.ts';
import { until } from '../../support/temporary.ts';

const long = { quiet: 60_000, longest: 60_000 };
const file = (title: string, more: object = {}) => ({ title, event: 'file.added', place: 'Plans', ...more });

/** A host that was notified of a first file, while those that follow it wait. */
async function openWaitingHost(hooks = 1) {
  const clock = { now: new Date(2026, 4, 1, 12).getTime() };
  const bell = await openBellHost({ hooks, bundleTimes: long, ports: { now: () => clock.now } });
  const { host, ring } = bell;
  await ring(file('first'));
  await until(() => host.notes.length === 1);
  return {
    ...bell,
    /** Resolves once so many events wait, the first one counted. */
    waiting: (count: number) => until(() => bundledEvents(host.folder) === count),
    /** Moves the clock, and gives what was notified once all that is due was. */
    async end() {
      clock.now += long.quiet + 1000;
      await ring({ title: 'the end', event: 'other' }, hooks - 1);
      await until(() => host.notes.some(({ title }) => title === 'the end'));
      return host.notes.map(({ title, count, silent }) => [count ?? title, ...(silent ? ['silent'] : [])]);
    },
  };
}

test('muting the first of many also mutes the others, which wait', async () => {
  const { host, ring, waiting, end } = await openWaitingHost();
  for (const title of ['second', 'third']) await ring(file(title));
  await waiting(3);
  await host.ask('notifications.mute', { notification: host.notes[0]?.id ?? '' });
  expect(await end()).toEqual([['first'], ['the end']]);
  expect((await host.ask('events.list', {})).events).toHaveLength(4);
});

test('what waits goes into the daily summary where a rule wants that before it is shown', async () => {
  const { host, ring, waiting, end } = await openWaitingHost();
  for (const title of ['second', 'third']) await ring(file(title));
  await waiting(3);
  await host.ask('notifications.setRules', { rules: [{ event: 'file.*', mode: 'digest' }] });
  expect(await end()).toEqual([['first'], ['the end']]);
  await until(async () => (await host.ask('notifications.list', {})).some(({ count }) => count === 2));
});

test('what was to be shown without a sound is not shown louder after all', async () => {
  const { host, ring, waiting, end } = await openWaitingHost();
  await host.ask('notifications.setRules', { rules: [{ event: 'file.*', mode: 'silent' }] });
  for (const title of ['second', 'third', 'fourth']) await ring(file(title));
  await waiting(4);
  await host.ask('notifications.setRules', { rules: [] });
  expect(await end()).toEqual([['first'], ['second', 'silent'], [2, 'silent'], ['the end']]);
});

test('muting a hook leaves what waits of others, and what others report as well', async () => {
  const { host, ring, waiting, end } = await openWaitingHost(2);
  const muted = (await host.ask('hooks.list', {})).find(({ event }) => event === 'ring.0');
  const both = file('of both', { resource: 'a', time: Date.parse('2026-05-01T12:00:00Z') });
  await ring(both);
  await ring(both, 1);
  await ring(file('second'));
  await waiting(3);
  await host.ask('notifications.mute', { hook: muted?.id ?? '' });
  expect(await end()).toEqual([['first'], [2], ['the end']]);
});
