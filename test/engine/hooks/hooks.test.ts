import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { HookDraft, RemoteHook } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { until } from '../../support/temporary.ts';
import { type Bell, createBell } from '../../support/test-connector.ts';
import { openTestHost, stillClock, type TestHost } from '../../support/test-host.ts';

const offline = new RingbackError('offline', 'Bell does not answer.');

/** While the clock stands still no reconciliation falls due by itself, which would do what a test does or looks at. */
async function setUp(now = stillClock()): Promise<{ bell: Bell; host: TestHost; connection: string }> {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector], ports: { now } });
  await host.connect();
  const { id } = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  return { bell, host, connection: id };
}
const front = { event: 'ring', scope: { door: 'front' } } as const;

test('a hook gets an unguessable address, a secret of 64 hex digits and the stamp of this installation', async () => {
  const { bell, host, connection } = await setUp();
  const hook = await host.ask('hooks.create', { connection, ...front, attribute: { mine: 1 } });
  const made = bell.hooks.get(hook.providerId ?? '');
  expect(hook.callbackUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/in\/[0-9a-f]{32}$/);
  expect(made?.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(made?.installation).toBe(host.values.get('installation'));
  expect(hook).toMatchObject({ ours: true, current: true, status: 'active', connection });
});

test('the address of a hook is known before the provider hears of it', async () => {
  const { bell, host, connection } = await setUp();
  const { create } = bell.connector.hooks ?? {};
  let status = 0;
  Object.assign(bell.connector.hooks ?? {}, {
    create: async (context: never, draft: { callbackUrl: string; secret: string }) => {
      const headers = bell.sign(draft.secret, '{"title":"early"}');
      status = (await fetch(draft.callbackUrl, { method: 'POST', body: '{"title":"early"}', headers })).status;
      return create?.(context, draft as never);
    },
  });
  await host.ask('hooks.create', { connection, ...front });
  expect(status).toBe(204);
});

test('a hook that the provider refuses leaves nothing behind', async () => {
  const { bell, host, connection } = await setUp();
  bell.failure = new RingbackError('provider', 'Bell refuses.');
  expect(await host.engine.ask('hooks.create', { connection, ...front })).toEqual({
    ok: false,
    problem: { code: 'provider', message: 'Bell refuses.' },
  });
  expect(await host.ask('hooks.list', {})).toEqual([]);
});

test.each([
  ['an unknown scope key', { event: 'ring', scope: { window: 'x' } }, 'invalid-input'],
  ['no scope', { event: 'ring', scope: {} }, 'invalid-input'],
  ['an empty event', { event: '', scope: { door: 'x' } }, 'invalid-input'],
  ['an unknown connection', { ...front, connection: 'nobody' }, 'not-found'],
  ['a field that does not exist', { ...front, colour: 'red' }, 'invalid-input'],
])('%s is refused before any request', async (_name, input, code) => {
  const { bell, host, connection } = await setUp();
  bell.failure = offline;
  const reply = await host.engine.ask('hooks.create', { connection, ...input });
  expect(reply).toMatchObject({ ok: false, problem: { code } });
});

test('without a public address a hook is not created, and the message says what to do', async () => {
  const { host, connection } = await setUp();
  await host.ask('settings.set', { tunnel: { provider: 'off' } });
  const reply = await host.engine.ask('hooks.create', { connection, ...front });
  expect(reply).toMatchObject({
    ok: false,
    problem: { code: 'conflict', message: expect.stringContaining('Set up a tunnel') },
  });
});

test('hooks of others are listed, marked, and changed or removed only on an explicit word', async () => {
  const { bell, host, connection } = await setUp();
  const other = {
    providerId: 'theirs',
    event: 'ring',
    scope: { door: 'back' },
    status: 'active',
    callbackUrl: 'https://else.example/x',
  };
  bell.hooks.set('theirs', { ...other, secret: '' });
  const [hook] = await host.ask('hooks.list', { connection, refresh: true });
  expect(hook).toMatchObject({ ours: false, providerId: 'theirs' });
  const id = hook?.id ?? '';
  expect(await host.engine.ask('hooks.update', { id, status: 'inactive' })).toMatchObject({
    problem: { code: 'conflict' },
  });
  expect(await host.engine.ask('hooks.remove', { id })).toMatchObject({ problem: { code: 'conflict' } });
  expect(bell.hooks.get('theirs')?.status).toBe('active');
  expect(await host.ask('hooks.update', { id, status: 'inactive', foreign: true })).toMatchObject({
    status: 'inactive',
    ours: false,
  });
  await host.ask('hooks.remove', { id, foreign: true });
  expect(bell.hooks.size).toBe(0);
  expect(await host.ask('hooks.list', {})).toEqual([]);
});

test('an own hook that is gone at the provider is shown as missing, and can be removed', async () => {
  const { bell, host, connection } = await setUp();
  const { id } = await host.ask('hooks.create', { connection, ...front });
  bell.hooks.clear();
  expect(await host.ask('hooks.list', { refresh: true })).toMatchObject([{ id, status: 'missing' }]);
  await host.ask('hooks.remove', { id });
  expect(await host.ask('hooks.list', {})).toEqual([]);
});

test('while the provider is offline the known hooks stay in the list and the reason is told', async () => {
  const { bell, host, connection } = await setUp();
  const { id } = await host.ask('hooks.create', { connection, ...front });
  bell.failure = offline;
  expect(await host.engine.ask('hooks.list', { refresh: true })).toMatchObject({ problem: { code: 'offline' } });
  expect(await host.ask('hooks.list', {})).toMatchObject([{ id, status: 'active' }]);
  expect(await host.ask('hooks.problems', {})).toEqual([{ connection, message: 'Bell does not answer.' }]);
  expect(await host.engine.ask('hooks.remove', { id })).toMatchObject({ problem: { code: 'offline' } });
  expect(await host.ask('hooks.list', {})).toHaveLength(1);
});

test('pausing and resuming reach the provider, and callbacks of a removed hook are answered 404', async () => {
  const { bell, host, connection } = await setUp();
  const hook = await host.ask('hooks.create', { connection, ...front });
  expect(await host.ask('hooks.update', { id: hook.id, status: 'inactive' })).toMatchObject({ status: 'inactive' });
  expect(bell.hooks.get(hook.providerId ?? '')?.status).toBe('inactive');
  await host.ask('hooks.remove', { id: hook.id });
  expect((await fetch(hook.callbackUrl, { method: 'POST', body: '{}' })).status).toBe(404);
});

test('a hook that points to an earlier address is marked', async () => {
  const { host, connection } = await setUp();
  const { id } = await host.ask('hooks.create', { connection, ...front });
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url: 'https://hooks.example.com/ringback/' } });
  expect(await host.ask('hooks.list', {})).toMatchObject([{ id, current: false }]);
  const made = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'side' } });
  expect(made.callbackUrl).toMatch(/^https:\/\/hooks\.example\.com\/ringback\/in\/[0-9a-f]{32}$/);
});

