import { randomBytes } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { expect, test } from 'vitest';
import { call, signIn } from '../../../main/connectors/aps/api.ts';
import { refresh } from '../../../main/connectors/aps/oauth.ts';
import { apsWebhooks } from '../../../main/connectors/aps-webhooks/connector.ts';
import { clientSecret, failure, isSignIn, openAps, openServer, signedIn } from '../context.ts';

const page = { method: 'GET', path: '/webhooks/v1/hooks' } as const;
const noSignIn =
  'so Ringback could not sign in. Check the base URL of the connection, and whether the network asks for a sign-in of its own.';
const signIns = (requests: readonly { path: string }[]) =>
  requests.filter(({ path }) => path.endsWith('/token')).length;

test('a check signs in and names the app', async () => {
  const { aps, context } = await openAps();
  expect(await apsWebhooks.check(context)).toEqual({ name: 'App invented…' });
  expect(aps.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'POST /authentication/v2/token',
    'GET /webhooks/v1/hooks',
  ]);
});

test('however many ask at once, one token is requested', async () => {
  const { aps, context } = await openAps();
  await Promise.all(Array.from({ length: 10 }, () => call(context, page)));
  expect(signIns(aps.requests)).toBe(1);
});

test('a token is renewed 90 seconds early, by one request', async () => {
  let now = 1_000_000;
  const { aps, context: real } = await openAps({ now: () => now });
  const context = { ...real, now: () => now };
  const first = await signIn(context);
  now += (3599 - 91) * 1000;
  expect(await signIn(context)).toBe(first);
  now += 2000;
  const renewed = await Promise.all([signIn(context), signIn(context), signIn(context)]);
  expect(new Set(renewed).size).toBe(1);
  expect(renewed[0]).not.toBe(first);
  expect(signIns(aps.requests)).toBe(2);
});

test('a token that is refused is replaced once, for everybody', async () => {
  const { aps, context } = await openAps();
  await call(context, page);
  aps.revokeTokens();
  await Promise.all([call(context, page), call(context, page), call(context, page)]);
  expect(signIns(aps.requests)).toBe(2);
});

test('a service that never takes the token is not asked for ever', async () => {
  let asked = 0;
  const { context } = await openServer(
    signedIn((_, response) => {
      asked += 1;
      response.writeHead(401).end('{"developerMessage":"The token is not valid.","errorCode":"AUTH-006"}');
    }),
  );
  expect((await failure(call(context, page))).message).toBe(
    'Autodesk does not accept the sign-in (AUTH-006). Check the client id and secret.',
  );
  expect(asked).toBe(2);
});

test('a sign-in that failed is tried again the next time', async () => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/token', status: 500, times: 1 });
  expect((await failure(signIn(context))).message).toContain('an outage (HTTP 500)');
  await expect(signIn(context)).resolves.toMatch(/./);
});

test.each([
  ['gateway', { clientId: 'somebody-else' }, {}, 'AUTH-001'],
  ['gateway', {}, { clientSecret: 'wrong-secret' }, 'AUTH-003'],
  ['oauth', {}, { clientSecret: 'wrong-secret' }, 'invalid_client'],
] as const)('wrong credentials are said in one sentence (%s %j %j)', async (shape, settings, secrets, code) => {
  const { context } = await openAps({ authenticationErrors: shape });
  const wrong = {
    ...context,
    settings: { ...context.settings, ...settings },
    secrets: { ...context.secrets, ...secrets },
  };
  const { code: kind, message } = await failure(apsWebhooks.check(wrong));
  expect([kind, message]).toEqual(['provider', `Autodesk rejected the client id or secret (${code}).`]);
});

