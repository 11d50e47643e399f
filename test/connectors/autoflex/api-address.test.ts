import { expect, test } from 'vitest';
import { apiBase } from '../../../main/connectors/autoflex/api-address.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { createContext, openAutoflex } from './context.ts';

const base = 'https://dealer.example/api/v2';

function decide(apiUrl: unknown, apiHost?: string, baseUrl = base): string {
  const context = createContext({ url: baseUrl, username: '', apiKey: '', password: '' });
  return apiBase({ ...context, settings: { baseUrl, ...(apiHost ? { apiHost } : {}) } }, apiUrl);
}

test('further calls go where api_url says, with the token', async () => {
  const { sandbox, connector, context, order, backups } = await openAutoflex();
  sandbox.change({ signIn: { apiUrl: `${sandbox.foreignUrl}/` } });
  await connector.check(context);
  const id = await order();
  expect(await backups.resolve(context, id)).toMatchObject({ kind: 'files' });
  const away = sandbox.requests.filter(({ headers }) => headers.host === new URL(sandbox.foreignUrl).host);
  expect(away.map(({ path }) => path)).toEqual(['/v2/util/list', '/v2/backup/owner', '/v2/webhook']);
});

test.each([
  ['the configured host', 'https://dealer.example/other/'],
  ['another port of it', 'https://dealer.example:8443/other'],
  ["a host of Autoflex10's", 'https://api.autoflex10.work/v2'],
  ["another host of Autoflex10's", 'https://a.b.autoflex10.nl'],
])('%s is accepted without asking', (_what, url) => {
  expect(decide(url)).toBe(url.replace(/\/$/, ''));
});

test.each([
  'https://autoflex10.example.com/v2',
  'https://notautoflex10.work/v2',
  'https://dealer.example.evil.test/v2',
  'https://127.0.0.1/v2',
])('%s needs the word of the user, and the failure names the host', (url) => {
  const { hostname } = new URL(url);
  expect(() => decide(url)).toThrow(
    expect.objectContaining({ code: 'conflict', message: expect.stringContaining(`enter ${hostname} under`) }),
  );
  expect(() => decide(url)).toThrow(RingbackError);
  expect(decide(url, hostname)).toBe(url);
  expect(decide(url, `https://${hostname}/`)).toBe(url);
  expect(() => decide(url, 'other.example')).toThrow(RingbackError);
});

test.each([
  undefined,
  42,
  '',
  'v2/api',
  'http://dealer.example/plain',
  'http://127.0.0.1:1/v2',
  'https://user:word@api.autoflex10.work/v2',
  'ftp://api.autoflex10.work',
])('%s is no usable address and changes nothing', (url) => {
  expect(decide(url)).toBe(base);
});

test('plain http is for this computer talking to itself', () => {
  expect(decide('http://127.0.0.1:1234/v2', undefined, 'http://localhost:99/v2')).toBe('http://127.0.0.1:1234/v2');
  expect(decide('http://dealer.example/v2', undefined, 'http://localhost:99/v2')).toBe('http://localhost:99/v2');
});
