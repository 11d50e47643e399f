import { expect, test } from 'vitest';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost } from '../../support/test-host.ts';
import { openSignInHost, tokenRequests } from './sign-in-host.ts';

test('however much is asked at once, the refresh token is spent once', async () => {
  const { add, aps, ask, signIn } = await openSignInHost();
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
  const { add, aps, signIn, restart, values } = await openSignInHost({}, { ports: { now: () => Date.now() + offset } });
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
  const { add, aps, signIn, engine, folder, values, redirectUri } = await openSignInHost();
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
    {
      page: 'connections',
      title: 'Sign in again: Mine',
      body: expect.stringMatching(/no longer takes the sign-in.*hooks are kept/),
    },
  ]);
  const [shown] = await again.ask('connections.list', {});
  expect(shown?.signIn).toMatchObject({ state: 'needed', problem: expect.stringContaining('no longer takes') });
  const { url } = await again.ask('connections.signIn', { id });
  expect(new URL(url).searchParams.get('redirect_uri')).toBe(redirectUri);
  await fetch(url);
  await until(async () => (await again.ask('connections.list', {}))[0]?.signIn?.state === 'signed-in');
});

test('a lost answer is asked for once more with the same token', async () => {
  const { add, aps, ask, signIn } = await openSignInHost({ refreshGrace: 60 });
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
  const { add, aps, engine, signIn, connection } = await openSignInHost();
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
  ['500', { status: 500 }, 'has an outage'],
  ['503 by a proxy', { status: 503, body: '<html>busy</html>' }, 'has an outage'],
  ['400 by a proxy', { status: 400, body: '<html>no</html>' }, 'rejected the request'],
  ['a wrong secret', { status: 401, body: { errorCode: 'AUTH-003' } }, 'client id or secret'],
  ['invalid_client', { status: 401, body: { error: 'invalid_client' } }, 'client id or secret'],
])('%s keeps the sign-in', async (_, fault, message) => {
  const { add, aps, engine, signIn, connection, notes } = await openSignInHost();
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
])('a rejection for good means signed out: %s', async (_, status, body) => {
  const { add, aps, engine, signIn, connection, notes } = await openSignInHost();
  const { id } = await add('user');
  await signIn(id);
  aps.revokeTokens();
  aps.addFault({ path: '/token', status, body });
  expect(await engine.ask('connections.check', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect((await connection()).signIn?.state).toBe('needed');
  await until(() => notes.length === 1);
});

test('a sign-in that cannot be renewed is announced three days before it ends, once', async () => {
  let now = Date.now();
  const { add, aps, engine, signIn, notes, lines, values } = await openSignInHost({}, { ports: { now: () => now } });
  const { id } = await add('user');
  await signIn(id);
  aps.addFault({ path: '/token', status: 500 });
  const failures = () => lines.filter((line) => line.includes('was not renewed')).length;
  const wakeAfter = async (days: number) => {
    const before = failures();
    now += days * 86_400_000;
    engine.wake();
    await until(() => failures() > before);
  };
  await wakeAfter(11.9);
  await new Promise((resolve) => setImmediate(resolve));
  expect(values.get('sign-in-warnings')).toBeUndefined();
  await wakeAfter(0.2);
  await until(() => notes.length === 1);
  await wakeAfter(1);
  expect(notes).toMatchObject([
    { title: 'The sign-in of "Mine" ends soon', body: expect.stringContaining('could not be renewed') },
  ]);
});

test('a new client secret takes effect without signing in again, a wrong one is refused', async () => {
  const { add, aps, ask, engine, signIn, connection } = await openSignInHost();
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
