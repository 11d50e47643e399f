import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Hook } from '../../../preload/contract/index.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { type Bell, createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

interface Scene {
  readonly bell: Bell;
  readonly host: TestHost;
  readonly hook: Hook;
  readonly secret: string;
  ring(body: string, options?: { deliveryId?: string; headers?: Record<string, string> }): Promise<Response>;
}

async function setUp(options: Partial<Parameters<typeof openTestHost>[0]> = {}): Promise<Scene> {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector], ...options });
  await host.connect();
  const connection = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  const ring: Scene['ring'] = (body, { deliveryId, headers } = {}) =>
    fetch(hook.callbackUrl, { method: 'POST', body, headers: { ...bell.sign(secret, body, deliveryId), ...headers } });
  return { bell, host, hook, secret, ring };
}

test('a genuine callback is answered 204, stored byte for byte, listed and announced', async () => {
  const { host, hook, ring } = await setUp();
  const body = '{ "title":"Tower.rvt is ready", "summary": "It took 3.0 s" }';
  expect((await ring(body, { deliveryId: 'd/1' })).status).toBe(204);
  const { events } = await host.ask('events.list', {});
  expect(events).toMatchObject([
    {
      hook: hook.id,
      title: 'Tower.rvt is ready',
      outcome: 'success',
      verified: 'signature',
      deliveries: 1,
      deliveryId: 'd/1',
    },
  ]);
  expect(await host.ask('events.get', { id: events[0]?.id ?? '' })).toMatchObject({
    body,
    headers: { 'x-bell-delivery': 'd/1' },
  });
  await until(() => host.notes.length > 0);
  expect(host.notes).toEqual([
    {
      id: '1',
      at: expect.any(String),
      title: 'Tower.rvt is ready',
      body: 'It took 3.0 s',
      event: events[0]?.id,
      outcome: 'success',
    },
  ]);
  await until(async () => (await host.ask('notifications.list', {})).length === 1);
  for (const type of ['event', 'notification', 'hooks'])
    await until(() => host.changes.some((one) => one.type === type));
});

test('a repeated delivery is acknowledged and counted, and has no second effect', async () => {
  const { host, ring } = await setUp();
  for (let times = 0; times < 3; times += 1)
    expect((await ring('{"title":"x"}', { deliveryId: 'same' })).status).toBe(204);
  const { events } = await host.ask('events.list', {});
  expect(events.map(({ deliveries }) => deliveries)).toEqual([3]);
  await until(() => host.notes.length > 0);
  await ring('{"title":"y"}', { deliveryId: 'other' });
  await until(() => host.notes.some(({ title }) => title === 'y'));
  expect(host.notes.map(({ title }) => title)).toEqual(['x', 'y']);
});

test.each([
  ['forged', { 'x-bell-signature': 'ab'.repeat(32) }, 'the signature does not match'],
  ['of another body', undefined, 'the signature does not match'],
] as const)(
  'a callback that is %s is refused with 401, noted with its reason, and never announced',
  async (_name, headers, reason) => {
    const { bell, host, hook, secret } = await setUp();
    const signed = headers ?? bell.sign(secret, '{"title":"another"}');
    const answer = await fetch(hook.callbackUrl, { method: 'POST', body: '{"title":"x"}', headers: signed });
    expect(answer.status).toBe(401);
    expect(await host.ask('rejections.list', {})).toMatchObject([{ hook: hook.id, reason }]);
    expect((await host.ask('events.list', {})).events).toEqual([]);
    expect(host.notes).toEqual([]);
  },
);

test('credentials in the headers of a callback are not stored', async () => {
  const { host, ring } = await setUp();
  const headers = { authorization: 'Bearer canary-1', cookie: 'session=canary-2', 'x-request-id': 'seen' };
  await ring('{"title":"x"}', { headers });
  const [event] = (await host.ask('events.list', {})).events;
  const stored = await host.ask('events.get', { id: event?.id ?? '' });
  expect(stored.headers).toMatchObject({ authorization: '…', cookie: '…', 'x-request-id': 'seen' });
  expect(JSON.stringify(stored)).not.toContain('canary');
});

