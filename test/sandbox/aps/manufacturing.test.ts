import { expect, test } from 'vitest';
import { type Caller, callAs, openCaller } from '../caller.ts';

const endpoint = '/fusiondata/2022-04/graphql';
const secretToken = 'ab'.repeat(32);

/** Asks the endpoint and gives status and body. */
async function ask({ call }: Caller, query: string, variables?: object, path = endpoint) {
  const answer = await call('POST', path, { query, ...(variables ? { variables } : {}) });
  return { status: answer.status, body: answer.json() as { data?: unknown; errors?: { message: string }[] } };
}

const create = `mutation Create($webhook: CreateWebhookInput!) { createWebhook(webhook: $webhook) { id expiresOn } }`;
function webhook({ aps }: Caller, changes: object = {}) {
  const componentId = aps.manufacturing.component('Frame').id;
  const callbackURL = 'https://example.invalid/in/1';
  return { webhook: { componentId, eventType: 'MILESTONE_CREATED', callbackURL, secretToken, ...changes } };
}

test('version 1 answers a mistake with status 200 and errors, later versions with 400', async () => {
  const caller = await openCaller();
  const query = '{ webhooks { results { id status } } }';
  const first = await ask(caller, query);
  expect([first.status, first.body.errors?.[0]?.message]).toEqual([
    200,
    'Cannot query field "status" on type "Webhook".',
  ]);
  for (const path of ['/mfg/graphql', '/mfg/v3/graphql/public']) {
    const later = await ask(caller, '{ webhooks { results { id } } }', undefined, path);
    expect([later.status, later.body.errors?.[0]?.message]).toEqual([
      400,
      expect.stringMatching(/^Cannot query field "webhooks" on type "Query"\./),
    ]);
  }
});

test.each([
  [{ secretToken: 'short' }, '32 to 64 letters and digits'],
  [{ secretToken: `${secretToken.slice(1)}-` }, '32 to 64 letters and digits'],
  [{ componentId: 'unknown' }, 'Component not found'],
  [{ callbackURL: 'mailto:me' }, 'callbackURL is not valid'],
  [{ expiresOn: '2001-01-01T00:00:00Z' }, 'a time to come'],
  [{ eventType: 'SOMETHING' }, 'does not exist in "WebhookEventTypeEnum"'],
  [{ callbackUrl: 'https://example.invalid' }, 'unknown field "callbackUrl"'],
])('a webhook with %j is refused', async (changes, reason) => {
  const caller = await openCaller();
  const { body } = await ask(caller, create, webhook(caller, changes));
  expect(body.errors?.[0]?.message).toContain(reason);
  expect(caller.aps.manufacturing.milestoneHooks()).toEqual([]);
});

test('a webhook lives a year unless it is told otherwise, is seen by its owner alone, and ends', async () => {
  let time = Date.UTC(2026, 0, 1);
  const caller = await openCaller({ now: () => time });
  const { body } = await ask(caller, create, webhook(caller));
  expect(body.data).toEqual({ createWebhook: { id: expect.any(String), expiresOn: '2027-01-01T00:00:00.000Z' } });
  const other = callAs(caller.aps, caller.aps.issueToken({ user: 'somebody' }));
  const list = '{ webhooks { results { componentId } } }';
  expect((await ask(other, list)).body.data).toEqual({ webhooks: { results: [] } });
  time = Date.UTC(2027, 0, 1);
  expect(caller.aps.manufacturing.milestoneHooks()).toEqual([]);
});

test('who is not signed in, asks in another form, or comes too late is refused', async () => {
  const caller = await openCaller();
  const list = { query: '{ webhooks { results { id } } }' };
  const status = async (body: object, headers = {}) => (await caller.call('POST', endpoint, body, headers)).status;
  expect(await status(list, { authorization: 'Bearer invented' })).toBe(401);
  expect(await status(list, { 'content-type': 'text/plain' })).toBe(400);
  expect(await status({ ...list, extra: 1 })).toBe(400);
  const reader = callAs(caller.aps, caller.aps.issueToken({ scopes: ['data:read'] }));
  expect((await ask(reader, create, webhook(reader))).status).toBe(403);
  caller.aps.behaviour.manufacturingUserOnly = true;
  expect(await status(list)).toBe(403);
  caller.aps.behaviour.manufacturing = 'gone';
  expect(await status(list)).toBe(404);
});