test.each<readonly [number, string, string]>([
  [401, '', 'Autodesk rejected the client id or secret (HTTP 401).'],
  [403, '<html>no</html>', 'Autodesk rejected the client id or secret (HTTP 403).'],
  [
    400,
    '{"errorCode":"AUTH-009","developerMessage":"x"}',
    'This kind of app cannot sign in with a client secret (AUTH-009). Use an app of type Traditional Web App or Server-to-Server.',
  ],
  [
    400,
    '{"error":"invalid_scope","error_description":"No such scope."}',
    'Autodesk rejected the request (invalid_scope): No such scope.',
  ],
  [404, '<h1>Not found</h1>', 'There is no sign-in of Autodesk at this address (HTTP 404). Check the base URL.'],
  [302, '', "The address sends elsewhere (HTTP 302), so it is not Autodesk's. Check the base URL."],
  [200, '<html>hello</html>', `HOST answered with a web page instead of a token, ${noSignIn}`],
  [
    200,
    '<!DOCTYPE html><TITLE lang=de>Hotel\u202e\nWLAN</TITLE>',
    `HOST answered with a web page titled "Hotel WLAN" instead of a token, ${noSignIn}`,
  ],
  [200, '', `HOST answered with nothing instead of a token, ${noSignIn}`],
  [200, 'ok', `HOST answered with text instead of a token, ${noSignIn}`],
  [200, '{"access_token":""}', `HOST answered without a token, ${noSignIn}`],
  ...['a\r\nx-evil: 1', 'two words', '\u0000', 'Schlüssel', '\ud800'].map(
    (token) =>
      [
        200,
        JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 60 }),
        `HOST answered without a token, ${noSignIn}`,
      ] as const,
  ),
  [200, '{"access_token":null,"token_type":"Bearer"}', `HOST answered without a token, ${noSignIn}`],
])('a sign-in answered by %i %s is one clear sentence', async (status, body, sentence) => {
  const { url, context } = await openServer((_, response) =>
    response.writeHead(status, { location: '/elsewhere' }).end(body),
  );
  expect((await failure(signIn(context))).message).toBe(sentence.replace('HOST', new URL(url).host));
});

test.each(['refresh_token', 'scope', 'id_token', 'expires_in'])(
  'a token whose %s is null is accepted',
  async (name) => {
    const { context } = await openServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'invented', token_type: 'Bearer', expires_in: 60, [name]: null }));
    });
    expect(await signIn(context)).toBe('invented');
    expect(await refresh(context, 'spent')).toMatchObject({ granted: true, access: { value: 'invented' } });
  },
);

test.each(['1e300', '9007199254740993', '86401'])(
  'a token that is valid for %s seconds is used for a day at most',
  async (lifetime) => {
    const { context } = await openServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(`{"access_token":"invented","token_type":"Bearer","expires_in":${lifetime}}`);
    });
    const { granted, ...reply } = await refresh(context, 'spent');
    expect(granted).toBe(true);
    expect('access' in reply && reply.access.usableUntil).toBeLessThanOrEqual(context.now() + 24 * 60 * 60 * 1000);
  },
);

/** Sends such a block again and again, compressed, up to 1 GiB; gives how many bytes of it were taken before compression. */
async function endlessServer(block: Buffer) {
  const counted = { bytes: 0 };
  const { context } = await openServer(
    signedIn((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      const endless = new Readable({
        read() {
          counted.bytes += block.length;
          this.push(counted.bytes > 1024 ** 3 ? null : block);
        },
      });
      pipeline(endless, createGzip({ level: 1 }), response, () => {});
    }),
  );
  return { context, counted };
}

test('an answer without end is given up, also where it is compressed', async () => {
  // Bytes that cannot be compressed: of others, the sockets alone take hundreds of megabytes.
  const { context, counted } = await endlessServer(randomBytes(1024 * 1024));
  const { code, reason } = await failure(call(context, page));
  expect([code, reason?.code]).toEqual(['provider', 'network.responseTooLong']);
  expect(counted.bytes).toBeLessThan(256 * 1024 * 1024);
});

test('an answer that expands without end is given up', async () => {
  const { context } = await endlessServer(Buffer.alloc(1024 * 1024, ' '));
  const { code, reason } = await failure(call(context, page));
  expect([code, reason?.code]).toEqual(['provider', 'network.responseTooLong']);
});

test.each([
  [
    400,
    '{"id":"1","detail":["Failed to create more than 1000 hooks for same scope"]}',
    'provider',
    'Autodesk rejected the request (HTTP 400): Failed to create more than 1000 hooks for same scope.',
  ],
  [
    403,
    '{"errorCode":"AUTH-001","developerMessage":"no"}',
    'provider',
    'Autodesk does not let this app use the API (AUTH-001). Add the API (for hooks, the Webhooks API) to the app in the developer portal, aps.autodesk.com/myapps.',
  ],
  [
    403,
    '<html><body>Forbidden</body></html>',
    'provider',
    'Autodesk does not allow this (HTTP 403). For ACC and BIM 360 an account administrator must add the client id as a custom integration; otherwise check the rights on the scope.',
  ],
  [404, '', 'not-found', 'Autodesk does not know this (HTTP 404). Check the names, the scope and the region.'],
  [
    409,
    '{"code":"CONFLICT_ERROR","detail":"Duplicate."}',
    'conflict',
    'Autodesk says this exists already (CONFLICT_ERROR): Duplicate.',
  ],
  [415, 'plain words', 'provider', 'Autodesk rejected the request (HTTP 415): plain words.'],
  [500, '{"id":"9"}', 'provider', 'Autodesk has an outage (HTTP 500). Try again in a few minutes.'],
  [503, '<html>busy</html>', 'provider', 'Autodesk has an outage (HTTP 503). Try again in a few minutes.'],
])('an answer %i %s becomes a sentence', async (status, body, code, sentence) => {
  const { context } = await openServer(signedIn((_, response) => response.writeHead(status).end(body)));
  const error = await failure(call(context, page));
  expect([error.code, error.message]).toEqual([code, sentence]);
});

