import { expect, test } from 'vitest';
import { autoflex } from '../../../main/connectors/autoflex/connector.ts';
import { failure, openServer } from '../context.ts';
import { createContext, openAutoflex } from './context.ts';

const minute = 60_000;
const noSignIn =
  'so Ringback could not sign in. Check the base URL of the connection, and whether the network asks for a sign-in of its own.';

test('the form asks for what the documentation names, and knows both published addresses', () => {
  const names = autoflex.fields.map(({ name, kind, required }) => `${name} ${kind}${required ? '' : ' optional'}`);
  expect(names).toEqual([
    'baseUrl url',
    'username text',
    'apiKey secret',
    'password secret',
    'organization text optional',
    'apiHost text optional',
  ]);
  const [baseUrl] = autoflex.fields;
  expect(baseUrl?.default).toBe('https://www.autoflex10.dev/autoflex/servoy-service/velocity/webservice_v2');
  expect(baseUrl?.choices?.map(({ value }) => value)).toEqual([baseUrl?.default, 'https://api.autoflex10.work/v2']);
});

test('a check signs in, makes one harmless call and names the account', async () => {
  const { connector, context, sandbox, asked } = await openAutoflex();
  expect(await connector.check(context)).toEqual({ name: `administrator at ${new URL(sandbox.url).host}` });
  expect(asked()).toEqual(['GET /authenticate', 'GET /util/list']);
  expect(sandbox.requests[1]?.query).toBe('?list=ordertypes');
  expect(sandbox.requests[1]?.headers).toMatchObject({ token: expect.any(String) });
  expect(sandbox.requests[1]?.headers).not.toHaveProperty('authorization');
});

test('an organisation goes with the sign-in and into the name', async () => {
  const { connector, context, sandbox } = await openAutoflex();
  const settings = { ...context.settings, organization: 'Müller & Söhne' };
  expect(await connector.check({ ...context, settings })).toEqual({ name: 'administrator of Müller & Söhne' });
  expect(new URLSearchParams(sandbox.requests[0]?.query).get('organization_name')).toBe('Müller & Söhne');
});

test('an Autoflex10 without the list is connected all the same', async () => {
  const { connector, context, sandbox } = await openAutoflex();
  sandbox.addFault({ path: '/util/list', status: 404 });
  await expect(connector.check(context)).resolves.toHaveProperty('name');
});

test('however many ask, one sign-in is made, and again after 25 minutes', async () => {
  let now = Date.now();
  const { context, backups, asked, order } = await openAutoflex({}, { now: () => now });
  await Promise.all([order(), order(), order()]);
  now += 25 * minute - 1;
  await order();
  expect(asked().filter((line) => line === 'GET /authenticate')).toHaveLength(1);
  now += 1;
  await backups.resolve(context, await order());
  expect(asked().filter((line) => line === 'GET /authenticate')).toHaveLength(2);
});

test.each(['POST /backup/owner', 'GET /webhook'])('a token that expired is renewed once during %s', async (step) => {
  const { sandbox, context, backups, order, asked } = await openAutoflex();
  const id = await order();
  sandbox.expireTokens();
  if (step.startsWith('POST')) await order();
  else await backups.resolve(context, id);
  const after = asked().slice(2);
  expect(after).toEqual([step, 'GET /authenticate', step]);
});

test.each([401, 403])('a service that never takes the token (%s) is asked twice, and said so', async (status) => {
  const { sandbox, context, backups, callbackUrl, asked } = await openAutoflex();
  sandbox.addFault({ path: '/backup', status, body: { message: 'Not for this user.' } });
  const { code, message } = await failure(backups.request(context, 'backup-owner', callbackUrl));
  expect([code, message]).toEqual([
    'provider',
    `Autoflex10 does not allow this (HTTP ${status}): Not for this user. Check the rights of the user.`,
  ]);
  expect(asked()).toEqual(['GET /authenticate', 'POST /backup/owner', 'GET /authenticate', 'POST /backup/owner']);
});

test('a sign-in answered "not ready" is repeated after the time it names', async () => {
  const { connector, context, waits } = await openAutoflex({ signIn: { notReady: 5, retry: 7000 } });
  await connector.check(context);
  expect(waits).toEqual([7000, 7000, 7000, 7000, 7000]);
});

test.each([
  [10, 1000],
  [900_000, 60_000],
  [null, 5000],
])('a wait of %s is taken as %s ms', async (retry, waited) => {
  const { connector, context, waits } = await openAutoflex({ signIn: { notReady: 1, retry } });
  await connector.check(context);
  expect(waits).toEqual([waited]);
});

test('a sign-in that is never ready ends after five repetitions', async () => {
  const { connector, context, asked } = await openAutoflex({ signIn: { notReady: 99 } });
  expect((await failure(connector.check(context))).message).toBe(
    'Autoflex10 is still not ready (it answered 202). Try again in a few minutes.',
  );
  expect(asked()).toHaveLength(6);
});

