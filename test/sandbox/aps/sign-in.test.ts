import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Aps, ApsOptions } from '../../../main/sandbox/aps/index.ts';
import { openAps } from '../caller.ts';

const redirectUri = 'http://localhost:8080/callback';
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const wanted = {
  response_type: 'code',
  redirect_uri: redirectUri,
  scope: 'data:read user-profile:read',
  state: 'a-b_c',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

const open = (options: ApsOptions = {}) => openAps({ consent: 'allow', ...options });

async function authorize(aps: Aps, changes: Record<string, string> = {}, client = aps.publicClientId) {
  const query = new URLSearchParams({ client_id: client, ...wanted, ...changes });
  for (const [name, value] of Object.entries(changes)) if (value === '') query.delete(name);
  const response = await fetch(`${aps.url}/authentication/v2/authorize?${query}`, { redirect: 'manual' });
  const location = response.headers.get('location');
  const answer = location === null ? undefined : Object.fromEntries(new URL(location).searchParams);
  return { status: response.status, text: await response.text(), location, answer };
}

async function post(aps: Aps, path: string, form: Record<string, string>, authorization?: string) {
  const response = await fetch(`${aps.url}/authentication/v2/${path}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: authorization === undefined ? {} : { authorization },
  });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : undefined };
}

async function exchange(aps: Aps, changes: Record<string, string> = {}) {
  const { answer } = await authorize(aps);
  const form = { grant_type: 'authorization_code', client_id: aps.publicClientId, code: answer?.code ?? '' };
  return post(aps, 'token', { ...form, redirect_uri: redirectUri, code_verifier: verifier, ...changes });
}

test('the page shows what is asked, and its buttons answer', async () => {
  const aps = await open({ consent: 'ask' });
  const { status, text } = await authorize(aps);
  expect(status).toBe(200);
  expect(text).toContain('user-profile:read');
  const [, question = ''] = /name="question" value="([^"]+)"/.exec(text) ?? [];
  const press = async (decision: string) => {
    const response = await fetch(`${aps.url}/authentication/v2/authorize`, {
      method: 'POST',
      body: new URLSearchParams({ question, decision }),
      redirect: 'manual',
    });
    return { status: response.status, location: response.headers.get('location') };
  };
  const refused = await press('refuse');
  expect(refused.location).toMatch(/^http:\/\/localhost:8080\/callback\?error=access_denied&.*&state=a-b_c$/);
  // Each question is answered once.
  expect((await press('allow')).status).toBe(400);
});

test.each([
  ['another callback URL', { redirect_uri: `${redirectUri}/` }, 'Invalid redirect_uri'],
  ['no callback URL', { redirect_uri: '' }, 'Invalid redirect_uri'],
  ['an unknown app', { client_id: 'nobody' }, 'Invalid client_id'],
  ['a state of other characters', { state: 'a+b/c=' }, 'Invalid state'],
])('%s ends on an error page, and nothing is sent anywhere', async (_, changes, title) => {
  const { status, text, location } = await authorize(await open(), changes);
  expect([status, location]).toEqual([400, null]);
  expect(text).toContain(title);
});

test.each([
  ['no challenge of a public app', { code_challenge: '' }, 'invalid_request'],
  ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['an unknown scope', { scope: 'data:all' }, 'invalid_scope'],
  ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
])('%s is answered with an error', async (_, changes, error) => {
  const { answer } = await authorize(await open(), changes);
  expect(answer).toEqual({ error, state: 'a-b_c' });
});

test('a code gives tokens of the person, once', async () => {
  const aps = await open();
  const { answer } = await authorize(aps);
  const form = {
    grant_type: 'authorization_code',
    client_id: aps.publicClientId,
    code: answer?.code ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  const first = await post(aps, 'token', form);
  expect(first.body).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    token_type: 'Bearer',
    expires_in: 3599,
  });
  const headers = { authorization: `Bearer ${first.body?.access_token}` };
  expect(await (await fetch(`${aps.url}/userinfo`, { headers })).json()).toMatchObject({ name: 'Kim Example' });
  expect(await post(aps, 'token', form)).toMatchObject({ status: 400, body: { errorCode: 'AUTH-006' } });
});

test.each([
  ['another verifier', { code_verifier: 'x'.repeat(43) }],
  ['a verifier too short', { code_verifier: 'short' }],
  ['another callback URL', { redirect_uri: 'http://localhost:12495/callback' }],
  ['an invented code', { code: 'invented' }],
])('%s gives no token', async (_, changes) => {
  const aps = await open({ authenticationErrors: 'oauth' });
  expect(await exchange(aps, changes)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('a code ends after five minutes', async () => {
  let now = 1_700_000_000_000;
  const aps = await open({ now: () => now });
  const { answer } = await authorize(aps);
  now += 300_000;
  expect((await exchange(aps, { code: answer?.code ?? '' })).status).toBe(400);
});

test('a refresh token is spent by its use, and its successor counts', async () => {
  const aps = await open();
  const first = (await exchange(aps)).body;
  const renew = (token: unknown, more = {}) =>
    post(aps, 'token', {
      grant_type: 'refresh_token',
      client_id: aps.publicClientId,
      refresh_token: String(token),
      ...more,
    });
  const second = await renew(first?.refresh_token);
  expect(second.status).toBe(200);
  expect((await renew(first?.refresh_token)).status).toBe(400);
  expect(await renew(second.body?.refresh_token, { scope: 'account:write' })).toMatchObject({
    body: { errorCode: 'AUTH-004' },
  });
  expect((await renew(second.body?.refresh_token, { scope: 'data:read' })).status).toBe(200);
});

test('a refresh token lives 15 days', async () => {
  let now = 1_700_000_000_000;
  const aps = await open({ now: () => now });
  const { body } = await exchange(aps);
  now += 15 * 86_400_000;
  const form = { grant_type: 'refresh_token', client_id: aps.publicClientId };
  expect((await post(aps, 'token', { ...form, refresh_token: String(body?.refresh_token) })).status).toBe(400);
});

test('a public app has no token of its own, and no Model Derivative', async () => {
  const aps = await open();
  const form = { grant_type: 'client_credentials', client_id: aps.publicClientId, scope: 'data:read' };
  expect(await post(aps, 'token', form)).toMatchObject({ status: 400, body: { errorCode: 'AUTH-009' } });
  const { body } = await exchange(aps);
  const headers = { authorization: `Bearer ${body?.access_token}` };
  const refused = await fetch(`${aps.url}/modelderivative/v2/designdata/abc/manifest`, { headers });
  expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ errorCode: 'AUTH-001' })]);
  expect((await fetch(`${aps.url}/webhooks/v1/hooks`, { headers })).status).toBe(204);
  expect((await fetch(`${aps.url}/webhooks/v1/app/hooks`, { headers })).status).toBe(403);
});

test('what is revoked no longer counts, and introspection says so', async () => {
  const aps = await open();
  const { body } = await exchange(aps);
  const client_id = aps.publicClientId;
  const [access, refresh] = [String(body?.access_token), String(body?.refresh_token)];
  const look = async (token: string) => (await post(aps, 'introspect', { client_id, token })).body;
  expect(await look(access)).toMatchObject({ active: true, scope: wanted.scope, userid: expect.any(String) });
  expect(await look(refresh)).toMatchObject({ active: true, client_id });
  expect((await post(aps, 'revoke', { client_id, token: refresh })).body?.errorCode).toBe('AUTH-008');
  expect((await post(aps, 'revoke', { client_id, token: refresh, token_type_hint: 'x' })).body?.errorCode).toBe(
    'AUTH-013',
  );
  expect(await post(aps, 'revoke', { client_id, token: refresh, token_type_hint: 'refresh_token' })).toEqual({
    status: 200,
    body: undefined,
  });
  await post(aps, 'revoke', { client_id, token: access, token_type_hint: 'access_token' });
  expect([await look(access), await look(refresh)]).toEqual([{ active: false }, { active: false }]);
});

test('the profile is for persons', async () => {
  const aps = await open();
  const ask = async (token: string) =>
    (await fetch(`${aps.url}/userinfo`, { headers: { authorization: `Bearer ${token}` } })).status;
  expect(await ask(aps.issueToken({ scopes: ['user-profile:read'] }))).toBe(403);
  expect(await ask(aps.issueToken({ user: 'KIM', scopes: ['data:read'] }))).toBe(403);
  expect(await ask(aps.issueToken({ user: 'KIM', scopes: ['user-profile:read'] }))).toBe(200);
});
