import { expect, test } from 'vitest';
import { openAutoflex } from './context.ts';

test('the token is for the origin of the API alone', async () => {
  const { sandbox, context, backups } = await openAutoflex();
  const { origin } = new URL(sandbox.url);
  const headers = await backups.authorization(context, `${origin}/files/a?signature=b`);
  expect(headers).toEqual({ token: expect.any(String) });
  const answer = await fetch(`${sandbox.url}/util/list?list=ordertypes`, { headers: headers ?? {} });
  expect(answer.status).toBe(200);
  for (const url of [
    `${new URL(sandbox.foreignUrl).origin}/files/a`,
    origin.replace('http:', 'https:'),
    `${origin}.evil.example/files/a`,
    `http://files.example/?x=${origin}`,
    'not an address',
  ]) {
    expect([url, await backups.authorization(context, url)]).toEqual([url, undefined]);
  }
});

test('where api_url named another origin, both are the API', async () => {
  const { sandbox, context, backups } = await openAutoflex();
  sandbox.change({ signIn: { apiUrl: sandbox.foreignUrl } });
  for (const url of [sandbox.url, sandbox.foreignUrl]) {
    expect(await backups.authorization(context, `${new URL(url).origin}/files/a`)).toHaveProperty('token');
  }
});

test('a download gets a token of its own, so that none has expired meanwhile', async () => {
  let now = Date.now();
  const { sandbox, context, backups, order } = await openAutoflex({}, { now: () => now });
  await order();
  sandbox.expireTokens();
  now += 1000;
  const headers = await backups.authorization(context, `${new URL(sandbox.url).origin}/files/a`);
  const answer = await fetch(`${sandbox.url}/util/list?list=ordertypes`, { headers: headers ?? {} });
  expect(answer.status).toBe(200);
});
