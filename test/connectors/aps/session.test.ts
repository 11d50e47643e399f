import { calculatePKCECodeChallenge } from 'oauth4webapi';
import { expect, test } from 'vitest';
import { userInfoUrlOf } from '../../../main/connectors/aps/account.ts';
import { call, legOf, limitationsOf, signIn } from '../../../main/connectors/aps/api.ts';
import { apsSignIn } from '../../../main/connectors/aps/session.ts';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import type { Context } from '../../../main/engine/connector/index.ts';
import type { Aps, ApsOptions } from '../../../main/sandbox/aps/index.ts';
import { clientSecret, createContext, failure, openAps, openServer } from '../context.ts';

const redirectUri = 'http://localhost:8080/callback';
const state = 'inventedState';

interface Person {
  readonly aps: Aps;
  readonly context: Context;
  /** What was kept, one after the other; `undefined` = forgotten. */
  readonly kept: (string | undefined)[];
}

/** A person's context that keeps as the engine does. */
function asPerson(context: Context, kind: 'user' | 'public', clientId: string, kept: Person['kept'] = []): Context {
  const secrets: Record<string, string> = kind === 'user' ? { clientSecret } : {};
  return {
    ...context,
    settings: { ...context.settings, kind, clientId },
    secrets,
    async storeSecret(name, value) {
      kept.push(value);
      if (value === undefined) delete secrets[name];
      else secrets[name] = value;
    },
  };
}

async function openPerson(kind: 'user' | 'public', options: ApsOptions = {}): Promise<Person> {
  const { aps, context } = await openAps({ consent: 'allow', ...options });
  const kept: Person['kept'] = [];
  const clientId = kind === 'public' ? aps.publicClientId : aps.clientId;
  return { aps, kept, context: asPerson(context, kind, clientId, kept) };
}

async function enter({ context }: Person): Promise<URLSearchParams> {
  const { url, finish } = await apsSignIn.start(context, state, redirectUri);
  const { headers } = await fetch(url, { redirect: 'manual' });
  const answer = new URL(headers.get('location') ?? '').searchParams;
  await finish(answer);
  return answer;
}

test('a challenge is what RFC 7636 says', async () => {
  expect(await calculatePKCECodeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  );
});

test('the page of the sign-in is asked as the reference says', async () => {
  const person = await openPerson('public');
  const { url } = await apsSignIn.start(person.context, state, redirectUri);
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
    response_type: 'code',
    client_id: person.aps.publicClientId,
    redirect_uri: redirectUri,
    scope: 'data:read data:write data:create user-profile:read',
    state,
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
  expect(url).toContain('scope=data%3Aread%20data%3Awrite');
});

