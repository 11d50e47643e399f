import { expect, test } from 'vitest';
import type { Aps } from '../../../main/sandbox/aps/index.ts';
import { openAps } from '../caller.ts';

const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const wanted = { grant_type: 'client_credentials', scope: 'data:read data:write' };

async function signIn(aps: Aps, form: Record<string, string>, authorization?: string) {
  const response = await fetch(`${aps.url}/authentication/v2/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: authorization === undefined ? {} : { authorization },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('the client id and secret give a token, in the header or in the body', async () => {
  const aps = await openAps();
  const answer = { status: 200, body: { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3599 } };
  expect(await signIn(aps, wanted, basic(aps.clientId, aps.clientSecret))).toEqual(answer);
  const inBody = { ...wanted, client_id: aps.clientId, client_secret: aps.clientSecret };
  expect(await signIn(aps, inBody)).toEqual(answer);
});

test('both forms at once are refused', async () => {
  const aps = await openAps();
  const both = { ...wanted, client_id: aps.clientId, client_secret: aps.clientSecret };
  expect((await signIn(aps, both, basic(aps.clientId, aps.clientSecret))).status).toBe(400);
});

test.each([
  ['an unknown client', 'AUTH-001', 403, (aps: Aps) => signIn(aps, wanted, basic('nobody', aps.clientSecret))],
  ['a wrong secret', 'AUTH-003', 401, (aps: Aps) => signIn(aps, wanted, basic(aps.clientId, 'wrong'))],
  ['no client at all', 'AUTH-012', 401, (aps: Aps) => signIn(aps, wanted)],
  ['a client id alone', 'AUTH-008', 400, (aps: Aps) => signIn(aps, { ...wanted, client_id: aps.clientId })],
  ['no scope', 'AUTH-008', 400, (aps: Aps) => signedIn(aps, { grant_type: 'client_credentials' })],
  ['an unknown scope', 'AUTH-004', 400, (aps: Aps) => signedIn(aps, { ...wanted, scope: 'data:read data:all' })],
  ['another grant', 'AUTH-009', 400, (aps: Aps) => signedIn(aps, { ...wanted, grant_type: 'password' })],
])('%s is refused with %s', async (_what, errorCode, status, ask) => {
  const answer = await ask(await openAps());
  expect(answer.status).toBe(status);
  expect(answer.body).toEqual({
    developerMessage: expect.any(String),
    userMessage: '',
    errorCode,
    'more info': expect.any(String),
  });
});

function signedIn(aps: Aps, form: Record<string, string>) {
  return signIn(aps, form, basic(aps.clientId, aps.clientSecret));
}

test('the OAuth form of an error can be switched on', async () => {
  const aps = await openAps({ authenticationErrors: 'oauth' });
  expect(await signIn(aps, wanted, basic(aps.clientId, 'wrong'))).toEqual({
    status: 401,
    body: { error: 'invalid_client', error_description: expect.any(String) },
  });
});

test('a JSON body is refused with AUTH-007', async () => {
  const aps = await openAps();
  const response = await fetch(`${aps.url}/authentication/v2/token`, {
    method: 'POST',
    body: JSON.stringify(wanted),
    headers: { 'content-type': 'application/json', authorization: basic(aps.clientId, aps.clientSecret) },
  });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ errorCode: 'AUTH-007' });
});

test('a token counts until its time is over, and not at all when it is made up or missing', async () => {
  let now = 1_700_000_000_000;
  const aps = await openAps({ tokenLifetime: 60, now: () => now });
  const { body } = await signedIn(aps, wanted);
  const list = async (headers: Record<string, string>) => {
    const response = await fetch(`${aps.url}/webhooks/v1/hooks`, { headers });
    return [response.status, JSON.parse((await response.text()) || '{}').errorCode];
  };
  const bearer = { authorization: `Bearer ${body.access_token}` };
  now += 59_999;
  expect(await list(bearer)).toEqual([204, undefined]);
  now += 1;
  expect(await list(bearer)).toEqual([401, 'AUTH-006']);
  expect(await list({ authorization: 'Bearer invented' })).toEqual([401, 'AUTH-006']);
  expect(await list({})).toEqual([401, 'AUTH-012']);
});

test('revoked tokens are refused and a new sign-in helps', async () => {
  const aps = await openAps();
  const authorization = `Bearer ${aps.issueToken()}`;
  aps.revokeTokens();
  const list = (token: string) => fetch(`${aps.url}/webhooks/v1/hooks`, { headers: { authorization: token } });
  expect((await list(authorization)).status).toBe(401);
  expect((await list(`Bearer ${(await signedIn(aps, wanted)).body.access_token}`)).status).toBe(204);
});

test('a host name other than this computer is turned away', async () => {
  const aps = await openAps();
  const { request } = await import('node:http');
  const status = await new Promise((resolve, reject) => {
    const asking = request(
      `${aps.url}/sandbox`,
      { headers: { host: 'rebound.example.com' }, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    asking.once('error', reject).end();
  });
  expect(status).toBe(403);
});
