import { request } from 'node:http';
import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { bodyLimit } from '../../../main/engine/ingress/receiver.ts';
import type { Backup } from '../../../preload/contract/index.ts';
import { type BackupScene, openBackupScene, openDepot } from '../../support/backup-connector.ts';
import { until } from '../../support/temporary.ts';

const hour = 3600_000;
const isDone = ({ state }: Backup): boolean => state === 'done';

async function requested(scene: BackupScene): Promise<string> {
  const { id } = await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('requested');
  return id;
}

/** An engine whose clock the test sets. */
async function withClock(): Promise<BackupScene & { readonly clock: { time: number } }> {
  const clock = { time: Date.UTC(2026, 0, 5, 12) };
  return { ...(await openBackupScene({ ports: { now: () => clock.time } })), clock };
}

test('a callback is stored as an event that is verified by its URL, and only the finished backup is notified', async () => {
  const scene = await openBackupScene();
  const id = await requested(scene);
  await scene.call('handle-1');
  await scene.reach('done');
  const { events } = await scene.host.ask('events.list', {});
  expect(events).toMatchObject([{ title: 'Depot: the backup is ready', hook: id, verified: 'address', deliveries: 1 }]);
  expect(scene.host.changes.filter(({ type }) => type === 'event')).toHaveLength(1);
  await until(() => scene.host.notes.length > 0);
  expect(scene.host.notes.map(({ title }) => title)).toEqual(['Backup finished: Garage, 100 kB']);
});

test.each([
  ['behind a question mark', 'GET', (address: string) => `${address}?id=handle-1`],
  ['behind a slash and a question mark', 'GET', (address: string) => `${address}/?id=handle-1`],
  ['as a segment', 'GET', (address: string) => `${address}/id=handle-1`],
  ['glued on', 'GET', (address: string) => `${address}id=handle-1`],
  ['by POST', 'POST', (address: string) => `${address}?id=handle-1`],
])('an id may be added %s', async (_name, method, urlOf) => {
  const scene = await openBackupScene();
  await requested(scene);
  const answer = await fetch(urlOf(scene.depot.callbackUrls[0] ?? ''), { method });
  expect(answer.status).toBe(200);
  await scene.reach('done');
  expect(scene.depot.resolved).toEqual(['handle-1']);
});