test('removing a connection removes its hooks at the provider first, unless they are to be kept', async () => {
  const { bell, host, connection } = await setUp();
  await host.ask('hooks.create', { connection, ...front });
  bell.failure = offline;
  expect(await host.engine.ask('connections.remove', { id: connection })).toMatchObject({
    problem: { code: 'offline' },
  });
  bell.failure = undefined;
  await host.ask('connections.remove', { id: connection });
  expect(bell.hooks.size).toBe(0);
  expect([await host.ask('connections.list', {}), await host.ask('hooks.list', {})]).toEqual([[], []]);
});

test('wrong credentials are not stored, and the answer is the sentence of the connector', async () => {
  const { host } = await setUp();
  const wrong = { connector: 'bell', settings: { account: 'two' }, secrets: { password: 'no' } };
  expect(await host.engine.ask('connections.add', wrong)).toEqual({
    ok: false,
    problem: { code: 'provider', message: 'Bell refused the password.' },
  });
  expect(await host.ask('connections.list', {})).toHaveLength(1);
});

test.each([
  ['a missing field', { settings: {}, secrets: { password: 'correct' } }, 'Account is missing.'],
  ['a missing secret', { settings: { account: 'x' }, secrets: {} }, 'Password is missing.'],
  [
    'a field that the form does not have',
    { settings: { account: 'x', extra: '1' }, secrets: { password: 'correct' } },
    'There is no setting "extra" here.',
  ],
  [
    'a plain-http address elsewhere',
    { settings: { account: 'x', address: 'http://example.com' }, secrets: { password: 'correct' } },
    /must be an https address/,
  ],
  ['the same account again', { settings: { account: 'me' }, secrets: { password: 'correct' } }, /already connected as/],
])('%s in the connection form is refused with a clear sentence', async (_name, input, message) => {
  const { host } = await setUp();
  const reply = await host.engine.ask('connections.add', { connector: 'bell', ...input });
  expect(reply).toMatchObject({ ok: false, problem: { message: expect.stringMatching(message) } });
});

