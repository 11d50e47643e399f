import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { createRejectedLimit } from '../../../main/engine/ingress/rejected-delivery.ts';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { openLedger } from '../../../main/engine/storage/ledger.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

async function openScene() {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector] });
  await host.connect();
  const connection = await host.ask('connections.add', {
    ...{ connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } },
  });
  const hook = await host.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door: 'front' } });
  const post = async (body: string, headers: Record<string, string>): Promise<string> => {
    await fetch(hook.callbackUrl, { method: 'POST', body, headers });
    return (await host.ask('rejections.list', { limit: 1 }))[0]?.id ?? '';
  };
  return { bell, host, hook, connection, post };
}

test('a rejected delivery is shown as an accepted one is, with its credentials concealed', async () => {
  const { host, hook, post } = await openScene();
  const body = '{ "a": 1, "access_token": "canary-1" }';
  const id = await post(body, { authorization: 'Bearer canary-2', 'x-request-id': 'seen' });
  const detail = await host.ask('rejections.get', { id });
  expect(detail).toMatchObject({
    ...{ id, hook: hook.id, reason: 'the signature header is missing', checkable: true },
    delivery: { method: 'POST', size: body.length, body, headers: { authorization: '…', 'x-request-id': 'seen' } },
  });
  expect(JSON.stringify(detail.delivery?.shown)).not.toContain('canary');
});

test('it is checked again with a typed secret, which can then be stored for the connection', async () => {
  const { bell, host, connection, post } = await openScene();
  const body = '{"title":"x"}';
  const id = await post(body, bell.sign('the shared secret', body));
  expect(await host.ask('rejections.check', { id, secret: 'another' })).toEqual({
    ...{ accepted: false, reason: 'the signature does not match' },
  });
  const checked = await host.ask('rejections.check', { id, secret: 'the shared secret' });
  expect(checked).toEqual({ accepted: true, field: { connection: connection.id, name: 'signingSecret' } });
  await host.ask('connections.update', { id: connection.id, secrets: { signingSecret: 'the shared secret' } });
  const { differences } = await host.ask('rejections.get', { id });
  expect(differences).toMatchObject([{ message: { code: 'rejections.acceptedNow' } }]);
});

test('of one that is too long for the store the beginning is shown, and it is not checked again', async () => {
  const { host, post } = await openScene();
  const id = await post('x'.repeat(70_000), { 'x-bell-signature': 'forged' });
  const detail = await host.ask('rejections.get', { id });
  expect(detail).toMatchObject({ checkable: false, delivery: { size: 70_000 } });
  expect(detail.delivery?.body).toHaveLength(65_536);
  await expect(host.ask('rejections.check', { id, secret: 'any' })).rejects.toThrow('cannot be checked again');
});

test('a flood of forgeries stores a few deliveries a minute, of each hook and of all', () => {
  let now = 0;
  const mayStore = createRejectedLimit(() => now);
  const allowed = (target: string, times: number) =>
    Array.from({ length: times }, () => mayStore(target)).filter(Boolean).length;
  expect(allowed('front', 1000)).toBe(6);
  expect(allowed('back', 3)).toBe(3);
  for (let hook = 0; hook < 100; hook += 1) allowed(`hook ${hook}`, 10);
  expect(allowed('late', 1)).toBe(0);
  now += 60_000;
  expect(allowed('front', 1000)).toBe(6);
});

test('stored deliveries are bounded in number, for each hook and in bytes; the oldest go first', async () => {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  const reject = (hook: string, bytes: number) => {
    const delivery = { method: 'POST', headers: '{}', body: new Uint8Array(bytes), size: bytes };
    return ledger.write('rejection', { receivedAt: 0, hook, reason: 'forged', delivery });
  };
  const stored = () => ledger.all('SELECT hook, rejection FROM rejected_deliveries ORDER BY rejection');
  await Promise.all(Array.from({ length: 25 }, () => reject('front', 10)));
  expect(stored().map(({ rejection }) => rejection)).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
  await Promise.all(Array.from({ length: 95 }, (_, index) => reject(`hook ${index}`, 10)));
  expect(stored()).toHaveLength(100);
  await Promise.all(Array.from({ length: 5 }, (_, index) => reject(`large ${index}`, 1_000_000)));
  expect(stored().map(({ hook }) => hook)).toEqual(['large 1', 'large 2', 'large 3', 'large 4']);
  expect(createEvents(ledger).rejection('1')).toEqual({ rejection: expect.objectContaining({ id: '1' }) });
});

test('rejected deliveries go with their bodies once they are older than events may become', async () => {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  onTestFinished(() => ledger.close());
  for (const receivedAt of [1000, 2000, 3000]) {
    const delivery = { method: 'POST', headers: '{}', body: Buffer.from('personal'), size: 8 };
    await ledger.write('rejection', { receivedAt, hook: 'front', reason: 'forged', delivery });
  }
  const stored = () =>
    ledger.all('SELECT id, rejection FROM rejections FULL JOIN rejected_deliveries ON rejection = id');
  await ledger.write('prune', { before: 0, keep: 10, bytes: 1e12, most: 200 });
  expect(stored()).toHaveLength(3);
  await ledger.write('prune', { before: 3000, keep: 10, bytes: 1e12, most: 200 });
  expect(stored()).toEqual([{ id: 3, rejection: 3 }]);
});

test('what is stored of rejected deliveries goes with their hook, once its removal takes effect, and the reason stays', async () => {
  const { host, hook, post } = await openScene();
  const id = await post('{"secret":"of-a-removed-hook"}', { 'x-bell-signature': 'forged' });
  const held = await host.ask('removals.hold', {
    removals: [{ method: 'hooks.remove', input: { id: hook.id }, name: 'Ring' }],
  });
  await host.ask('removals.undo', { id: held.id });
  expect((await host.ask('rejections.get', { id })).delivery?.body).toContain('of-a-removed-hook');
  await host.ask('hooks.remove', { id: hook.id });
  const detail = await host.ask('rejections.get', { id });
  expect(detail).toMatchObject({ id, reason: 'the signature does not match' });
  expect(detail.delivery).toBeUndefined();
});

test('where a connection cannot be removed, what is stored goes with the hooks that were removed before', async () => {
  const { bell, host, hook, connection, post } = await openScene();
  const id = await post('{}', { 'x-bell-signature': 'forged' });
  const { id: second } = await host.ask('hooks.create', {
    ...{ connection: connection.id, event: 'ring', scope: { door: 'back' } },
  });
  const remove = bell.hooks.delete.bind(bell.hooks);
  bell.hooks.delete = (providerId) => {
    bell.failure = new RingbackError('offline', 'Bell does not respond.');
    return remove(providerId);
  };
  expect(await host.engine.ask('connections.remove', { id: connection.id })).toMatchObject({ ok: false });
  expect(await host.ask('hooks.list', {})).toMatchObject([{ id: second }]);
  expect(await host.ask('rejections.get', { id })).toMatchObject({ hook: hook.id });
  expect((await host.ask('rejections.get', { id })).delivery).toBeUndefined();
});

test('what is stored of rejected deliveries goes with their connection', async () => {
  const { host, connection, post } = await openScene();
  const id = await post('{}', { 'x-bell-signature': 'forged' });
  await host.ask('connections.remove', { id: connection.id, keepHooks: true });
  expect((await host.ask('rejections.get', { id })).delivery).toBeUndefined();
});