test('a callback without an id, and HEAD, get a response and change nothing', async () => {
  const scene = await openBackupScene();
  await requested(scene);
  const [address = ''] = scene.depot.callbackUrls;
  const probe = await fetch(address);
  expect([probe.status, await probe.text()]).toEqual([200, 'ok']);
  expect((await fetch(`${address}/?id=handle-1`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${address}?id=handle-1`, { method: 'DELETE' })).status).toBe(404);
  expect((await fetch(`${address.slice(0, -32)}${'0'.repeat(32)}?id=handle-1`)).status).toBe(404);
  expect(await scene.host.ask('backups.list', {})).toMatchObject([{ state: 'requested' }]);
  expect((await scene.host.ask('events.list', {})).events).toEqual([]);
});

test('a rejected callback is answered 401, reported and stored with its reason, and leaves the backup as it is', async () => {
  const scene = await openBackupScene();
  const id = await requested(scene);
  scene.depot.rejection = 'not from the depot';
  expect((await scene.call('handle-1')).status).toBe(401);
  const tooLarge = await fetch(scene.depot.callbackUrls[0] ?? '', {
    method: 'POST',
    body: Buffer.alloc(bodyLimit + 1),
  });
  expect(tooLarge.status).toBe(413);
  const reported = () =>
    scene.host.changes.flatMap((change) => (change.type === 'rejection' ? [change.rejection] : []));
  await until(() => reported().length === 2);
  expect(reported()).toMatchObject([
    { hook: id, reason: 'not from the depot' },
    { hook: id, reason: 'The body is larger than 1 MB.' },
  ]);
  expect(await scene.host.ask('rejections.list', {})).toMatchObject(reported().reverse());
  expect(await scene.host.ask('backups.list', {})).toMatchObject([{ id, state: 'requested' }]);
});

test('the same id again, many at once and after the end, gets 200 and is downloaded once', async () => {
  const scene = await openBackupScene();
  await requested(scene);
  const answers = await Promise.all(Array.from({ length: 10 }, () => scene.call('handle-1')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await scene.reach('done');
  expect((await scene.call('handle-1')).status).toBe(200);
  expect(scene.depot.resolved).toEqual(['handle-1']);
  expect(await scene.host.ask('backups.list', {})).toHaveLength(1);
  expect((await scene.host.ask('events.list', {})).events).toMatchObject([{ deliveries: 11 }]);
});

test('the same id again after its backup failed resumes it, unless the user discarded it', async () => {
  const scene = await openBackupScene();
  const id = await requested(scene);
  scene.depot.respond = (_request, response) => void response.writeHead(200, { 'content-length': 0 }).end();
  await scene.call('handle-1');
  await scene.reach('failed', id);
  scene.depot.respond = undefined;
  expect((await scene.call('handle-1')).status).toBe(200);
  expect(await scene.reach('done', id)).toMatchObject({ sha256: scene.depot.sha256 });
  scene.depot.respond = (_request, response) => void response.writeHead(200, { 'content-length': 0 }).end();
  const other = await requested(scene);
  await scene.call('handle-2');
  await scene.reach('failed', other);
  await scene.host.ask('backups.cancel', { id: other });
  scene.depot.respond = undefined;
  expect((await scene.call('handle-2')).status).toBe(200);
  expect(await scene.reach('failed', other)).toMatchObject({ id: other });
  expect((await scene.host.ask('events.list', {})).events.map(({ deliveries }) => deliveries)).toEqual([2, 2]);
});

test('a second id on one URL is a backup of its own and the newer one; more than five are rejected', async () => {
  const scene = await openBackupScene();
  const first = await requested(scene);
  for (const id of ['handle-1', 'handle-2']) expect((await scene.call(id)).status).toBe(200);
  await scene.reach('done', first);
  await until(async () => (await scene.host.ask('backups.list', {})).every(({ state }) => state === 'done'));
  const backups = await scene.host.ask('backups.list', {});
  expect(backups.map(({ id }) => id === first)).toEqual([false, true]);
  expect(new Set(backups.map(({ file }) => file)).size).toBe(2);
  expect(scene.depot.resolved.toSorted()).toEqual(['handle-1', 'handle-2']);
  const statuses: number[] = [];
  for (const id of ['handle-3', 'handle-4', 'handle-5']) statuses.push((await scene.call(id)).status);
  await until(async () => (await scene.host.ask('backups.list', {})).filter(isDone).length === 5);
  for (const id of ['handle-6', 'handle-1']) statuses.push((await scene.call(id)).status);
  expect(statuses).toEqual([200, 200, 200, 404, 200]);
});

/** A provider that knows only the ids that the test names. */
async function withInventedIds(known: readonly string[]): Promise<Awaited<ReturnType<typeof withClock>>> {
  const scene = await withClock();
  scene.depot.onResolve = async (_context, handle) => {
    if (!known.includes(handle)) throw new RingbackError('not-found', 'Depot does not know this.');
  };
  await requested(scene);
  return scene;
}

const states = async ({ host }: BackupScene): Promise<string[]> =>
  (await host.ask('backups.list', {})).map(({ state }) => state);

test('invented ids do not lock out the one that the provider knows', async () => {
  const scene = await withInventedIds(['true-id']);
  for (let count = 1; count <= 12; count += 1) {
    expect((await scene.call(`invented-${count}`)).status).toBe(200);
    await until(() => scene.depot.resolved.length === count);
    await until(async () => (await states(scene)).every((state) => state === 'failed'));
  }
  expect((await scene.call('true-id')).status).toBe(200);
  expect(await scene.reach('done')).toMatchObject({ sha256: scene.depot.sha256 });
  expect(await states(scene)).toEqual(['done']);
});

test('while invented ids are looked up further ones are put off, and the provider’s next call is accepted', async () => {
  const scene = await withInventedIds(['true-id']);
  const lookUps = Promise.withResolvers<void>();
  const { onResolve } = scene.depot;
  scene.depot.onResolve = async (context, handle) => {
    await lookUps.promise;
    await onResolve?.(context, handle);
  };
  for (let count = 1; count <= 5; count += 1) expect((await scene.call(`invented-${count}`)).status).toBe(200);
  expect((await scene.call('true-id')).status).toBe(503);
  expect((await scene.call('invented-1')).status).toBe(200);
  lookUps.resolve();
  await until(async () => (await states(scene)).every((state) => state === 'failed'));
  expect(scene.host.notes.length).toBeLessThanOrEqual(1);
  expect((await scene.call('true-id')).status).toBe(200);
  await until(async () => (await states(scene)).includes('done'));
  expect(await states(scene)).toHaveLength(5);
});

test('ids are looked up at most twenty times an hour, the same one again and again included', async () => {
  const scene = await withInventedIds(['true-id']);
  for (let count = 1; count <= 20; count += 1) {
    expect((await scene.call(count % 2 === 0 ? 'invented' : `invented-${count}`)).status).toBe(200);
    await until(() => scene.depot.resolved.length === count);
    await until(async () => (await states(scene)).every((state) => state === 'failed'));
  }
  expect((await scene.call('invented-21')).status).toBe(503);
  expect((await scene.call('true-id')).status).toBe(503);
  expect(scene.depot.resolved).toHaveLength(20);
  scene.clock.time += hour;
  expect((await scene.call('true-id')).status).toBe(200);
  await until(async () => (await states(scene)).includes('done'));
});

test('a look-up that failed for another reason keeps its id while invented ones come', async () => {
  const scene = await withInventedIds([]);
  const { onResolve } = scene.depot;
  scene.depot.onResolve = async (context, handle) => {
    if (handle === 'true-id') throw new RingbackError('provider', 'Depot has trouble just now.');
    await onResolve?.(context, handle);
  };
  await scene.call('true-id');
  const { id } = await scene.reach('failed');
  for (const invented of ['invented-1', 'invented-2', 'invented-3']) {
    const looked = scene.depot.resolved.length;
    expect((await scene.call(invented)).status).toBe(200);
    await until(() => scene.depot.resolved.length === looked + 1);
    await until(async () => (await states(scene)).every((state) => state === 'failed'));
  }
  scene.depot.onResolve = undefined;
  await scene.host.ask('backups.resume', { id });
  expect(await scene.reach('done', id)).toMatchObject({ sha256: scene.depot.sha256 });
  expect(scene.depot.resolved.at(-1)).toBe('true-id');
});

test('a callback that arrives before the response to the request counts', async () => {
  const scene = await openBackupScene();
  scene.depot.onRequest = async (address) => {
    expect((await fetch(`${address}?id=handle-1`)).status).toBe(200);
    return undefined;
  };
  await scene.host.ask('backups.start', { connection: scene.connection });
  expect(await scene.reach('done')).toMatchObject({ sha256: scene.depot.sha256 });
});

test('a callback that arrives although the request seemed rejected continues the backup', async () => {
  const scene = await openBackupScene();
  scene.depot.onRequest = () => Promise.reject(new RingbackError('provider', 'Depot has trouble just now.'));
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('failed');
  await scene.call('handle-1');
  await scene.reach('done');
});

test('without a callback the request times out after the hours of the settings, with likely causes', async () => {
  const scene = await withClock();
  await requested(scene);
  await scene.host.ask('settings.set', { backups: { patienceHours: 2 } });
  scene.clock.time += 2 * hour - 1;
  scene.host.engine.wake();
  await scene.host.ask('backups.list', {});
  expect((await scene.reach('requested')).advice).toBeUndefined();
  scene.clock.time += 1;
  scene.host.engine.wake();
  expect(await scene.reach('timed-out')).toMatchObject({
    problem: 'No callback arrived within 2 hours.',
    advice: expect.stringMatching(/warning page of the tunnel.*the provider is busy/),
  });
  await until(() => scene.host.notes.length > 0);
  expect(scene.host.notes.map(({ title }) => title)).toEqual(['No callback for the backup: Garage']);
});

test('a callback within a day after the timeout is accepted, and a later one is not', async () => {
  const scene = await withClock();
  await requested(scene);
  scene.clock.time += 6 * hour;
  scene.host.engine.wake();
  await scene.reach('timed-out');
  scene.clock.time += 24 * hour;
  expect((await scene.call('handle-1')).status).toBe(200);
  await scene.reach('done');
  scene.clock.time += 24 * hour + 1;
  expect((await scene.call('handle-2')).status).toBe(404);
  expect((await scene.call('handle-1')).status).toBe(200);
});

test('as soon as the public URL changes while a backup waits for its callback, the advice is to request again', async () => {
  const scene = await openBackupScene();
  const first = await requested(scene);
  const [address = ''] = scene.depot.callbackUrls;
  await scene.host.ask('settings.set', {
    tunnel: { provider: 'fixed', url: address.replace('127.0.0.1', 'localhost').replace(/\/in\/.*/, '') },
  });
  await until(async () => (await scene.host.ask('backups.list', {}))[0]?.advice?.includes('Request it again'));
  expect(scene.host.changes.findLast(({ type }) => type === 'backup')).toMatchObject({
    type: 'backup',
    backup: { id: first, state: 'requested' },
  });
  const second = await scene.host.ask('backups.start', { connection: scene.connection });
  expect(second.id).not.toBe(first);
  await scene.reach('requested', second.id);
  expect(scene.depot.callbackUrls[1]).toMatch(/^http:\/\/localhost/);
  expect(await scene.reach('timed-out', first)).toMatchObject({ problem: expect.stringMatching(/public URL changed/) });
  await scene.call('handle-2');
  await scene.reach('done', second.id);
});

test('a request whose response was lost waits, and a second start requests once more with the same URL', async () => {
  const scene = await openBackupScene();
  scene.depot.onRequest = () => Promise.reject(new RingbackError('offline', 'Depot did not answer in time.'));
  const id = await requested(scene);
  expect((await scene.reach('requested')).problem).toMatch(/Waiting for the callback\. Depot did not answer in time/);
  scene.depot.onRequest = undefined;
  expect(await scene.host.ask('backups.start', { connection: scene.connection })).toMatchObject({ id });
  await until(() => scene.depot.callbackUrls.length === 2);
  expect(new Set(scene.depot.callbackUrls).size).toBe(1);
  await scene.call('handle-1');
  await scene.reach('done', id);
});

test('a request that certainly did not arrive is repeated when that is possible', async () => {
  const depot = await openDepot();
  const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  depot.requestFailure = new RingbackError('offline', 'Depot cannot be reached.', { cause });
  const scene = await openBackupScene({}, depot);
  await scene.host.ask('backups.start', { connection: scene.connection });
  await until(async () => (await scene.host.ask('backups.list', {}))[0]?.problem === 'Depot cannot be reached.');
  depot.requestFailure = undefined;
  scene.host.engine.wake();
  expect((await scene.reach('requested')).problem).toBeUndefined();
  expect(depot.callbackUrls).toHaveLength(1);
});

test('a callback that cannot be stored gets 503, and the backup stays open', async () => {
  const scene = await openBackupScene();
  await requested(scene);
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(`${scene.host.folder}/events.sqlite`, { timeout: 5_000 });
  database.exec('ALTER TABLE deliveries RENAME TO away');
  expect((await scene.call('handle-1')).status).toBe(503);
  expect(await scene.host.ask('backups.list', {})).toMatchObject([{ state: 'requested' }]);
  database.exec('ALTER TABLE away RENAME TO deliveries');
  database.close();
  expect((await scene.call('handle-1')).status).toBe(200);
  await scene.reach('done');
});

test('a callback gets its response before the download starts', async () => {
  const scene = await openBackupScene();
  scene.depot.respond = () => {};
  await requested(scene);
  expect((await scene.call('handle-1')).status).toBe(200);
  await scene.reach('downloading');
});

test('a body above the limit is rejected', async () => {
  const scene = await openBackupScene();
  await requested(scene);
  const status = await new Promise((resolve, reject) => {
    const sent = request(scene.depot.callbackUrls[0] ?? '', { method: 'POST' }, (answer) => resolve(answer.statusCode));
    sent.on('error', reject).end(Buffer.alloc(1024 * 1024 + 1));
  });
  expect(status).toBe(413);
});
