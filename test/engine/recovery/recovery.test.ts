import { expect, test } from 'vitest';
import type { RecoverySupport, WatchedHook } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { type Bell, createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const minute = 60_000;
const hour = 60 * minute;
const body = (resource: string, more: object = {}) =>
  JSON.stringify({ title: `${resource} is ready`, resource, ...more });

interface Scene {
  readonly bell: Bell;
  /** What the provider would answer to the question what was missed. */
  readonly missed: string[];
  readonly asked: { readonly hook: WatchedHook; readonly since: number }[];
  readonly clock: { now: number };
  failure: RingbackError | undefined;
  gap: string | undefined;
  /** Starts Ringback with what the last one left, and waits until callbacks arrive. */
  open(): Promise<TestHost>;
}

async function setUp({ canBeAsked = true } = {}): Promise<Scene> {
  const bell = createBell();
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const scene: Scene = {
    bell,
    missed: [],
    asked: [],
    clock: { now: Date.now() },
    failure: undefined,
    gap: undefined,
    async open() {
      const ports = { now: () => scene.clock.now };
      const connectors = [{ ...bell.connector, ...(canBeAsked ? { recovery } : {}) }];
      const host = await openTestHost({ connectors, folder, values, ports });
      await until(async () => /up|off/.test((await host.ask('status.get', {})).tunnel.state));
      return host;
    },
  };
  const recovery: RecoverySupport = {
    async missed(_context, hook, since) {
      scene.asked.push({ hook, since });
      if (scene.failure) throw scene.failure;
      const bodies = scene.missed.map((text) => Buffer.from(text));
      return {
        bodies,
        ...(scene.gap === undefined ? {} : { incompleteReason: { code: 'bell.gap', params: {}, text: scene.gap } }),
      };
    },
  };
  return scene;
}

/** A Ringback that monitored its one hook, and was closed. */
async function openMonitored(scene: Scene) {
  const host = await scene.open();
  await host.connect();
  const { id: connection } = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  const secret = scene.bell.secretOf(hook.providerId ?? '');
  const ring = (text: string) => {
    const headers = scene.bell.sign(secret, text);
    return fetch(hook.callbackUrl, { method: 'POST', body: text, headers });
  };
  await ring(body('first'));
  // It has been seen as sound once.
  await host.ask('hooks.list', { refresh: true });
  await until(() => attends(host, hook.id));
  await until(() => host.notes.length > 0);
  await host.engine.close();
  return { hook, ring };
}

const attends = async (host: TestHost, hook: string) =>
  (await host.ask('hooks.list', {})).some(({ id, status, current }) => id === hook && status === 'active' && current);
const eventsOf = async (host: TestHost) => (await host.ask('events.list', {})).events;

test('what a hook could not tell while Ringback was closed is asked for, kept as recovered, and told in one notification', async () => {
  const scene = await setUp();
  const { hook } = await openMonitored(scene);
  const left = scene.clock.now;
  scene.clock.now += 8 * hour;
  scene.missed.push(body('second'), body('third', { outcome: 'failed' }));
  const host = await scene.open();
  await until(async () => (await eventsOf(host)).length === 3);
  expect(await eventsOf(host)).toMatchObject([
    { title: 'third is ready', hook: hook.id, verified: 'lookup', recovered: true },
    { title: 'second is ready', hook: hook.id, verified: 'lookup', recovered: true },
    { title: 'first is ready', verified: 'signature' },
  ]);
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([{ title: 'While you were away', body: '1 other failure, 1 other event' }]);
  expect(scene.asked[0]?.since).toBeLessThanOrEqual(left);
  expect(scene.asked[0]?.since).toBeGreaterThan(left - hour);
  expect(Buffer.from(scene.asked[0]?.hook.latest ?? []).toString()).toBe(body('first'));
  expect(await host.ask('recovery.history', {})).toMatchObject([
    { found: 2, text: '1 other failure, 1 other event', gaps: [] },
  ]);
});

test('a single missed event is told by its own title', async () => {
  const scene = await setUp();
  await openMonitored(scene);
  scene.clock.now += hour;
  scene.missed.push(body('second'));
  const host = await scene.open();
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([{ title: 'second is ready', event: (await eventsOf(host))[0]?.id }]);
});

test('a callback that comes late is one with what was recovered, and rings no second time', async () => {
  const scene = await setUp();
  const { ring } = await openMonitored(scene);
  scene.clock.now += hour;
  scene.missed.push(body('second'));
  const host = await scene.open();
  await until(() => host.notes.length > 0);
  expect((await ring(body('second'))).status).toBe(204);
  await ring(body('third'));
  await until(() => host.notes.length > 1);
  expect((await eventsOf(host)).map(({ title, deliveries }) => [title, deliveries])).toEqual([
    ['third is ready', 1],
    ['second is ready', 2],
    ['first is ready', 1],
  ]);
  expect(host.notes.map(({ title }) => title)).toEqual(['second is ready', 'third is ready']);
});

test('a delivered event that the provider reports again, although it was queried for a later time, is not recovered', async () => {
  const scene = await setUp();
  const { ring } = await openMonitored(scene);
  scene.clock.now += hour;
  const first = await scene.open();
  await until(() => scene.asked.length > 0);
  const delivered = body('second', { time: scene.clock.now });
  await ring(delivered);
  scene.clock.now += hour;
  scene.missed.push(body('third'));
  first.engine.wake();
  // Shown after the time of this query is stored: the next one asks for what happened since.
  await until(() => first.notes.some(({ title }) => title === 'third is ready'));
  await first.engine.close();
  scene.missed.splice(0, 1, delivered, body('fourth'));
  scene.clock.now += hour;
  const second = await scene.open();
  await until(async () => (await eventsOf(second))[0]?.title === 'fourth is ready');
  expect(scene.asked.at(-1)?.since).toBeGreaterThan(JSON.parse(delivered).time);
  expect((await eventsOf(second)).map(({ title, deliveries }) => [title, deliveries])).toEqual([
    ['fourth is ready', 1],
    ['third is ready', 1],
    ['second is ready', 1],
    ['first is ready', 1],
  ]);
});

test('a delivered event that a provider with a fast clock dates into the gap is not recovered', async () => {
  const scene = await setUp();
  const { ring } = await openMonitored(scene);
  scene.clock.now += hour;
  scene.missed.push(body('second'));
  const first = await scene.open();
  await until(() => first.notes.length > 0);
  await ring(body('third', { time: scene.clock.now + 5 * minute }));
  scene.clock.now += 4 * minute;
  scene.missed.splice(0, 1, body('fourth'));
  first.engine.wake();
  await until(() => first.notes.some(({ title }) => title === 'fourth is ready'));
  const closedAt = scene.clock.now;
  await first.engine.close();
  scene.clock.now += hour;
  scene.missed.splice(0, 1, body('third', { time: closedAt + minute }), body('fifth'));
  const second = await scene.open();
  await until(async () => (await eventsOf(second))[0]?.title === 'fifth is ready');
  expect((await eventsOf(second)).map(({ title }) => title)).toEqual(
    ['fifth', 'fourth', 'third', 'second', 'first'].map((name) => `${name} is ready`),
  );
});

test('a provider that cannot be asked leaves a gap, which is said once and not hidden', async () => {
  const scene = await setUp({ canBeAsked: false });
  const { hook } = await openMonitored(scene);
  for (const _again of [1, 2]) {
    scene.clock.now += hour;
    const host = await scene.open();
    const [entry] = await until(async () => {
      const history = await host.ask('recovery.history', {});
      return history.length > 0 ? history : undefined;
    });
    expect(entry).toMatchObject({ found: 0, text: '', gaps: [{ hook: hook.id }] });
    expect(entry?.gaps[0]?.reason).toBe('Bell cannot report missed events.');
    expect(host.notes).toEqual([]);
    await host.engine.close();
  }
});

test('a provider that fails is asked again, for all of the time since', async () => {
  const scene = await setUp();
  await openMonitored(scene);
  const left = scene.clock.now;
  scene.clock.now += hour;
  scene.failure = new RingbackError('offline', 'Bell does not answer.');
  const host = await scene.open();
  await until(async () => (await host.ask('recovery.history', {})).length > 0);
  expect(await host.ask('recovery.history', {})).toMatchObject([
    { found: 0, gaps: [{ reason: 'Bell does not answer. Ringback tries again.' }] },
  ]);
  scene.failure = undefined;
  scene.missed.push(body('second'));
  scene.clock.now += hour;
  await host.ask('hooks.list', { refresh: true });
  await until(() => host.notes.length > 0);
  expect(scene.asked.at(-1)?.since).toBeLessThanOrEqual(left);
});

test('with notifications paused it is recovered, and nothing rings', async () => {
  const scene = await setUp();
  await openMonitored(scene);
  scene.clock.now += hour;
  scene.missed.push(body('second'));
  const first = await scene.open();
  await first.ask('settings.set', { notifications: { enabled: false } });
  await until(async () => (await eventsOf(first)).length === 2);
  expect(first.notes.length).toBeLessThanOrEqual(1);
});

test('what happens while a hook is paused is not recovered, neither then nor when it is resumed', async () => {
  const scene = await setUp();
  const { hook } = await openMonitored(scene);
  const first = await scene.open();
  await first.ask('hooks.update', { id: hook.id, status: 'inactive' });
  await until(async () => (await first.ask('hooks.list', {}))[0]?.paused);
  await first.engine.close();
  scene.asked.length = 0;
  scene.clock.now += 8 * hour;
  scene.missed.push(body('second'));
  const second = await scene.open();
  await second.ask('hooks.update', { id: hook.id, status: 'active' });
  await until(() => attends(second, hook.id));
  await second.ask('hooks.list', { refresh: true });
  await second.engine.close();
  expect(scene.asked).toEqual([]);
  expect(second.notes.filter(({ title }) => title.startsWith('second'))).toEqual([]);
});