test('texts of any length are stored shortened', async () => {
  const { host, ring } = await setUp();
  const long = 'n'.repeat(200_000);
  const words = { title: long, event: long, summary: long, place: long, resource: long };
  expect((await ring(JSON.stringify(words))).status).toBe(204);
  const [event] = (await host.ask('events.list', {})).events;
  expect(JSON.stringify(event).length).toBeLessThan(5_000);
  expect(event?.event).toMatch(/^n+…$/);
});

test('headers above 16 KB are rejected, and the reason is stored for the hook', async () => {
  const { host, hook, ring } = await setUp();
  expect((await ring('{"title":"x"}', { headers: { 'x-padding': 'p'.repeat(15_000) } })).status).toBe(204);
  expect((await ring('{"title":"y"}', { headers: { 'x-padding': 'p'.repeat(17_000) } })).status).toBe(431);
  await until(async () => (await host.ask('rejections.list', {})).length > 0);
  expect(await host.ask('rejections.list', {})).toMatchObject([
    { hook: hook.id, reason: 'The headers are larger than 16 KB.' },
  ]);
});

test.for([
  [
    'two lengths',
    'Content-Length: 2\r\nContent-Length: 2\r\n',
    'The request does not follow HTTP (HPE_UNEXPECTED_CONTENT_LENGTH).',
  ],
  ['bare line feeds', 'X-A: 1\nX-B: 2\r\nContent-Length: 2\r\n', 'The request does not follow HTTP (HPE_CR_EXPECTED).'],
  ['thousands of headers', 'A:\r\n'.repeat(3_000), 'The headers are larger than 16 KB.'],
] as const)(
  'a callback with %s is never accepted, and the reason is stored for its hook',
  async ([, lines, reason]) => {
    const { host, hook } = await setUp();
    const { port, pathname } = new URL(hook.callbackUrl);
    const socket = connect(Number(port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {}).write(`POST ${pathname} HTTP/1.1\r\nHost: a\r\n${lines}\r\n{}`);
    const rejections = await until(async () => {
      const found = await host.ask('rejections.list', {});
      return found.length > 0 ? found : undefined;
    });
    expect(rejections).toMatchObject([{ hook: hook.id, reason }]);
    expect((await host.ask('status.get', {})).receiver.unmatched).toBeUndefined();
  },
);

test('an expectation that nobody knows is ignored', async () => {
  const { host, hook, bell } = await setUp();
  const body = '{"title":"expected"}';
  const { port, pathname } = new URL(hook.callbackUrl);
  const signature = Object.entries(bell.sign(bell.secretOf(hook.providerId ?? ''), body));
  const lines = [['Expect', 'swift'], ['Content-Length', body.length], ...signature].map((pair) => pair.join(': '));
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: a\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 204 /);
  expect((await host.ask('events.list', {})).events).toMatchObject([{ title: 'expected' }]);
});

test('why a body is not genuine is diagnosed once for each hook and minute', async () => {
  const bell = createBell();
  let diagnoses = 0;
  const diagnose = () => ({ reason: `diagnosed ${++diagnoses} times` });
  const connector = { ...bell.connector, verify: () => ({ genuine: false as const, reason: 'forged', diagnose }) };
  let now = Date.now();
  const host = await openTestHost({ connectors: [connector], ports: { now: () => now } });
  await host.connect();
  const connection = await host.ask('connections.add', {
    ...{ connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } },
  });
  const create = (door: string) =>
    host.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door } });
  const hooks = [await create('front'), await create('back')];
  const forge = (index: number) => fetch(hooks[index]?.callbackUrl ?? '', { method: 'POST', body: '{}' });
  for (const index of [0, 0, 0, 1, 1]) await forge(index);
  now += 61_000;
  await forge(0);
  const reasons = (await host.ask('rejections.list', {})).map(({ reason }) => reason).reverse();
  const rest = ['forged', 'forged', 'diagnosed 2 times', 'forged', 'diagnosed 3 times'];
  expect(reasons).toEqual(['diagnosed 1 times', ...rest]);
});

