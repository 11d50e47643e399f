import { expect, test } from 'vitest';
import type { Hook } from '../../../preload/contract/index.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const hour = 3600_000;
const day = 24 * hour;

interface Scene {
  readonly host: TestHost;
  readonly hook: Hook;
  readonly clock: { now: number };
  ring(): Promise<void>;
}

async function setUp(): Promise<Scene> {
  const bell = createBell();
  const clock = { now: Date.UTC(2026, 0, 5, 8) };
  const host = await openTestHost({ connectors: [bell.connector], ports: { now: () => clock.now } });
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  let count = 0;
  const ring = async () => {
    count += 1;
    const body = JSON.stringify({ title: `ring ${count}` });
    await fetch(hook.callbackUrl, { method: 'POST', body, headers: bell.sign(secret, body, `d${count}`) });
  };
  return { host, hook, clock, ring };
}

/** Twenty events a day for five days, as a week's work. */
async function workAWeek({ ring, clock }: Scene): Promise<void> {
  for (let event = 0; event < 100; event += 1) {
    await ring();
    clock.now += event % 20 === 19 ? 16 * hour : 0.4 * hour;
  }
}
const inactivityNotifications = (host: TestHost) =>
  host.notes.filter(({ title }) => title === 'Hook is inactive').map(({ title, body }) => ({ title, body }));

test('a hook that is inactive for much longer than its rhythm explains is notified once', async () => {
  const scene = await setUp();
  const { host, hook, clock } = scene;
  await workAWeek(scene);
  clock.now += 2 * day;
  expect(await host.ask('silence.list', {})).toMatchObject([{ hook: hook.id, rule: 'usual', alarm: false }]);
  clock.now += day;
  expect(await host.ask('silence.set', { hook: hook.id, rule: 'usual' })).toMatchObject({ alarm: true, perDay: 23.5 });
  await until(() => inactivityNotifications(host).length > 0);
  expect(inactivityNotifications(host)).toEqual([
    {
      title: 'Hook is inactive',
      body: 'No events from ring · front for 3 days; usually 24 a day. Run diagnosis.',
    },
  ]);
  clock.now += 3 * day;
  await host.engine.close();
  expect(inactivityNotifications(host)).toHaveLength(1);
});

test('a new event ends the inactivity, and later inactivity is notified again', async () => {
  const scene = await setUp();
  const { host, hook, clock, ring } = scene;
  const set = () => host.ask('silence.set', { hook: hook.id, rule: 5 });
  await ring();
  clock.now += 6 * hour;
  expect(await set()).toMatchObject({ alarm: true, allowedHours: 5 });
  await until(() => inactivityNotifications(host).length === 1);
  await ring();
  expect(await set()).toMatchObject({ alarm: false });
  clock.now += 6 * hour;
  await set();
  await until(() => inactivityNotifications(host).length === 2);
  expect(inactivityNotifications(host)[0]?.body).toBe('No events from ring · front for 6 hours. Run diagnosis.');
});

test('a hook without a rhythm, and one whose alert is off, are never reported as inactive', async () => {
  const scene = await setUp();
  const { host, hook, clock, ring } = scene;
  for (const _event of [1, 2, 3]) await ring();
  clock.now += 60 * day;
  expect(await host.ask('silence.list', {})).toMatchObject([{ alarm: false }]);
  await workAWeek(scene);
  clock.now += 20 * day;
  expect(await host.ask('silence.list', {})).toMatchObject([{ alarm: true }]);
  expect(await host.ask('silence.set', { hook: hook.id, rule: null })).toMatchObject({ alarm: false, rule: null });
});
