import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { apsWebhooks } from '../../main/connectors/aps-webhooks/connector.ts';
import { type Aps, type ApsOptions, startAps } from '../../main/sandbox/aps.ts';
import type { Connection } from '../../preload/contract.ts';
import { freePort, hasIpv6 } from '../free-port.ts';
import { openTestHost, type TestHost, type TestHostOptions } from '../host.ts';
import { until } from '../temporary.ts';

interface Stand extends TestHost {
  readonly aps: Aps;
  readonly port: number;
  readonly redirectUri: string;
  add(kind: 'app' | 'user' | 'public'): Promise<Connection>;
  connection(): Promise<Connection>;
  /** Signs in with a browser that allows at once. */
  signIn(id: string): Promise<Connection>;
  /** Another engine on the same store, as after a restart. */
  restart(): Promise<TestHost>;
}

async function openStand(options: ApsOptions = {}, host: Partial<TestHostOptions> = {}): Promise<Stand> {
  const aps = await startAps({ consent: 'allow', ...options });
  onTestFinished(() => aps.stop());
  const port = await freePort();
  const redirectUri = `http://localhost:${port}/callback`;
  aps.redirectUris.push(redirectUri);
  const opened = await openTestHost({ connectors: [apsWebhooks], ...host });
  const connection = async () => (await opened.ask('connections.list', {}))[0] as Connection;
  return {
    ...opened,
    aps,
    port,
    redirectUri,
    connection,
    add: (kind) =>
      opened.ask('connections.add', {
        connector: 'aps-webhooks',
        name: 'Mine',
        settings: {
          kind,
          baseUrl: aps.url,
          clientId: kind === 'public' ? aps.publicClientId : aps.clientId,
          ...(kind === 'app' ? {} : { redirectPort: String(port) }),
        },
        secrets: kind === 'public' ? {} : { clientSecret: aps.clientSecret },
      }),
    async signIn(id) {
      const { url } = await opened.ask('connections.signIn', { id });
      await fetch(url);
      await until(async () => (await connection()).signIn?.state !== 'waiting');
      return connection();
    },
    async restart() {
      await opened.engine.close();
      return openTestHost({ connectors: [apsWebhooks], ...host, folder: opened.folder, values: opened.values });
    },
  };
}

const tokenRequests = (aps: Aps, grant: string) =>
  aps.requests.filter(({ path, body }) => path.endsWith('/token') && body.includes(`grant_type=${grant}`));

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

test.each(['user', 'public'] as const)('a person signs in through the browser (%s)', async (kind) => {
  const { aps, add, ask, signIn, connection, redirectUri, values, port } = await openStand();
  const added = await add(kind);
  expect(added).toMatchObject({ kind, signIn: { state: 'needed' } });
  expect(aps.requests).toHaveLength(0);
  const began = await ask('connections.signIn', { id: added.id });
  expect(began).toEqual({
    url: expect.stringContaining(`${aps.url}/authentication/v2/authorize?`),
    opened: false,
    redirectUri,
  });
  expect((await connection()).signIn).toEqual({ state: 'waiting', redirectUri });
  const signedIn = await signIn(added.id);
  const days = (Date.parse(signedIn.signIn?.until ?? '') - Date.now()) / 86_400_000;
  expect(signedIn).toMatchObject({ account: 'Kim Example', signIn: { state: 'signed-in' } });
  expect(days).toBeCloseTo(15, 2);
  expect(await isFree(port, '127.0.0.1')).toBe(true);
  // Neither the refresh token nor any other secret is stored in the clear.
  expect(JSON.stringify([...values])).toContain('sealed:');
  expect(JSON.stringify([...values])).not.toMatch(/"token\\":/);
  const [exchange] = tokenRequests(aps, 'authorization_code');
  expect(new URLSearchParams(exchange?.body).get('redirect_uri')).toBe(redirectUri);
  expect(exchange?.headers.authorization === undefined).toBe(kind === 'public');
  expect((await ask('connections.check', { id: added.id })).account).toBe('Kim Example');
});

test('what a public app may not do is said with the reason', async () => {
  const { add } = await openStand();
  expect((await add('public')).cannot).toEqual([
    { bundle: 'jobs', reason: expect.stringContaining('without a secret') },
  ]);
  expect((await add('user')).cannot).toBeUndefined();
});

