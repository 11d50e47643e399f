import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { hasIpv6 } from '../../support/free-port.ts';
import { openSignInHost, tokenRequests } from './sign-in-host.ts';

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
  const { aps, add, ask, signIn, connection, redirectUri, values, port } = await openSignInHost();
  const added = await add(kind);
  expect(added).toMatchObject({ kind, signIn: { state: 'needed' } });
  expect(aps.requests).toHaveLength(0);
  const started = await ask('connections.signIn', { id: added.id });
  expect(started).toEqual({
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
  // Neither the refresh token nor any other secret is stored unencrypted.
  expect(JSON.stringify([...values])).toContain('encrypted:');
  expect(JSON.stringify([...values])).not.toMatch(/"token\\":/);
  const [exchange] = tokenRequests(aps, 'authorization_code');
  expect(new URLSearchParams(exchange?.body).get('redirect_uri')).toBe(redirectUri);
  expect(exchange?.headers.authorization === undefined).toBe(kind === 'public');
  expect((await ask('connections.check', { id: added.id })).account).toBe('Kim Example');
});

test('a connection names what a public app may not do, with the reason', async () => {
  const { add } = await openSignInHost();
  expect((await add('public')).cannot).toMatchObject([
    { bundle: 'jobs', reason: expect.stringContaining('without a secret') },
  ]);
  expect((await add('user')).cannot).toBeUndefined();
});

test('the hooks of the app and of a person are separate', async () => {
  const stand = await openSignInHost();
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

test('two windows that start a sign-in at once share one attempt', async () => {
  const { add, ask } = await openSignInHost();
  const { id } = await add('user');
  const [one, other] = await Promise.all([ask('connections.signIn', { id }), ask('connections.signIn', { id })]);
  expect(one).toEqual(other);
});

test('a sign-in declined in the browser is reported, and the next attempt works', async () => {
  const { add, aps, signIn } = await openSignInHost({ consent: 'refuse' });
  const { id } = await add('public');
  expect((await signIn(id)).signIn).toMatchObject({
    state: 'needed',
    problem: 'The sign-in was rejected in the browser. Sign in again and allow the access.',
  });
  aps.behaviour.consent = 'allow';
  expect((await signIn(id)).signIn?.state).toBe('signed-in');
});

test('a redirect with another state is rejected, and the right one is still accepted', async () => {
  const { add, ask, signIn, connection, redirectUri } = await openSignInHost();
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

test('the redirect address listens on both loopback addresses, and on neither after a cancel', async () => {
  const { add, ask, port } = await openSignInHost();
  const { id } = await add('user');
  await ask('connections.signIn', { id });
  const listening = async () => [await isFree(port, '127.0.0.1'), await isFree(port, '::1')];
  expect(await listening()).toEqual([false, !hasIpv6]);
  expect((await ask('connections.cancelSignIn', { id })).signIn).toEqual({ state: 'needed' });
  expect(await listening()).toEqual([true, true]);
});

test('a port in use fails with what to do', async () => {
  const { add, engine, port, connection } = await openSignInHost();
  const blocker = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => blocker.once('listening', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void blocker.close(() => resolve())));
  const { id } = await add('user');
  expect(await engine.ask('connections.signIn', { id })).toEqual({
    ok: false,
    problem: {
      code: 'conflict',
      message: expect.stringContaining(`Another program uses port ${port}`),
      reason: { code: 'connections.portInUse', params: { port } },
    },
  });
  expect((await connection()).signIn?.state).toBe('needed');
});

test('removing a connection signs out: first the refresh token, then the access token', async () => {
  const { add, aps, ask, signIn } = await openSignInHost();
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

test('a connection is removed although its provider cannot be reached', async () => {
  const { add, aps, ask, signIn } = await openSignInHost();
  const { id } = await add('user');
  await signIn(id);
  aps.addFault({ path: '/revoke', cut: 'before' });
  await ask('connections.remove', { id, keepHooks: true });
  expect(await ask('connections.list', {})).toEqual([]);
});

test('the kind of account cannot change, and a form accepts only the fields of its kind', async () => {
  const { add, aps, engine } = await openSignInHost();
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

test('a connection of an app needs no sign-in', async () => {
  const { add, engine } = await openSignInHost();
  const { id, signIn, kind } = await add('app');
  expect([kind, signIn]).toEqual(['app', undefined]);
  expect(await engine.ask('connections.signIn', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
});

test('signing in as somebody else shows a warning about the hooks of the previous person', async () => {
  const { add, aps, ask, signIn } = await openSignInHost();
  const { id } = await add('public');
  await signIn(id);
  aps.addFault({ path: '/userinfo', status: 403 });
  await signIn(id);
  const { warnings } = await ask('status.get', {});
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^"Mine" now acts as App .*Hooks that Kim Example created/),
  ]);
});

test('the doctor names a sign-in that is needed, with the button that starts it', async () => {
  const { add, ask, signIn } = await openSignInHost();
  const { id } = await add('user');
  const credentials = async () =>
    (await ask('doctor.run', { connection: id })).findings.find(({ check }) => check === 'credentials');
  expect(await credentials()).toMatchObject({ state: 'bad', fix: { method: 'connections.signIn', input: { id } } });
  await signIn(id);
  expect(await credentials()).toMatchObject({ state: 'good', text: 'Signed in as Kim Example.' });
});
