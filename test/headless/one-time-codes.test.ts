import { expect, onTestFinished, test } from 'vitest';
import { openAccessToken } from '../../main/control/index.ts';
import { openApi } from '../../main/headless/api.ts';
import { silentLog } from '../support/log.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { call, fixedToken } from './caller.ts';

const token = 'b'.repeat(64);

async function openTestApi() {
  const clock = { now: 1_000_000 };
  const engine = { ask: async () => ({ ok: true, value: {} }) as const, listen: () => () => {} };
  const folder = await temporaryFolder();
  const api = await openApi({
    engine,
    port: 0,
    token: fixedToken(token),
    folder,
    log: silentLog,
    now: () => clock.now,
  });
  onTestFinished(() => api.close());
  const issue = async (): Promise<string> => {
    const reply = await call(api.port, '/api/code', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    return (reply.json() as { readonly value: { readonly path: string } }).value.path;
  };
  const locationOf = async (path: string) => (await call(api.port, path)).headers.location;
  return { api, clock, issue, locationOf };
}

test('a code leads to the window with its token once, and never again', async () => {
  const { issue, locationOf } = await openTestApi();
  const path = await issue();
  expect(path).not.toContain(token);
  expect(await locationOf(path)).toBe(`/#token=${token}`);
  expect(await locationOf(path)).toBe('/');
});

test('a code is issued only to who has the token', async () => {
  const { api, locationOf } = await openTestApi();
  expect((await call(api.port, '/api/code', { method: 'POST' })).status).toBe(401);
  for (const path of ['/open', '/open?code=', '/open?code=__proto__', `/open?code=${'0'.repeat(32)}`]) {
    expect(await locationOf(path)).toBe('/');
  }
});

test('a code expires, and the oldest of many is forgotten', async () => {
  const { clock, issue, locationOf } = await openTestApi();
  const late = await issue();
  clock.now += 60_001;
  expect(await locationOf(late)).toBe('/');
  const oldest = await issue();
  for (let count = 0; count < 20; count += 1) await issue();
  expect(await locationOf(oldest)).toBe('/');
});

test('a code that was issued for a token does not lead to the one that replaces it', async () => {
  const folder = await temporaryFolder();
  const changing = openAccessToken(folder);
  const engine = { ask: async () => ({ ok: true, value: {} }) as const, listen: () => () => {} };
  const api = await openApi({ engine, port: 0, token: changing, folder, log: silentLog });
  onTestFinished(() => api.close());
  const headers = { authorization: `Bearer ${changing.value}` };
  const issued = await call(api.port, '/api/code', { method: 'POST', headers });
  changing.rotate();
  const { path } = (issued.json() as { readonly value: { readonly path: string } }).value;
  expect((await call(api.port, path)).headers.location).toBe('/');
});

test('another site cannot use a code', async () => {
  const { api, issue } = await openTestApi();
  const path = await issue();
  expect((await call(api.port, path, { headers: { host: 'rebound.example' } })).status).toBe(401);
  expect((await call(api.port, path, { headers: { origin: 'https://evil.example' } })).status).toBe(401);
});
