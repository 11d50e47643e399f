import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { sign } from '../../../main/sandbox/aps/webhooks/callbacks.ts';
import { until } from '../../support/temporary.ts';
import { type Caller, callAs, openCaller } from '../caller.ts';
import { added } from '../hooks.ts';
import { type Received, startReceiver } from '../receiver.ts';

const secret = 'exampleSecretToken0123456789abcdefABCD';
const other = 'b'.repeat(64);
const hourly = [3_600_000];

const compact =
  '{"version":"1.0","resourceUrn":"urn:adsk.wipprod:fs.file:vf.ExampleLineageId000001?version=3","hook":{"system":"data","event":"dm.version.added"},"payload":{"ext":"rvt","version":"3"}}';

test.each([
  [secret, compact, '7d7a3cbfb16348e307d81c2186611802b3db415b'],
  [secret, JSON.stringify(JSON.parse(compact), null, 2), 'd6f13dc1b6d1102fdf52fe917fa84e197ec230e2'],
  [
    'secret-1',
    '{"hook":{"event":"extraction.finished"}, "workflow":"workflow-1"}',
    '5b889558fda247df38ec2d36fe446b3aec8086cc',
  ],
  [
    'secret-1',
    '{"hook":{"event":"extraction.finished"},"workflow":"workflow-1"}',
    'cf046188dc37fc9d2543932f7b3e46ee18f042ef',
  ],
])('the signature with %s is the documented one', (key, body, hex) => {
  expect(sign(key, body)).toBe(`sha1hash=${hex}`);
});

function isSignedWith(key: string, received: Received | undefined): boolean {
  const hex = createHmac('sha1', key)
    .update(received?.body ?? '')
    .digest('hex');
  return received?.headers['x-adsk-signature'] === `sha1hash=${hex}`;
}

const bodyOf = (received: Received | undefined) => JSON.parse(String(received?.body));

async function hookOnProject(caller: Caller, callbackUrl: string, more: Record<string, unknown> = {}) {
  const scope = { folder: caller.aps.project.rootFolder };
  return caller.createHook('data', 'dm.version.added', { callbackUrl, scope, ...more });
}

test('a callback is one POST of the event with its hook, signed over its exact bytes', async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  const id = await hookOnProject(caller, url, { hookAttribute: { ours: 'install-1' } });
  await caller.call('PATCH', added(id), { token: other });
  const [sent] = await caller.aps.upload();
  expect(sent).toMatchObject({ hookId: id, state: 'delivered', attempts: [{ status: 204 }] });
  const [got] = received;
  expect([got?.method, got?.path, got?.headers['content-type']]).toEqual(['POST', '/in/key', 'application/json']);
  expect(isSignedWith(other, got)).toBe(true);
  expect(got?.headers['x-adsk-delivery-id']).toMatch(/^httpadapter~[\w.-]+~[0-9a-f]{32}\/[0-9a-f-]{36}$/);
  expect(String(got?.headers['x-adsk-delivery-id']).length).toBeGreaterThan(100);
  const { hook, ...event } = bodyOf(got);
  expect(event).toMatchObject({
    version: '1.0',
    resourceUrn: expect.stringMatching(/^urn:adsk\.wipprod:fs\.file:vf\./),
  });
  expect(event.payload).toMatchObject({ name: 'Tower.rvt', version: '1', ext: 'rvt', source: event.resourceUrn });
  expect(hook).toEqual(JSON.parse((await caller.call('GET', added(id))).text));
});

test('the body is not what serialising it again would give', async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  await hookOnProject(caller, url);
  await caller.aps.upload();
  expect(JSON.stringify(bodyOf(received[0]))).not.toBe(String(received[0]?.body));
});

test("without any secret there is no signature, with the owner's there is one, and the hook's own comes before it", async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  const id = await hookOnProject(caller, url);
  await caller.aps.upload();
  expect(received[0]?.headers['x-adsk-signature']).toBeUndefined();
  await caller.call('POST', '/webhooks/v1/tokens', { token: secret });
  await caller.aps.upload();
  expect(isSignedWith(secret, received[1])).toBe(true);
  await caller.call('PATCH', added(id), { token: other });
  await caller.aps.upload();
  expect(isSignedWith(other, received[2])).toBe(true);
});

test("the application's secret does not sign for a user's hook, nor for another region", async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  await caller.call('POST', '/webhooks/v1/tokens', { token: secret });
  await hookOnProject(callAs(caller.aps, caller.aps.issueToken({ user: 'ABCDEF123456' })), url);
  const scope = { folder: caller.aps.project.folder };
  await caller.createHook('data', 'dm.version.added', { callbackUrl: url, scope }, 'EMEA');
  await caller.aps.upload();
  await caller.aps.upload({ region: 'EMEA' });
  expect(received.map(({ headers }) => headers['x-adsk-signature'])).toEqual([undefined, undefined]);
});

