import { expect, test } from 'vitest';
import { openCaller } from '../caller.ts';
import { added, base, callbackUrl, folder, path, plain } from '../hooks.ts';

test('creating a hook answers 201 without a body, its id in the Location', async () => {
  const { call, aps } = await openCaller();
  const answer = await call('POST', added(), plain);
  expect([answer.status, answer.text]).toEqual([201, '']);
  expect(answer.headers.get('location')).toMatch(new RegExp(`^${aps.url}${added()}/[0-9a-f-]{36}$`));
});

test('a hook is shown with every documented field, and without its secret', async () => {
  const { call, aps, createHook } = await openCaller();
  const hookAttribute = { ours: 'install-1' };
  const id = await createHook('data', 'dm.version.added', {
    ...plain,
    hookAttribute,
    filter: "$[?(@.ext=='rvt')]",
    hubId: 'b.hub',
    projectId: 'b.project',
    token: 'a'.repeat(64),
  });
  await call('PATCH', added(id), { token: 'b'.repeat(64) });
  const answer = await call('GET', added(id));
  expect(answer.status).toBe(200);
  expect(answer.json()).toEqual({
    hookId: id,
    tenant: folder,
    callbackUrl,
    createdBy: aps.clientId,
    event: 'dm.version.added',
    createdDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}\+00:00$/),
    lastUpdatedDate: expect.any(String),
    system: 'data',
    creatorType: 'Application',
    status: 'active',
    scope: { folder },
    hookAttribute,
    filter: "$[?(@.ext=='rvt')]",
    autoReactivateHook: false,
    urn: `urn:adsk.webhooks:events.hook:${id}`,
    callbackWithEventPayloadOnly: false,
    hubId: 'b.hub',
    projectId: 'b.project',
    __self__: `/systems/data/events/dm.version.added/hooks/${id}`,
  });
});

test.each([
  ['malformed JSON', 400, added(), '{"callbackUrl":'],
  ['no callback address', 400, added(), { scope: { folder } }],
  ['a callback address that is none', 400, added(), { ...plain, callbackUrl: 'here' }],
  ['no scope key', 400, added(), { ...plain, scope: {} }],
  ['two scope keys', 400, added(), { ...plain, scope: { folder, project: 'p' } }],
  ['an unknown scope key', 400, added(), { ...plain, scope: { workflow: 'w' } }],
  ['a folder that is no URN', 404, added(), { ...plain, scope: { folder: 'co.ExampleRootFolder00001' } }],
  ['a hookAttribute of 1 KB', 400, added(), { ...plain, hookAttribute: { text: 'x'.repeat(1013) } }],
  ['a hookAttribute that is a list', 400, added(), { ...plain, hookAttribute: ['x'] }],
  ['a filter with typographic quotes', 400, added(), { ...plain, filter: '$[?(@.ext==‘txt’)]' }],
  ['an expiry that is no time', 400, added(), { ...plain, hookExpiry: 'tomorrow' }],
  ['an unknown system', 404, path('datum', 'dm.version.added'), plain],
  ['an unknown event', 404, path('data', 'dm.version.painted'), plain],
  ['a pattern without events', 404, path('data', 'model.*'), plain],
  [
    'reviews without a user',
    403,
    path('autodesk.construction.reviews', 'review.closed-1.0'),
    { callbackUrl, scope: { project: 'p' } },
  ],
])('%s is refused', async (_what, status, where, body) => {
  const { call, aps } = await openCaller();
  const answer = await call('POST', where, body);
  expect(answer.status).toBe(status);
  expect(answer.json()).toEqual({
    id: expect.any(String),
    status,
    code: expect.any(String),
    detail: [expect.any(String)],
  });
  expect(aps.hooks()).toEqual([]);
});

test('a hookAttribute just under 1 KB is accepted', async () => {
  const { createHook } = await openCaller();
  await createHook('data', 'dm.version.added', { ...plain, hookAttribute: { text: 'x'.repeat(1012) } });
});

test('a body that is not declared as JSON is refused', async () => {
  const { call } = await openCaller();
  expect((await call('POST', added(), plain, { 'content-type': 'text/plain' })).status).toBe(400);
});

test('the same address, scope and event again is a conflict, in another region it is not', async () => {
  const { call } = await openCaller();
  expect((await call('POST', added(), plain)).status).toBe(201);
  const answer = await call('POST', added(), plain);
  expect(answer.status).toBe(409);
  expect(answer.json()).toMatchObject({ status: 409, code: 'CONFLICT_ERROR' });
  expect(answer.text).toContain('duplicate webhooks scope');
  expect((await call('POST', added(), { ...plain, callbackUrl: `${callbackUrl}?2` })).status).toBe(201);
  expect((await call('POST', `${added()}?region=EMEA`, plain)).status).toBe(201);
});

test('more hooks of one event and scope than the quota are refused', async () => {
  const { call, createHook } = await openCaller({ hookQuota: 2 });
  await createHook('data', 'dm.version.added', plain);
  await createHook('data', 'dm.version.added', { ...plain, callbackUrl: `${callbackUrl}/2` });
  const answer = await call('POST', added(), { ...plain, callbackUrl: `${callbackUrl}/3` });
  expect(answer.status).toBe(400);
  expect(answer.text).toContain('Failed to create more than 2 hooks for same scope');
});

test('hooks for a whole system come with their details, one per event of the scope', async () => {
  const { call } = await openCaller();
  const answer = await call('POST', `${base}/systems/adsk.c4r/hooks`, plain);
  expect(answer.status).toBe(201);
  const { hooks } = answer.json() as { hooks: Record<string, unknown>[] };
  expect(hooks.map((hook) => hook.event)).toEqual(['model.sync', 'model.publish']);
  const scope = { workspace: 'urn:adsk.plm:tenant.workspace:ACME.57' };
  const plm = await call('POST', `${base}/systems/adsk.flc.production/hooks`, { callbackUrl, scope });
  expect((plm.json() as { hooks: unknown[] }).hooks).toHaveLength(6);
});

test('a wildcard is stored as it is', async () => {
  const { call, createHook } = await openCaller();
  const id = await createHook('data', 'dm.version.*', plain);
  expect((await call('GET', path('data', 'dm.version.*', id))).json()).toMatchObject({ event: 'dm.version.*' });
});