test('no secret shows in a message, though the answer repeats them all', async () => {
  const { context } = await openServer((request, response) => {
    if (isSignIn(request)) return signedIn(() => undefined)(request, response);
    response.writeHead(400).end(JSON.stringify({ detail: `${clientSecret} inventedToken ${'f'.repeat(64)}` }));
  });
  const request = { method: 'PATCH', path: '/x', json: { token: 'f'.repeat(64) } } as const;
  expect((await failure(call(context, request))).message).toBe(
    'Autodesk rejected the request (HTTP 400): ••• ••• •••.',
  );
  const echo = await openServer((request_, response) => {
    response.writeHead(400).end(JSON.stringify({ detail: `${request_.headers.authorization} ${clientSecret}` }));
  });
  const { message } = await failure(signIn(echo.context));
  expect(message).toBe('Autodesk rejected the request (HTTP 400): Basic ••• •••.');
});

test('Retry-After is obeyed', async () => {
  const { aps, context } = await openAps();
  await signIn(context);
  aps.addFault({ path: '/hooks', status: 429, retryAfter: 1, times: 1 });
  expect((await call(context, page)).status).toBe(204);
  const [first, second] = aps.requests.filter(({ path }) => path.endsWith('/hooks'));
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995);
});

test('a wait longer than a minute is told instead', async () => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/hooks', status: 429, retryAfter: 120 });
  expect((await failure(call(context, page))).message).toBe(
    'Autodesk limits the number of requests. Try again in 120 seconds.',
  );
  expect(aps.requests.filter(({ path }) => path.endsWith('/hooks'))).toHaveLength(1);
});

test('a clock that is set back by a year does not make that wait a year', async () => {
  const { aps, context } = await openAps();
  const clock = { ahead: 365 * 24 * 3_600_000 };
  const moved = { ...context, now: () => Date.now() + clock.ahead };
  aps.addFault({ path: '/hooks', status: 429, retryAfter: 120, times: 1 });
  for (const _ of [1, 2]) expect((await failure(call(moved, page))).message).toContain('Try again in ');
  clock.ahead = 0;
  expect((await call(moved, page)).status).toBe(204);
});

test.each([408, 429, 502, 503, 504])('HTTP %i passes unnoticed when the next attempt succeeds', async (status) => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/hooks', status, times: 1, body: '<html></html>' });
  expect((await call(context, page)).status).toBe(204);
});

test.each([400, 403, 404, 500])('HTTP %i is not tried again', async (status) => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/hooks', status });
  await failure(call(context, page));
  expect(aps.requests.filter(({ path }) => path.endsWith('/hooks'))).toHaveLength(1);
});

test('a connection cut once passes unnoticed', async () => {
  const { aps, context } = await openAps();
  aps.addFault({ path: '/hooks', cut: 'before', times: 1 });
  expect((await call(context, page)).status).toBe(204);
});

test('a host that cannot be reached is named', async () => {
  const { aps, context } = await openAps();
  await aps.stop();
  const error = await failure(apsWebhooks.check(context));
  expect([error.code, error.message]).toEqual([
    'offline',
    `${new URL(aps.url).host} cannot be reached (connection refused). Check the internet connection and the address.`,
  ]);
});

test('closing ends a request that waits', async () => {
  const { aps, context } = await openAps();
  const closing = new AbortController();
  aps.addFault({ path: '/token', hang: true });
  const asked = failure(signIn({ ...context, signal: closing.signal }));
  while (aps.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
  closing.abort();
  expect((await asked).message).toContain('closing');
});

test('the sign-in never follows to another host', async () => {
  const { aps } = await openAps();
  const { context } = await openServer((_, response) => {
    response.writeHead(307, { location: `${aps.url}/authentication/v2/token` }).end();
  });
  await failure(signIn(context));
  expect(aps.requests).toHaveLength(0);
});