test('a changed secret takes effect after the delay', async () => {
  let now = 1_700_000_000_000;
  const caller = await openCaller({ now: () => now });
  const { url, received } = await startReceiver();
  const id = await hookOnProject(caller, url);
  await caller.call('PATCH', added(id), { token: secret });
  caller.aps.behaviour.secretDelay = 600_000;
  now += 600_000;
  await caller.call('PATCH', added(id), { token: other });
  now += 599_999;
  await caller.aps.upload();
  now += 1;
  await caller.aps.upload();
  expect(isSignedWith(secret, received[0])).toBe(true);
  expect(isSignedWith(other, received[1])).toBe(true);
});

test('only active hooks of the same region, event, scope and filter are told', async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  const { folder } = caller.aps.project;
  const create = (name: string, event: string, more: object = {}, region?: string) =>
    caller.createHook('data', event, { callbackUrl: `${url}/${name}`, scope: { folder }, ...more }, region);
  await create('exact', 'dm.version.added');
  await create('pattern', 'dm.*.added');
  await create('passing', 'dm.version.added', { filter: ["$[?(@.ext=='rvt')]", "$[?(@.version=='1')]"] });
  await create('filtered', 'dm.version.added', { filter: "$[?(@.ext=='txt')]" });
  await create('other-event', 'dm.version.deleted');
  await create('other-region', 'dm.version.added', {}, 'EMEA');
  await create('other-folder', 'dm.version.added', { scope: { folder: `${folder}x` } });
  const paused = await create('paused', 'dm.version.added');
  await caller.call('PATCH', added(paused), { status: 'inactive' });
  await caller.aps.upload();
  expect(received.map(({ path }) => path.split('/').pop()).toSorted()).toEqual(['exact', 'passing', 'pattern']);
});

test('a wildcard hook shows its pattern, or the event where that is switched on', async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  await caller.createHook('data', '*', { callbackUrl: url, scope: { folder: caller.aps.project.folder } });
  await caller.aps.upload();
  caller.aps.behaviour.wildcardEvent = 'concrete';
  await caller.aps.upload();
  expect(received.map((one) => bodyOf(one).hook.event)).toEqual(['*', 'dm.version.added']);
});

test('a payload-only hook gets no hook, and on demand the bare payload', async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  await hookOnProject(caller, url, { callbackWithEventPayloadOnly: true });
  await caller.aps.upload();
  caller.aps.behaviour.payloadOnlyBody = 'bare';
  await caller.aps.upload();
  expect(Object.keys(bodyOf(received[0]))).toEqual(['version', 'resourceUrn', 'payload']);
  expect(bodyOf(received[1])).toMatchObject({ name: 'Tower.rvt', version: '2' });
});

test('a delivery is retried until it is answered by 2xx, with the same bytes and delivery id', async () => {
  const caller = await openCaller({ retryDelays: [1, 1, 1] });
  const receiver = await startReceiver();
  await hookOnProject(caller, receiver.url);
  const statuses = [500, 302, 202];
  receiver.answer = (response) => response.writeHead(statuses.shift() ?? 500, { location: '/elsewhere' }).end();
  const [sent] = await caller.aps.upload();
  await caller.aps.settled();
  expect(sent?.attempts.map(({ status }) => status)).toEqual([500, 302, 202]);
  expect(sent?.state).toBe('delivered');
  expect(new Set(receiver.received.map(({ headers }) => headers['x-adsk-delivery-id'])).size).toBe(1);
  expect(new Set(receiver.received.map(({ body }) => String(body))).size).toBe(1);
  expect(receiver.received.every(({ path }) => path === '/in/key')).toBe(true);
});

test('retries carry new delivery ids where that is switched on', async () => {
  const caller = await openCaller({ retryDelays: [1], retryId: 'new' });
  const receiver = await startReceiver();
  await hookOnProject(caller, receiver.url);
  receiver.answer = (response) => response.writeHead(503).end();
  await caller.aps.upload();
  await caller.aps.settled();
  expect(new Set(receiver.received.map(({ headers }) => headers['x-adsk-delivery-id'])).size).toBe(2);
});

test('an answer that comes too late counts as none', async () => {
  const caller = await openCaller({ answerTimeout: 30, retryDelays: [] });
  const receiver = await startReceiver();
  await hookOnProject(caller, receiver.url);
  receiver.answer = () => {};
  const [sent] = await caller.aps.upload();
  await caller.aps.settled();
  expect(sent).toMatchObject({ state: 'failed', attempts: [{ problem: expect.any(String) }] });
});

test('events that used up all attempts make the hook inactive, and a PATCH wakes it', async () => {
  const caller = await openCaller({ retryDelays: [1], failuresUntilInactive: 3 });
  const receiver = await startReceiver();
  const id = await hookOnProject(caller, receiver.url);
  receiver.answer = (response) => response.writeHead(500).end();
  for (const status of ['active', 'active', 'inactive']) {
    await caller.aps.upload();
    await caller.aps.settled();
    expect(caller.hook(id).status).toBe(status);
  }
  expect(await caller.aps.upload()).toEqual([]);
  await caller.call('PATCH', added(id), { status: 'active' });
  await caller.aps.upload();
  await caller.aps.settled();
  expect(caller.hook(id).status).toBe('active');
});

