import { expect, test } from 'vitest';
import { type BellHost, openBellHost } from '../../support/bell-host.ts';
import { until } from '../../support/temporary.ts';

const time = Date.parse('2026-05-01T12:00:00Z');
const titles = ({ host }: BellHost) => host.notes.map(({ title }) => title);

/** Resolves once all that was delivered before is notified. */
async function settled({ host, ring }: BellHost): Promise<void> {
  await ring({ title: 'the end' });
  await until(() => host.notes.some(({ title }) => title === 'the end'));
}

test('without a rule an event has a sound, one of the quiet kinds has none, and its failure has one again', async () => {
  const bell = await openBellHost({ connector: { quietEvents: ['file.*'] } });
  await bell.ring({ title: 'locked', event: 'file.locked' });
  await bell.ring({ title: 'failed', event: 'file.locked', outcome: 'failed' });
  await bell.ring({ title: 'published', event: 'model.published' });
  await settled(bell);
  expect(bell.host.notes.map(({ title, silent }) => [title, silent])).toEqual([
    ['locked', true],
    ['failed', undefined],
    ['published', undefined],
    ['the end', undefined],
  ]);
});

test('the first matching rule decides, and the event is stored whatever it says', async () => {
  const bell = await openBellHost();
  const [connection] = await bell.host.ask('connections.list', {});
  await bell.host.ask('notifications.setRules', {
    rules: [
      { event: 'file.*', outcome: 'failed', mode: 'sound' },
      { connection: connection?.id, event: 'file.*', mode: 'off' },
    ],
  });
  await bell.ring({ title: 'failed', event: 'file.added', outcome: 'failed' });
  await bell.ring({ title: 'added', event: 'file.added' });
  await settled(bell);
  expect(titles(bell)).toEqual(['failed', 'the end']);
  expect((await bell.host.ask('events.list', {})).events.map(({ title }) => title)).toContain('added');
});

test('a copy whose rule is "off" does not keep the copy of another hook from being notified', async () => {
  const bell = await openBellHost({ hooks: 2 });
  const [hook] = await bell.host.ask('hooks.list', {});
  await bell.host.ask('notifications.mute', { hook: hook?.id ?? '' });
  const deleted = { event: 'file.deleted', resource: 'a', time };
  await bell.ring({ ...deleted, title: 'from the muted hook' });
  await bell.ring({ ...deleted, title: 'from the other hook' }, 1);
  await bell.ring({ title: 'the end' }, 1);
  await until(() => titles(bell).includes('the end'));
  expect(titles(bell)).toEqual(['from the other hook', 'the end']);
});

test('muting an event mutes its kind but not its failures, and a muted hour ends', async () => {
  let now = time;
  const bell = await openBellHost({ ports: { now: () => now } });
  await bell.ring({ title: 'first', event: 'file.added' });
  await until(() => bell.host.notes.length === 1);
  const [note] = bell.host.notes;
  const { rules } = await bell.host.ask('notifications.mute', { notification: note?.id ?? '', hours: 1 });
  expect(rules).toMatchObject([{ event: 'file.added', outcome: 'success', mode: 'off' }]);
  await bell.ring({ title: 'muted', event: 'file.added' });
  await bell.ring({ title: 'failed', event: 'file.added', outcome: 'failed' });
  await until(() => bell.host.notes.length === 2);
  now += 3_600_000;
  await bell.ring({ title: 'later', event: 'file.added' });
  await until(() => bell.host.notes.length === 3);
  expect(titles(bell)).toEqual(['first', 'failed', 'later']);
  expect((await bell.host.ask('notifications.rules', {})).rules).toEqual([]);
});

test('muting the same again replaces the rule', async () => {
  const { host, ring } = await openBellHost();
  await ring({ title: 'first', event: 'file.added' });
  await until(() => host.notes.length === 1);
  await host.ask('notifications.mute', { event: '1', mode: 'silent' });
  const { rules } = await host.ask('notifications.mute', { event: '1', mode: 'off' });
  expect(rules.map(({ mode }) => mode)).toEqual(['off']);
});

test('what does not exist cannot be muted', async () => {
  const { host } = await openBellHost();
  for (const target of [{ notification: '9' }, { event: '9' }]) {
    await expect(host.ask('notifications.mute', target)).rejects.toThrow('no longer exists');
  }
});

test('the preview counts what rules would have done to the last seven days, events of a present "off" included', async () => {
  let now = time;
  const bell = await openBellHost({ ports: { now: () => now } });
  await bell.ring({ title: 'old', event: 'file.added' });
  await until(() => bell.host.notes.length === 1);
  now += 8 * 86_400_000;
  await bell.host.ask('notifications.setRules', { rules: [{ event: 'model.*', mode: 'off' }] });
  const received = ['file.added', 'file.added', 'file.locked', 'model.sync'];
  for (const [number, event] of received.entries()) await bell.ring({ title: `x${number}`, event });
  await settled(bell);
  const preview = await bell.host.ask('notifications.preview', {
    rules: [
      { event: 'file.locked', mode: 'off' },
      { event: 'file.*', mode: 'digest' },
    ],
  });
  expect(preview).toMatchObject({
    present: { sound: 4, silent: 0, digest: 0, off: 1 },
    proposed: { sound: 2, silent: 0, digest: 2, off: 1 },
    matched: [1, 2],
  });
});