test('credentials are plain base64, and a public app sends its id alone', async () => {
  const person = await openPerson('user');
  await enter(person);
  const [request] = person.aps.requests.filter(({ path }) => path.endsWith('/token'));
  const { clientId } = person.aps;
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`);
  expect(new URLSearchParams(request?.body).has('client_id')).toBe(false);
  const other = await openPerson('public');
  await enter(other);
  const [open] = other.aps.requests.filter(({ path }) => path.endsWith('/token'));
  expect(open?.headers.authorization).toBeUndefined();
  expect(new URLSearchParams(open?.body).get('client_id')).toBe(other.aps.publicClientId);
});

test('a new refresh token is kept before its access token is used', async () => {
  const person = await openPerson('user');
  await enter(person);
  person.aps.revokeTokens();
  const order: string[] = [];
  const context: Context = {
    ...person.context,
    memory: new Map(),
    async storeSecret(name, value) {
      await new Promise((resolve) => setImmediate(resolve));
      await person.context.storeSecret(name, value);
      order.push('kept');
    },
    fetch: (...parameters: Parameters<typeof fetch>) => {
      order.push(new URL(String(parameters[0] instanceof Request ? parameters[0].url : parameters[0])).pathname);
      return fetch(...parameters);
    },
  };
  await call(context, { method: 'GET', path: '/webhooks/v1/hooks' });
  expect(order).toEqual(['/authentication/v2/token', 'kept', '/webhooks/v1/hooks']);
});

test('where the disk refuses the new token, it is kept at the next attempt and the old one is not spent again', async () => {
  const person = await openPerson('public');
  await enter(person);
  let isFull = true;
  const context: Context = {
    ...person.context,
    memory: new Map(),
    async storeSecret(name, value) {
      if (isFull) throw new Error('ENOSPC');
      await person.context.storeSecret(name, value);
    },
  };
  await expect(signIn(context)).rejects.toThrow('ENOSPC');
  isFull = false;
  await expect(signIn(context)).resolves.toMatch(/./);
  const spent = person.aps.requests.filter(({ body }) => body.includes('grant_type=refresh_token'));
  expect(spent).toHaveLength(1);
  expect(apsSignIn.stateOf(context).signedIn).toBe(true);
});

test('an answer without a new refresh token keeps the old one, and without a life an hour is assumed', async () => {
  const { context } = await openServer((_, response) =>
    response.setHeader('content-type', 'application/json').end('{"access_token":"fresh","token_type":"Bearer"}'),
  );
  let now = 1_700_000_000_000;
  const kept: string[] = [];
  const person: Context = {
    ...asPerson(context, 'public', 'anybody'),
    secrets: { session: JSON.stringify({ token: 'old-one', since: now - 5, until: now + 5 }) },
    storeSecret: async (_, value) => void kept.push(value ?? ''),
    now: () => now,
  };
  expect(await signIn(person)).toBe('fresh');
  expect(kept.map((text) => JSON.parse(text))).toEqual([
    { token: 'old-one', since: now, until: now + 15 * 86_400_000 },
  ]);
  now += (3599 - 91) * 1000;
  await signIn(person);
  expect(kept).toHaveLength(1);
  now += 2000;
  await signIn(person);
  expect(kept).toHaveLength(2);
});

test('a code that was used or is too old is refused in one sentence', async () => {
  const person = await openPerson('user', { authenticationErrors: 'oauth' });
  const { finish } = await apsSignIn.start(person.context, state, redirectUri);
  const error = await failure(finish(new URLSearchParams({ code: 'invented-code', state })));
  expect(error.message).toMatch(/^Autodesk rejected the request \(invalid_grant\): The authorization code/);
  expect(person.kept).toEqual([]);
});

test.each([
  [{ error: 'access_denied' }, 'The sign-in was rejected in the browser. Sign in again and allow the access.'],
  [
    { error: 'invalid_scope', error_description: 'No  such\nscope.' },
    'Autodesk did not sign you in (invalid_scope): No such scope. Try again.',
  ],
  [{ error: '<script>' }, 'Autodesk did not sign you in (no reason). Try again.'],
])('an answer of the browser with %j is one clear sentence', async (answer, sentence) => {
  const person = await openPerson('public');
  const { finish } = await apsSignIn.start(person.context, state, redirectUri);
  const error = await failure(finish(new URLSearchParams({ ...answer, state })));
  expect(error.message).toBe(sentence);
  expect(person.aps.requests).toHaveLength(0);
});

test('no token, code or secret shows in a message, though the answer repeats them all', async () => {
  const { context } = await openServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const detail = `${request.headers.authorization} ${decodeURIComponent(body)}`;
      response.writeHead(400).end(JSON.stringify({ error: 'invalid_request', error_description: detail }));
    });
  });
  const session = JSON.stringify({ token: 'refresh-42', since: 0, until: 1 });
  const person = { ...asPerson(context, 'user', 'anybody'), secrets: { clientSecret, session } };
  const renewal = await failure(signIn(person));
  expect(renewal.message).toContain('•••');
  const { finish } = await apsSignIn.start(person, state, redirectUri);
  const exchange = await failure(finish(new URLSearchParams({ code: 'code-42', state })));
  const credentials = Buffer.from(`anybody:${clientSecret}`).toString('base64');
  for (const secret of ['refresh-42', 'code-42', clientSecret, credentials]) {
    expect(`${renewal.message} ${exchange.message}`).not.toContain(secret);
  }
  expect(exchange.message).toMatch(/code_verifier=•••/);
});

test('who signed in is told by name, and the app where the profile is silent', async () => {
  const person = await openPerson('user');
  await enter(person);
  expect(await apsWebhooks.check(person.context)).toEqual({ name: 'Kim Example' });
  person.aps.addFault({ path: '/userinfo', status: 403 });
  expect(await apsWebhooks.check(person.context)).toEqual({ name: 'App invented…' });
});

test('the profile of Autodesk is on a host of its own', () => {
  expect(userInfoUrlOf({ settings: {} })).toBe('https://api.userprofile.autodesk.com/userinfo');
  expect(userInfoUrlOf({ settings: { baseUrl: 'http://127.0.0.1:1/' } })).toBe('http://127.0.0.1:1/userinfo');
});

test('signing out revokes the refresh token before the access token, and forgets both', async () => {
  const person = await openPerson('public');
  await enter(person);
  await apsSignIn.end(person.context);
  const hints = person.aps.requests
    .filter(({ path }) => path.endsWith('/revoke'))
    .map(({ body }) => new URLSearchParams(body).get('token_type_hint'));
  expect(hints).toEqual(['refresh_token', 'access_token']);
  expect(person.kept.at(-1)).toBeUndefined();
  expect((await failure(signIn(person.context))).message).toBe(
    'Nobody is signed in for this connection. Sign in on the connections page.',
  );
});

test('an access token that is refused is renewed once, and then the person is asked', async () => {
  const person = await openPerson('user');
  await enter(person);
  person.aps.addFault({ path: '/hooks', status: 401, body: { errorCode: 'AUTH-006' } });
  const error = await failure(call(person.context, { method: 'GET', path: '/webhooks/v1/hooks' }));
  expect([error.code, error.message]).toEqual([
    'conflict',
    'Autodesk no longer accepts the sign-in. Sign in again on the connections page.',
  ]);
  const renewals = person.aps.requests.filter(({ body }) => body.includes('grant_type=refresh_token'));
  expect(renewals).toHaveLength(1);
});

test('the kind of account decides the leg, and what it may not do', () => {
  expect(['app', 'user', 'public', undefined].map((kind) => legOf({ settings: kind ? { kind } : {} }))).toEqual([
    'app',
    'user',
    'user',
    'app',
  ]);
  expect(limitationsOf({ kind: 'user' })).toEqual([]);
  expect(limitationsOf({ kind: 'public' }).map(({ bundle }) => bundle)).toEqual(['jobs']);
});

test.each([
  [{ error_description: 'one', userMessage: 'two', developerMessage: 'three' }, 'one'],
  [{ userMessage: 'two', developerMessage: 'three', detail: 'four' }, 'two'],
  [{ userMessage: '', developerMessage: 'three', detail: 'four', 'more info': 'https://x' }, 'three'],
  [{ detail: 'four', title: 'five', message: 'six' }, 'four'],
  [{ title: 'five', message: 'six' }, 'five'],
  [{ message: 'six', diagnostic: 'seven' }, 'six'],
  [{ diagnostic: 'seven', reason: 'eight' }, 'seven'],
  [{ reason: 'eight' }, 'eight'],
])('of several texts in an error the clearest is shown: %j', async (body, text) => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/hooks', status: 400, body });
  const error = await failure(call(context, { method: 'GET', path: '/webhooks/v1/hooks' }));
  expect(error.message).toBe(`Autodesk rejected the request (HTTP 400): ${text}.`);
});

test.each([
  ['AUTH-001', 403, 'Add the API'],
  ['AUTH-002', 403, 'Add the API'],
  ['AUTH-005', 403, 'Sign in again'],
  ['AUTH-006', 401, 'does not accept the sign-in'],
  ['AUTH-010', 403, 'lacks a right'],
  ['AUTH-011', 403, 'the other kind of account'],
  ['AUTH-016', 400, 'rejected the request (AUTH-016): Some words.'],
])('the gateway’s %s says what to do', async (errorCode, status, advice) => {
  const { aps, context } = await openAps();
  const body = { developerMessage: 'Some words.', userMessage: '', errorCode, 'more info': 'https://example.com/' };
  aps.addFault({ path: '/hooks', status, body });
  const error = await failure(call(context, { method: 'GET', path: '/webhooks/v1/hooks' }));
  expect(error.message).toContain(advice);
});

test('contexts of two connections never share a token', async () => {
  const { aps, context } = await openAps();
  const other = createContext(aps.url);
  expect(await signIn(context)).not.toBe(await signIn(other));
});