test('a success in between starts the count of failures again', async () => {
  const caller = await openCaller({ retryDelays: [], failuresUntilInactive: 2 });
  const receiver = await startReceiver();
  const id = await hookOnProject(caller, receiver.url);
  for (const status of [500, 204, 500]) {
    receiver.answer = (response) => response.writeHead(status).end();
    await caller.aps.upload();
    await caller.aps.settled();
  }
  expect(caller.hook(id).status).toBe('active');
});

test('an inactive hook with auto-reactivation gets one try, five times at most', async () => {
  const caller = await openCaller({ retryDelays: hourly });
  const receiver = await startReceiver();
  const id = await hookOnProject(caller, receiver.url, { autoReactivateHook: true });
  const asleep = await hookOnProject(caller, `${receiver.url}/asleep`);
  for (const hook of [id, asleep]) await caller.call('PATCH', added(hook), { status: 'inactive' });
  caller.aps.reactivate();
  expect([caller.hook(id).status, caller.hook(asleep).status]).toEqual(['reactivated', 'inactive']);
  await caller.aps.upload();
  await caller.aps.settled();
  expect(caller.hook(id).status).toBe('active');

  receiver.answer = (response) => response.writeHead(500).end();
  await caller.call('PATCH', added(id), { status: 'inactive' });
  for (let round = 0; round < 5; round += 1) {
    caller.aps.reactivate();
    await caller.aps.upload();
    await caller.aps.settled();
  }
  expect(receiver.received).toHaveLength(6);
  expect(caller.hook(id)).toMatchObject({ status: 'inactive', autoReactivateHook: false });
});

test('a deleted hook is not tried again', async () => {
  const caller = await openCaller({ retryDelays: [1, 1, 1, 1] });
  const receiver = await startReceiver();
  const id = await hookOnProject(caller, receiver.url);
  receiver.answer = async (response) => {
    await caller.call('DELETE', added(id));
    response.writeHead(500).end();
  };
  await caller.aps.upload();
  await caller.aps.settled();
  expect(receiver.received).toHaveLength(1);
});

test('a delivery can be repeated under the same or another id', async () => {
  const caller = await openCaller();
  const { url, received } = await startReceiver();
  await hookOnProject(caller, url);
  await caller.aps.upload({ alter: { repeat: 'same-id' } });
  await caller.aps.upload({ alter: { repeat: 'new-id' } });
  const ids = received.map(({ headers }) => headers['x-adsk-delivery-id']);
  expect(ids[1]).toBe(ids[0]);
  expect(ids[3]).not.toBe(ids[2]);
  expect(received[1]?.body.equals(received[0]?.body ?? Buffer.of())).toBe(true);
  expect(received[3]?.body.equals(received[2]?.body ?? Buffer.of())).toBe(true);
});

test('a forgery is sent once and has no consequence for the hook', async () => {
  const caller = await openCaller({ retryDelays: [1], failuresUntilInactive: 1 });
  const receiver = await startReceiver();
  const id = await hookOnProject(caller, receiver.url);
  await caller.call('PATCH', added(id), { token: secret });
  receiver.answer = (response) => response.writeHead(401).end();
  await caller.aps.upload({ alter: { signature: 'wrong' } });
  await caller.aps.upload({ alter: { signature: 'none' } });
  await caller.aps.upload({ alter: { body: 'reserialised' } });
  await caller.aps.settled();
  const [wrong, unsigned, reserialised] = receiver.received;
  expect(receiver.received).toHaveLength(3);
  expect(wrong?.headers['x-adsk-signature']).toMatch(/^sha1hash=[0-9a-f]{40}$/);
  expect(isSignedWith(secret, wrong)).toBe(false);
  expect(unsigned?.headers['x-adsk-signature']).toBeUndefined();
  expect(isSignedWith(secret, reserialised)).toBe(false);
  expect(String(reserialised?.body)).toBe(JSON.stringify(bodyOf(reserialised)));
  expect(caller.hook(id).status).toBe('active');
});

test('stopping ends a delivery that waits for its answer or its retry', async () => {
  const caller = await openCaller({ retryDelays: hourly });
  const receiver = await startReceiver();
  await hookOnProject(caller, receiver.url);
  receiver.answer = (response) => response.writeHead(500).end();
  await caller.aps.upload();
  receiver.answer = () => {};
  const waiting = caller.aps.upload();
  await until(() => receiver.received.length === 2);
  await caller.aps.stop();
  expect((await waiting)[0]?.attempts).toEqual([expect.objectContaining({ problem: expect.any(String) })]);
});