test('a receiver port in use is refused with the port, and everything stays as it was', async () => {
  const { host } = await setUp();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const before = await host.ask('status.get', {});
  const reply = await host.engine.ask('settings.set', { receiver: { port } });
  expect(reply).toMatchObject({
    ok: false,
    problem: { code: 'conflict', message: expect.stringContaining(`Port ${port} is in use`) },
  });
  expect((await host.ask('status.get', {})).receiver).toEqual(before.receiver);
  expect((await host.ask('settings.get', {})).receiver).toEqual({ port: before.receiver.port });
});

test('settings that make no sense are refused, and stored ones that were damaged are set aside', async () => {
  const { host } = await setUp();
  expect(
    await host.engine.ask('settings.set', { tunnel: { provider: 'fixed', url: 'http://example.com' } }),
  ).toMatchObject({
    problem: { code: 'invalid-input' },
  });
  const bell = createBell();
  const values = new Map<string, unknown>([
    ['settings', { tunnel: 'nonsense' }],
    ['hooks', 'what'],
  ]);
  const damaged = await openTestHost({ connectors: [bell.connector], values });
  expect((await damaged.ask('settings.get', {})).tunnel).toEqual({ provider: 'off' });
  expect((await damaged.ask('status.get', {})).warnings.map(({ message }) => message)).toHaveLength(2);
  expect(values.get('damaged-hooks')).toBe('what');
});

test('an unknown method and input of the wrong form are told apart', async () => {
  const { host } = await setUp();
  expect(await host.engine.ask('nothing.here', {})).toMatchObject({ problem: { code: 'not-found' } });
  expect(await host.engine.ask('constructor', {})).toMatchObject({ problem: { code: 'not-found' } });
  expect(await host.engine.ask('events.list', { limit: 501 })).toMatchObject({ problem: { code: 'invalid-input' } });
  expect(await host.engine.ask('events.get', { id: '1 OR 1' })).toMatchObject({ problem: { code: 'not-found' } });
  expect(await host.engine.ask('events.list', [])).toMatchObject({ problem: { code: 'invalid-input' } });
});

test('a hook that was made but never got its secret before a crash gets it at the next listing', async () => {
  const { bell, host, connection } = await setUp(Date.now);
  const { create } = bell.connector.hooks ?? {};
  Object.assign(bell.connector.hooks ?? {}, {
    create: async (context: never, draft: HookDraft) => {
      const made = await create?.(context, draft);
      bell.hooks.set(made?.providerId ?? '', { ...(made as RemoteHook), secret: 'none yet' });
      throw offline;
    },
  });
  expect(await host.engine.ask('hooks.create', { connection, ...front })).toMatchObject({
    problem: { code: 'offline' },
  });
  const [hook] = await until(async () => {
    const hooks = await host.ask('hooks.list', {});
    return hooks.some(({ status }) => status === 'active') ? hooks : undefined;
  });
  expect(hook).toMatchObject({ ours: true, providerId: 'bell-1' });
  await until(() => bell.secretOf('bell-1') !== 'none yet');
  const headers = bell.sign(bell.secretOf('bell-1'), '{}');
  expect((await fetch(hook?.callbackUrl ?? '', { method: 'POST', body: '{}', headers })).status).toBe(204);
});

test('a new secret whose answer is lost, again and again, leaves the one the provider signs with in force', async () => {
  const { bell, host, connection } = await setUp();
  const hook = await host.ask('hooks.create', { connection, ...front });
  const original = bell.secretOf(hook.providerId ?? '');
  const post = async (secret: string) =>
    (await fetch(hook.callbackUrl, { method: 'POST', body: '{}', headers: bell.sign(secret, '{}') })).status;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    bell.failure = offline;
    await host.engine.ask('hooks.update', { id: hook.id, rotateSecret: true });
    expect(await post(original)).toBe(204);
  }
  bell.failure = undefined;
  await host.ask('hooks.list', { refresh: true });
  await until(() => bell.secretOf(hook.providerId ?? '') !== original);
  expect(await post(bell.secretOf(hook.providerId ?? ''))).toBe(204);
  expect(await post(original)).toBe(204);
});