test('an unsigned callback is refused', async () => {
  const { host, hook } = await setUp();
  expect((await fetch(hook.callbackUrl, { method: 'POST', body: '{}' })).status).toBe(401);
  expect(await host.ask('rejections.list', {})).toMatchObject([{ reason: 'the signature header is missing' }]);
});

test('rejected deliveries are stored in a list that is bounded for each hook', async () => {
  const { host, hook } = await setUp();
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 50 }, () => fetch(hook.callbackUrl, { method: 'POST', body: '{}' })));
  }
  expect(await host.ask('rejections.list', { limit: 500 })).toHaveLength(200);
  const newest = await host.ask('rejections.list', { limit: 1 });
  expect(newest).toHaveLength(1);
});

test('a genuine callback that cannot be read is kept, marked, and not announced', async () => {
  const { host, ring } = await setUp();
  expect((await ring('this is { not JSON')).status).toBe(204);
  const { events } = await host.ask('events.list', {});
  expect(events).toMatchObject([{ readable: false, title: 'Unreadable callback of ring' }]);
  await ring('{"title":"readable"}');
  await until(() => host.notes.length > 0);
  expect(host.notes.map(({ title }) => title)).toEqual(['readable']);
});

test('an oversized callback is answered 413 and noted', async () => {
  const { host, hook } = await setUp();
  const answer = await fetch(hook.callbackUrl, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
  expect(answer.status).toBe(413);
  await until(async () =>
    (await host.ask('rejections.list', {})).some(({ reason }) => reason === 'The body is larger than 1 MB.'),
  );
});

test('names that an event taught are used by later events of the same resource', async () => {
  const { host, ring } = await setUp();
  await ring('{"title":"added","resource":"urn:1","name":"Tower.rvt"}');
  await ring('{"resource":"urn:1"}');
  expect((await host.ask('events.list', { limit: 1 })).events[0]?.title).toBe('Rang: Tower.rvt');
});

test('while a hook gets a new secret, callbacks signed with the old one still count', async () => {
  const { bell, host, hook, secret } = await setUp();
  await host.ask('hooks.update', { id: hook.id, rotateSecret: true });
  const fresh = bell.secretOf(hook.providerId ?? '');
  expect(fresh).not.toBe(secret);
  for (const one of [secret, fresh]) {
    const body = `{"title":"${one.slice(0, 4)}"}`;
    expect((await fetch(hook.callbackUrl, { method: 'POST', body, headers: bell.sign(one, body) })).status).toBe(204);
  }
});

test("the owner's signing secret counts beside the hook's own, and its predecessor after it is replaced", async () => {
  const { bell, host, hook } = await setUp();
  const post = async (secret: string) =>
    (await fetch(hook.callbackUrl, { method: 'POST', body: '{}', headers: bell.sign(secret, '{}') })).status;
  expect(await post('owner-1')).toBe(401);
  await host.ask('connections.update', { id: hook.connection, secrets: { signingSecret: 'owner-1' } });
  expect(await post('owner-1')).toBe(204);
  await host.ask('connections.update', { id: hook.connection, secrets: { signingSecret: 'owner-2' } });
  expect([await post('owner-1'), await post('owner-2')]).toEqual([204, 204]);
});

test('after a restart on the same folder events, hooks and secrets are there and callbacks still count', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const first = await setUp({ folder, values });
  await first.ring('{"title":"before"}', { deliveryId: '1' });
  await first.host.engine.close();
  const host = await openTestHost({ connectors: [first.bell.connector], folder, values });
  const base = await host.connect();
  const url = `${base}${new URL(first.hook.callbackUrl).pathname}`;
  const post = (body: string, id: string) =>
    fetch(url, { method: 'POST', body, headers: first.bell.sign(first.secret, body, id) });
  expect((await post('{"title":"before"}', '1')).status).toBe(204);
  expect((await post('{"title":"after"}', '2')).status).toBe(204);
  const { events } = await host.ask('events.list', {});
  expect(events.map(({ title, deliveries }) => [title, deliveries])).toEqual([
    ['after', 1],
    ['before', 2],
  ]);
});