test('the hooks of the app and of the person are apart', async () => {
  const stand = await openStand();
  const { add, ask, signIn, aps } = stand;
  await stand.connect();
  const person = await add('user');
  await signIn(person.id);
  const app = await add('app');
  const hook = { event: 'dm.version.added', scope: { folder: aps.project.folder } };
  await ask('hooks.create', { connection: person.id, ...hook });
  await ask('hooks.create', { connection: app.id, ...hook });
  expect(aps.hooks().map(({ creatorType }) => creatorType)).toEqual(['O2User', 'Application']);
  const listed = await ask('hooks.list', { refresh: true });
  expect(listed.map(({ connection, status }) => [connection, status]).toSorted()).toEqual(
    [
      [person.id, 'active'],
      [app.id, 'active'],
    ].toSorted(),
  );
});

test('two windows that ask at once wait for one answer', async () => {
  const { add, ask } = await openStand();
  const { id } = await add('user');
  const [one, other] = await Promise.all([ask('connections.signIn', { id }), ask('connections.signIn', { id })]);
  expect(one).toEqual(other);
});

test('however much is asked at once, the refresh token is spent once', async () => {
  const { add, aps, ask, signIn } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  aps.revokeTokens();
  await Promise.all([
    ask('connections.check', { id }),
    ask('connections.check', { id }),
    ask('hooks.list', { refresh: true }),
  ]);
  expect(tokenRequests(aps, 'refresh_token')).toHaveLength(1);
});

test('a restart renews the sign-in, and the new token is stored before it is used', async () => {
  let offset = 0;
  const { add, aps, signIn, restart, values } = await openStand({}, { ports: { now: () => Date.now() + offset } });
  const { id } = await add('public');
  await signIn(id);
  const before = JSON.stringify(values.get('connections'));
  offset = 3_600_000;
  const again = await restart();
  await until(() => tokenRequests(aps, 'refresh_token').length === 1);
  await until(() => JSON.stringify(values.get('connections')) !== before);
  expect((await again.ask('connections.check', { id })).signIn?.state).toBe('signed-in');
  expect(tokenRequests(aps, 'refresh_token')).toHaveLength(1);
});

test('a crash between the renewal and its storing ends in one notification that says what to do', async () => {
  const { add, aps, signIn, engine, folder, values, redirectUri } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  const stored = structuredClone(values.get('connections'));
  aps.revokeTokens();
  await engine.ask('connections.check', { id });
  await engine.close();
  // The process ended before the new token was on disk.
  values.set('connections', stored);
  const again = await openTestHost({ connectors: [apsWebhooks], folder, values });
  const reply = await again.engine.ask('connections.check', { id });
  expect(reply).toMatchObject({
    ok: false,
    problem: { code: 'conflict', message: expect.stringContaining('Sign in again') },
  });
  await until(() => again.notes.length > 0);
  await again.engine.ask('connections.check', { id });
  await again.engine.ask('hooks.list', { refresh: true });
  expect(again.notes).toMatchObject([
    { title: 'Sign in again: Mine', body: expect.stringMatching(/no longer takes the sign-in.*hooks are kept/) },
  ]);
  const [shown] = await again.ask('connections.list', {});
  expect(shown?.signIn).toEqual({ state: 'needed', problem: expect.stringContaining('no longer takes') });
  const { url } = await again.ask('connections.signIn', { id });
  expect(new URL(url).searchParams.get('redirect_uri')).toBe(redirectUri);
  await fetch(url);
  await until(async () => (await again.ask('connections.list', {}))[0]?.signIn?.state === 'signed-in');
});

test('a lost answer is asked for once more with the same token', async () => {
  const { add, aps, ask, signIn } = await openStand({ refreshGrace: 60 });
  const { id } = await add('user');
  await signIn(id);
  aps.revokeTokens();
  aps.addFault({ path: '/token', cut: 'after', times: 1 });
  expect((await ask('connections.check', { id })).signIn?.state).toBe('signed-in');
  const [first, second, ...more] = tokenRequests(aps, 'refresh_token');
  expect(first?.body).toBe(second?.body);
  expect(more).toEqual([]);
});