test('what changes while the provider is being listed is not undone by the listing', async () => {
  const { bell, host, connection } = await setUp();
  const paused = await host.ask('hooks.create', { connection, ...front });
  const removed = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'side' } });
  const { list } = bell.connector.hooks ?? {};
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => {
    Object.assign(bell.connector.hooks ?? {}, {
      list: async (context: never) => {
        const listing = await list?.(context);
        resolve();
        await new Promise<void>((go) => {
          answer = go;
        });
        return listing;
      },
    });
  });
  const refreshed = host.ask('hooks.list', { refresh: true });
  await asked;
  await host.ask('hooks.update', { id: paused.id, status: 'inactive' });
  await host.ask('hooks.remove', { id: removed.id });
  const made = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'attic' } });
  answer();
  const hooks = await refreshed;
  expect(hooks.map(({ id, status, ours }) => [id, status, ours])).toEqual([
    [paused.id, 'inactive', true],
    [made.id, 'active', true],
  ]);
});

test('settings that are changed at the same time are all kept', async () => {
  const { host } = await setUp();
  await Promise.all([
    host.ask('settings.set', { retention: { days: 30 } }),
    host.ask('settings.set', { notifications: { enabled: false } }),
    host.ask('settings.set', { retention: { events: 500 } }),
  ]);
  expect(await host.ask('settings.get', {})).toMatchObject({
    retention: { days: 30, events: 500 },
    notifications: { enabled: false },
  });
});

test('the port that the receiver happens to have can be fixed', async () => {
  const { host } = await setUp();
  const { receiver } = await host.ask('status.get', {});
  await host.ask('settings.set', { receiver: { port: receiver.port } });
  expect((await host.ask('status.get', {})).receiver).toEqual(receiver);
});

test('a form that is sent twice makes one connection, and checking one keeps the order', async () => {
  const { host } = await setUp();
  const add = () =>
    host.engine.ask('connections.add', {
      connector: 'bell',
      settings: { account: 'two' },
      secrets: { password: 'correct' },
    });
  const replies = await Promise.all([add(), add()]);
  expect(replies.map(({ ok }) => ok)).toEqual([true, false]);
  const [first] = await host.ask('connections.list', {});
  await host.ask('connections.check', { id: first?.id ?? '' });
  expect((await host.ask('connections.list', {})).map(({ name }) => name)).toEqual(['me', 'two']);
});

test('one stored record that cannot be read takes no other with it, and what a later version stored is no damage', async () => {
  const first = await setUp();
  await first.host.engine.close();
  const { values, folder } = first.host;
  values.set('connections', [{ broken: true }, ...(values.get('connections') as object[])]);
  values.set('settings', { ...(values.get('settings') as object), later: { than: 'us' } });
  const host = await openTestHost({ connectors: [first.bell.connector], values, folder });
  expect(await host.ask('connections.list', {})).toMatchObject([{ id: first.connection }]);
  expect((await host.ask('settings.get', {})).tunnel.provider).toBe('fixed');
  expect((await host.ask('status.get', {})).warnings.map(({ message }) => message)).toEqual([
    expect.stringContaining('under "damaged-connections"'),
  ]);
});

test('a region that cannot be listed keeps what was seen of it', async () => {
  const { bell, host, connection } = await setUp();
  const theirs = { event: 'ring', scope: { door: 'back' }, status: 'active', callbackUrl: 'https://else.example/x' };
  bell.hooks.set('one', { ...theirs, providerId: 'one', region: 'US', secret: '' });
  bell.hooks.set('two', { ...theirs, providerId: 'two', region: 'JPN', secret: '' });
  expect(await host.ask('hooks.list', { connection, refresh: true })).toHaveLength(2);
  const remaining = [...bell.hooks.values()].filter(({ region }) => region === 'US');
  Object.assign(bell.connector.hooks ?? {}, {
    list: async () => ({ hooks: remaining, regions: ['US'], problems: [{ region: 'JPN', message: 'no answer' }] }),
  });
  expect(await host.ask('hooks.list', { connection, refresh: true })).toHaveLength(2);
  expect(await host.ask('hooks.problems', {})).toEqual([{ connection, region: 'JPN', message: 'no answer' }]);
});