test.each(['apiKey', 'password', 'username'])('a wrong %s is said in one sentence without it', async (name) => {
  const { connector, context } = await openAutoflex();
  const settings = name === 'username' ? { ...context.settings, username: 'somebody' } : context.settings;
  const secrets = name === 'username' ? context.secrets : { ...context.secrets, [name]: 'wrong+&value' };
  expect((await failure(connector.check({ ...context, settings, secrets }))).message).toBe(
    'Autoflex10 rejected the sign-in (HTTP 401). Check the API key, the user name, the password and the organisation.',
  );
});

test.each([
  [404, 'nothing', 'There is no sign-in of Autoflex10 at this address (HTTP 404). Check the base URL.'],
  [500, '{"error":"down"}', 'Autoflex10 has an outage (HTTP 500): down. Try again in a few minutes.'],
  [200, '<html>Welcome</html>', `HOST answered with a web page instead of a token, ${noSignIn}`],
  [
    200,
    '<html><head><title>Sign in to ACME-Guest</title>',
    `HOST answered with a web page titled "Sign in to ACME-Guest" instead of a token, ${noSignIn}`,
  ],
  [200, '{"user_id":1}', `HOST answered without a token, ${noSignIn}`],
  [200, '{"token":null,"data":null}', `HOST answered without a token, ${noSignIn}`],
  [200, '{"token":"two words"}', `HOST answered without a token, ${noSignIn}`],
  [
    200,
    '{"successCode":"401"}',
    'Autoflex10 rejected the sign-in (successCode 401). Check the API key, the user name, the password and the organisation.',
  ],
])('a sign-in answered %s %s is explained', async (status, text, message) => {
  const { url } = await openServer((_request, response) => void response.writeHead(status).end(text));
  const context = createContext({ url, username: 'u', apiKey: 'invented-key', password: 'invented-password' });
  expect((await failure(autoflex.check(context))).message).toBe(message.replace('HOST', new URL(url).host));
});

test('what the server repeats of key, password and query is masked', async () => {
  const secrets = { apiKey: 'invented key/1', password: 'invented+&word' };
  const { url } = await openServer((request, response) => {
    const shown = `failed for invented key/1 at https://somewhere.example${request.url}`;
    const encoded = [
      encodeURIComponent(secrets.apiKey),
      new URLSearchParams({ key: secrets.apiKey }),
      'invented%2B%26word',
    ];
    response.writeHead(400).end(JSON.stringify({ message: `${shown} and ${encoded.join(' and ')}` }));
  });
  const { message } = await failure(autoflex.check(createContext({ url, username: 'u', ...secrets })));
  expect(message).toBe(
    'Autoflex10 rejected the request (HTTP 400): failed for ••• at https://somewhere.example/authenticate?••• and ••• and key=••• and •••.',
  );
});

test.each([
  ['jan', 'User JAN is locked since January, jan.'],
  ['jan+1@garage.nl', 'User jan+1@garage.nl is locked since January, jan%2B1%40garage.nl.'],
  ['invented', 'User invented is locked since January, invented-password.'],
  ['a&b', 'User a&b is locked since January, a&amp;b.'],
])('the user name %s is masked in what the server says', async (username, said) => {
  const { url } = await openServer((_request, response) => {
    response.writeHead(400).end(JSON.stringify({ message: said }));
  });
  const context = createContext({ url, username, apiKey: 'invented-key', password: 'invented-password' });
  expect((await failure(autoflex.check(context))).message).toBe(
    'Autoflex10 rejected the request (HTTP 400): User ••• is locked since January, •••.',
  );
});

test('a redirect of the sign-in is followed at home and never to another origin', async () => {
  const home = await openAutoflex({ signIn: { redirect: 'same-origin' } });
  await home.connector.check(home.context);
  expect(home.asked()).toEqual(['GET /authenticate', 'GET /authenticate', 'GET /util/list']);
  const away = await openAutoflex({ signIn: { redirect: 'foreign' } });
  const { message } = await failure(away.connector.check(away.context));
  const [from, to] = [away.sandbox.url, away.sandbox.foreignUrl].map((url) => new URL(url));
  expect(message).toContain(`${from?.host} sends on to ${to?.origin}.`);
  expect(message).not.toContain('api_key');
  expect(away.sandbox.requests.filter(({ headers }) => headers.host === to?.host)).toEqual([]);
});

test('an address where nobody answers is said, by its host alone', async () => {
  const { connector, context, sandbox } = await openAutoflex();
  await sandbox.stop();
  const { code, message } = await failure(connector.check(context));
  expect([code, message]).toEqual([
    'offline',
    `${new URL(sandbox.url).host} cannot be reached (connection refused). Check the internet connection and the address.`,
  ]);
});

test('nothing that carries credentials may be cached or redirected by the fetch of the host', async () => {
  const asked: Request[] = [];
  const { connector, context } = await openAutoflex(
    {},
    {
      fetch: (input, init) => {
        if (input instanceof Request) asked.push(input);
        return fetch(input, init);
      },
    },
  );
  await connector.check(context);
  expect(asked.map(({ cache, redirect }) => `${cache} ${redirect}`)).toEqual(['no-store manual', 'no-store manual']);
});