test('a lost answer after which the token is spent means signing in again', async () => {
  const { add, aps, engine, signIn, connection } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  aps.revokeTokens();
  aps.addFault({ path: '/token', cut: 'after', times: 1 });
  expect(await engine.ask('connections.check', { id })).toMatchObject({ ok: false });
  expect(tokenRequests(aps, 'refresh_token')).toHaveLength(2);
  expect((await connection()).signIn?.state).toBe('needed');
});

test.each([
  ['429', { status: 429, retryAfter: 1200 }, 'limits the number of requests'],
  ['500', { status: 500 }, 'trouble just now'],
  ['503 by a proxy', { status: 503, body: '<html>busy</html>' }, 'trouble just now'],
  ['400 by a proxy', { status: 400, body: '<html>no</html>' }, 'refused the request'],
  ['a wrong secret', { status: 401, body: { errorCode: 'AUTH-003' } }, 'client id or secret'],
  ['invalid_client', { status: 401, body: { error: 'invalid_client' } }, 'client id or secret'],
])('%s keeps the sign-in', async (_, fault, message) => {
  const { add, aps, engine, signIn, connection, notes } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  aps.revokeTokens();
  const restore = aps.addFault({ path: '/token', ...fault });
  expect(await engine.ask('connections.check', { id })).toMatchObject({
    ok: false,
    problem: { message: expect.stringContaining(message) },
  });
  expect((await connection()).signIn).toMatchObject({ state: 'signed-in', problem: expect.stringContaining(message) });
  // While it is to be left alone it is not asked at all.
  const asked = tokenRequests(aps, 'refresh_token').length;
  await engine.ask('connections.check', { id });
  const isPaused = fault.status === 429 || fault.status >= 500;
  expect(tokenRequests(aps, 'refresh_token').length).toBe(isPaused ? asked : asked + 1);
  restore();
  expect(notes).toEqual([]);
});

test.each([
  ['the OAuth form', 400, { error: 'invalid_grant', error_description: 'The refresh token is expired or invalid.' }],
  ['the form of the gateway', 401, { developerMessage: 'The token is not valid.', errorCode: 'AUTH-006' }],
  ['another owner', 403, { developerMessage: 'Not yours.', errorCode: 'AUTH-005' }],
])('a refusal for good means signed out: %s', async (_, status, body) => {
  const { add, aps, engine, signIn, connection, notes } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  aps.revokeTokens();
  aps.addFault({ path: '/token', status, body });
  expect(await engine.ask('connections.check', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect((await connection()).signIn?.state).toBe('needed');
  await until(() => notes.length === 1);
});

test('refusing in the browser is told, and the next attempt works', async () => {
  const { add, aps, signIn } = await openStand({ consent: 'refuse' });
  const { id } = await add('public');
  expect((await signIn(id)).signIn).toEqual({
    state: 'needed',
    problem: 'The sign-in was refused in the browser. Sign in again and allow the access.',
  });
  aps.behaviour.consent = 'allow';
  expect((await signIn(id)).signIn?.state).toBe('signed-in');
});

test('an answer with another state is not taken, and the right one still is', async () => {
  const { add, ask, signIn, connection, redirectUri } = await openStand();
  const { id } = await add('public');
  await ask('connections.signIn', { id });
  const forged = await fetch(`${redirectUri}?code=stolen&state=guessed`);
  expect([forged.status, await forged.text()]).toEqual([400, expect.not.stringContaining('stolen')]);
  expect((await fetch(`${redirectUri}?code=stolen`)).status).toBe(400);
  expect((await fetch(new URL('/favicon.ico', redirectUri))).status).toBe(404);
  expect((await fetch(redirectUri, { method: 'POST' })).status).toBe(404);
  expect((await connection()).signIn?.state).toBe('waiting');
  expect((await signIn(id)).signIn?.state).toBe('signed-in');
});

test('the address for the answer listens on both loopback addresses, and on neither after a cancel', async () => {
  const { add, ask, port } = await openStand();
  const { id } = await add('user');
  await ask('connections.signIn', { id });
  const listening = async () => [await isFree(port, '127.0.0.1'), await isFree(port, '::1')];
  expect(await listening()).toEqual([false, !hasIpv6]);
  expect((await ask('connections.cancelSignIn', { id })).signIn).toEqual({ state: 'needed' });
  expect(await listening()).toEqual([true, true]);
});

test('a taken port is said with what to do', async () => {
  const { add, engine, port, connection } = await openStand();
  const blocker = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void blocker.close(() => resolve())));
  const { id } = await add('user');
  expect(await engine.ask('connections.signIn', { id })).toEqual({
    ok: false,
    problem: { code: 'conflict', message: expect.stringContaining(`Another program uses port ${port}`) },
  });
  expect((await connection()).signIn?.state).toBe('needed');
});