test('an event that was stored but not announced before a crash is announced at the next start, once', async () => {
  const folder = await temporaryFolder();
  const values = new Map<string, unknown>();
  const first = await setUp({ folder, values, ports: { notify: () => new Promise(() => {}) } });
  await first.ring('{"title":"just stored"}');
  // The first host hangs in its notification, and is closed there.
  await first.host.engine.close();
  const second = await openTestHost({ connectors: [first.bell.connector], folder, values });
  await until(() => second.notes.length > 0);
  expect(second.notes.map(({ title }) => title)).toEqual(['just stored']);
});

test('while notifications are paused nothing is shown, and what came meanwhile is shown afterwards', async () => {
  const { host, ring } = await setUp();
  const pausedUntil = new Date(Date.now() + 3_600_000).toISOString();
  await host.ask('settings.set', { notifications: { pausedUntil } });
  await ring('{"title":"in the pause"}');
  await until(async () => (await host.ask('notifications.list', {})).length === 1);
  expect(host.notes).toEqual([]);
  await host.ask('settings.set', { notifications: { pausedUntil: null } });
  await ring('{"title":"after it"}');
  await until(() => host.notes.length === 2);
  expect(host.notes.map(({ title }) => title).sort()).toEqual(['after it', 'in the pause']);
});

test('a storm of events is told in few notifications', async () => {
  const { promise: storm, resolve: endStorm } = Promise.withResolvers<void>();
  const titles: string[] = [];
  const notify = async ({ title }: { title: string }): Promise<void> => {
    await storm;
    titles.push(title);
  };
  const { host, ring } = await setUp({ ports: { notify } });
  await Promise.all(Array.from({ length: 200 }, (_, index) => ring(`{"title":"event ${index}"}`)));
  endStorm();
  await until(() => titles.some((title) => /events arrived/.test(title)));
  expect(titles.length).toBeLessThan(60);
  expect((await host.ask('events.list', { limit: 500 })).events).toHaveLength(200);
});

test('a pile of concurrent deliveries is stored exactly once each', async () => {
  const { host, ring } = await setUp();
  const statuses = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      ring(`{"title":"n${index % 100}"}`, { deliveryId: `d${index % 100}` }).then(({ status }) => status),
    ),
  );
  expect(new Set(statuses)).toEqual(new Set([204]));
  const { events } = await host.ask('events.list', { limit: 500 });
  expect(events).toHaveLength(100);
  expect(events.every(({ deliveries }) => deliveries === 3)).toBe(true);
});

test('when the store cannot take a callback it is answered 503 and the user is told', async () => {
  const { host, ring } = await setUp();
  // The table is gone: every insert fails, as on a disk that refuses.
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(join(host.folder, 'events.sqlite'), { timeout: 5_000 });
  database.exec('DROP TABLE deliveries');
  database.close();
  expect((await ring('{"title":"x"}', { deliveryId: '1' })).status).toBe(503);
  await until(async () =>
    (await host.ask('status.get', {})).warnings.some(({ message }) => /could not be saved/.test(message)),
  );
  await until(() => host.notes.some(({ title }) => title === 'A callback could not be saved'));
});

test('secrets are encrypted in the store and appear in no answer, change or log line', async () => {
  const { bell, host, hook, ring, secret } = await setUp();
  await ring('{"title":"x"}');
  await host.engine.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'other' },
    secrets: { password: 'wrong-password' },
  });
  const answers = await Promise.all([
    host.ask('connections.list', {}),
    host.ask('hooks.list', { refresh: true }),
    host.ask('status.get', {}),
    host.ask('settings.get', {}),
    host.ask('connectors.list', {}),
  ]);
  const everything = JSON.stringify([answers, host.changes, host.lines, [...host.values]]);
  expect(bell.secretOf(hook.providerId ?? '')).toBe(secret);
  for (const word of [secret, 'correct', 'wrong-password']) expect(everything).not.toContain(word);
});

test('a data folder with a damaged database starts with a new one and says so', async () => {
  const folder = await temporaryFolder();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'events.sqlite'), 'rubbish '.repeat(2000));
  const { host, ring } = await setUp({ folder });
  expect((await host.ask('status.get', {})).warnings[0]?.message).toMatch(
    /damaged\. It was set aside as .*events\.damaged-/,
  );
  expect((await ring('{"title":"x"}')).status).toBe(204);
});
