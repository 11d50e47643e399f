import { expect, test } from 'vitest';
import { callAs, openCaller } from '../caller.ts';
import { added, base, folder, idsOf, plain } from '../hooks.ts';

test('a hook lives in one region, and the header wins over the query', async () => {
  const { call, createHook } = await openCaller();
  const id = await createHook('data', 'dm.version.added', plain, 'EMEA');
  expect((await call('GET', added(id))).status).toBe(404);
  expect((await call('DELETE', `${added(id)}?region=US`)).status).toBe(404);
  expect((await call('GET', `${added(id)}?region=EMEA`)).status).toBe(200);
  expect((await call('GET', `${added(id)}?region=US`, undefined, { 'x-ads-region': 'EMEA' })).status).toBe(200);
  expect((await call('GET', `${base}/hooks`)).status).toBe(204);
  expect(idsOf(await call('GET', `${base}/hooks?region=EMEA`))).toEqual([id]);
  expect((await call('GET', `${base}/hooks?region=APAC`)).status).toBe(400);
});

test('the application and a user see only their own hooks', async () => {
  const app = await openCaller();
  const user = callAs(app.aps, app.aps.issueToken({ user: 'ABCDEF123456' }));
  const hers = await user.createHook('data', 'dm.version.added', plain);
  expect((await app.call('GET', `${base}/hooks`)).status).toBe(204);
  expect((await app.call('GET', added(hers))).status).toBe(404);
  expect((await user.call('GET', added(hers))).json()).toMatchObject({
    creatorType: 'O2User',
    createdBy: 'ABCDEF123456',
  });
  expect((await user.call('GET', `${base}/app/hooks`)).status).toBe(403);
});

test('a change is answered by 204, or by 200 with the hook where that is switched on', async () => {
  const { call, createHook, aps } = await openCaller();
  const id = await createHook('data', 'dm.version.added', plain);
  const silent = await call('PATCH', added(id), { status: 'inactive' });
  expect([silent.status, silent.text]).toEqual([204, '']);
  aps.behaviour.patchStatus = 200;
  const telling = await call('PATCH', added(id), { autoReactivateHook: true });
  expect([telling.status, telling.json()]).toEqual([
    200,
    expect.objectContaining({ hookId: id, status: 'inactive', autoReactivateHook: true }),
  ]);
});

test('what may change is set, replaced whole and removed by null', async () => {
  const { call, createHook, hook } = await openCaller();
  const id = await createHook('data', 'dm.version.added', { ...plain, hookAttribute: { a: 1, b: 2 } });
  const hookExpiry = new Date(Date.now() + 60_000).toISOString();
  await call('PATCH', added(id), { filter: "$[?(@.ext=='rvt')]", hookAttribute: { b: 3 }, hookExpiry });
  expect(hook(id)).toMatchObject({ filter: "$[?(@.ext=='rvt')]", hookAttribute: { b: 3 }, hookExpiry });
  await call('PATCH', added(id), { filter: null, hookAttribute: null, hookExpiry: '' });
  expect(hook(id)).toMatchObject({ filter: undefined, hookAttribute: undefined, hookExpiry: undefined });
});

test.each([
  ['the callback address', { callbackUrl: 'https://example.com/' }],
  ['the scope', { scope: { folder } }],
  ['an unknown status', { status: 'reactivated' }],
  ['a secret of 31 characters', { token: 'a'.repeat(31) }],
  ['a secret with a hyphen', { token: `${'a'.repeat(32)}-` }],
  ['nothing', {}],
])('%s cannot be changed', async (_what, change) => {
  const { call, createHook } = await openCaller();
  const id = await createHook('data', 'dm.version.added', plain);
  expect((await call('PATCH', added(id), change)).status).toBe(400);
});

test('a deleted hook is gone, and deleting it again is 404', async () => {
  const { call, createHook } = await openCaller();
  const id = await createHook('data', 'dm.version.added', plain);
  expect((await call('DELETE', added(id))).status).toBe(204);
  expect((await call('DELETE', added(id))).status).toBe(404);
});

test('an expired hook is gone', async () => {
  let now = Date.parse('2027-01-01T00:00:00Z');
  const { call, createHook } = await openCaller({ now: () => now });
  const id = await createHook('data', 'dm.version.added', { ...plain, hookExpiry: '2027-01-01T00:10:00.000Z' });
  now += 9 * 60_000;
  expect((await call('GET', added(id))).status).toBe(200);
  now += 60_000;
  expect((await call('GET', added(id))).status).toBe(404);
});

test('the secret of the application is created once, replaced, and deleted, per region', async () => {
  const { call } = await openCaller();
  const token = { token: 'a'.repeat(64) };
  expect((await call('PUT', `${base}/tokens/@me`, token)).status).toBe(404);
  const created = await call('POST', `${base}/tokens`, token);
  expect([created.status, created.json()]).toEqual([
    200,
    { status: 200, detail: [expect.stringMatching(/^Token created successfully for client: /)] },
  ]);
  const again = await call('POST', `${base}/tokens`, token);
  expect([again.status, again.text]).toEqual([400, expect.stringContaining('duplicate token')]);
  expect((await call('PUT', `${base}/tokens/@me`, token)).status).toBe(204);
  expect((await call('PUT', `${base}/tokens/@me?region=EMEA`, token)).status).toBe(404);
  expect((await call('DELETE', `${base}/tokens/@me`)).status).toBe(204);
  expect((await call('DELETE', `${base}/tokens/@me`)).status).toBe(404);
});

test('reading needs data:read, changing needs data:write as well', async () => {
  const { aps, createHook } = await openCaller();
  const id = await createHook('data', 'dm.version.added', plain);
  const reader = callAs(aps, aps.issueToken({ scopes: ['data:read'] }));
  const writer = callAs(aps, aps.issueToken({ scopes: ['data:write'] }));
  expect((await reader.call('GET', `${base}/hooks`)).status).toBe(200);
  expect((await writer.call('GET', `${base}/hooks`)).status).toBe(403);
  for (const [method, where] of [
    ['POST', added()],
    ['PATCH', added(id)],
    ['DELETE', added(id)],
    ['POST', `${base}/tokens`],
  ] as const) {
    const answer = await reader.call(method, where, { ...plain, token: 'a'.repeat(64), status: 'inactive' });
    expect([method, answer.status, answer.json().errorCode]).toEqual([method, 403, 'AUTH-010']);
  }
});

test('an address that does not exist is 404', async () => {
  const { call } = await openCaller();
  expect((await call('GET', `${base}/systems`)).status).toBe(404);
});