test('removing a connection signs out: first the refresh token, then the access token', async () => {
  const { add, aps, ask, signIn } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  await ask('connections.remove', { id });
  const revoked = aps.requests.filter(({ path }) => path.endsWith('/revoke'));
  expect(revoked.map(({ body, status }) => [new URLSearchParams(body).get('token_type_hint'), status])).toEqual([
    ['refresh_token', 200],
    ['access_token', 200],
  ]);
  expect(await ask('connections.list', {})).toEqual([]);
});

test('a connection is removed though nobody can be told', async () => {
  const { add, aps, ask, signIn } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  aps.addFault({ path: '/revoke', cut: 'before' });
  await ask('connections.remove', { id, keepHooks: true });
  expect(await ask('connections.list', {})).toEqual([]);
});

test('a sign-in that cannot be renewed is announced three days before it ends, once', async () => {
  let now = Date.now();
  const { add, aps, engine, signIn, notes } = await openStand({}, { ports: { now: () => now } });
  const { id } = await add('user');
  await signIn(id);
  aps.addFault({ path: '/token', status: 500 });
  now += 11.9 * 86_400_000;
  engine.wake();
  await until(() => tokenRequests(aps, 'refresh_token').length === 1);
  expect(notes).toEqual([]);
  now += 0.2 * 86_400_000;
  engine.wake();
  await until(() => notes.length === 1);
  now += 86_400_000;
  engine.wake();
  await until(() => tokenRequests(aps, 'refresh_token').length === 3);
  expect(notes).toMatchObject([
    { title: 'The sign-in of "Mine" ends soon', body: expect.stringContaining('could not be renewed') },
  ]);
});

test('a new client secret takes effect without signing in again, a wrong one is refused', async () => {
  const { add, aps, ask, engine, signIn, connection } = await openStand();
  const { id } = await add('user');
  await signIn(id);
  expect(await engine.ask('connections.update', { id, secrets: { clientSecret: 'wrong' } })).toMatchObject({
    ok: false,
    problem: { message: expect.stringContaining('client id or secret') },
  });
  expect((await connection()).signIn?.state).toBe('signed-in');
  const { clientSecret } = aps;
  expect((await ask('connections.update', { id, secrets: { clientSecret } })).signIn?.state).toBe('signed-in');
  aps.revokeTokens();
  expect((await ask('connections.check', { id })).signIn?.state).toBe('signed-in');
});

test('the kind of account stays, and a form holds only what its kind has', async () => {
  const { add, aps, engine } = await openStand();
  const { id } = await add('public');
  expect(
    await engine.ask('connections.update', { id, settings: { kind: 'app' }, secrets: { clientSecret: 'x' } }),
  ).toMatchObject({
    ok: false,
    problem: { code: 'conflict' },
  });
  const settings = { kind: 'user', clientId: aps.clientId, baseUrl: aps.url };
  const noSecret = await engine.ask('connections.add', { connector: 'aps-webhooks', settings });
  expect(noSecret).toMatchObject({ ok: false, problem: { message: 'Client secret is missing.' } });
  const badPort = { ...settings, redirectPort: '80' };
  expect(
    await engine.ask('connections.add', {
      connector: 'aps-webhooks',
      settings: badPort,
      secrets: { clientSecret: 'x' },
    }),
  ).toMatchObject({ problem: { message: 'Sign-in port must be a number from 1024 to 65535.' } });
});

test('an app signs in by itself: nobody needs to', async () => {
  const { add, engine } = await openStand();
  const { id, signIn, kind } = await add('app');
  expect([kind, signIn]).toEqual(['app', undefined]);
  expect(await engine.ask('connections.signIn', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
});
