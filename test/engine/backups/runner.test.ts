import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { type BackupScene, openBackupScene, openDepot, sendFile } from '../../support/backup-connector.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** Ends the engine and opens another on the same folder, with the same provider. */
async function restart(scene: BackupScene, meanwhile: () => void = () => {}): Promise<BackupScene> {
  await scene.host.engine.close();
  meanwhile();
  return openBackupScene({ folder: scene.host.folder, values: scene.host.values }, scene.depot);
}

/** The callback URL at the new engine's receiver: another port, the same key. */
async function moved(scene: BackupScene): Promise<string> {
  const { receiver } = await scene.host.ask('status.get', {});
  return (scene.depot.callbackUrls.at(-1) ?? '').replace(/:\d+/, `:${receiver.port}`);
}

test('a request that was not sent yet is sent after the restart', async () => {
  const first = await openBackupScene();
  await first.host.ask('settings.set', { tunnel: { provider: 'localtunnel', host: 'http://127.0.0.1:9' } });
  await first.host.ask('backups.start', { connection: first.connection });
  await until(async () => (await first.reach('created')).problem?.includes('public URL is not up'));
  expect(first.depot.callbackUrls).toEqual([]);
  const second = await restart(first);
  await second.reach('requested');
  await second.call('handle-1');
  await second.reach('done');
});

test('a request whose response was lost with the process is not sent again; its callback counts', async () => {
  const first = await openBackupScene();
  first.depot.onRequest = (_address, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
  await first.host.ask('backups.start', { connection: first.connection });
  await until(() => first.depot.callbackUrls.length > 0);
  const second = await restart(first);
  expect((await second.reach('requested')).problem).toMatch(/Waiting for the callback/);
  expect(second.depot.callbackUrls).toHaveLength(1);
  await second.call('handle-1', await moved(second));
  await second.reach('done');
});

test('a request that waits for its callback continues to wait', async () => {
  const first = await openBackupScene();
  await first.host.ask('backups.start', { connection: first.connection });
  await first.reach('requested');
  const second = await restart(first);
  await second.reach('requested');
  expect((await second.call('handle-1', await moved(second))).status).toBe(200);
  expect(await second.reach('done')).toMatchObject({ sha256: first.depot.sha256 });
});

test('a called-back id is resolved after the restart', async () => {
  const first = await openBackupScene();
  first.depot.resolveFailure = new RingbackError('offline', 'Depot cannot be reached.');
  await first.host.ask('backups.start', { connection: first.connection });
  await first.reach('requested');
  await first.call('handle-1');
  await until(async () => (await first.reach('called-back')).problem);
  const second = await restart(first, () => {
    first.depot.resolveFailure = undefined;
  });
  await second.reach('done');
});

test.each(['resolved', 'downloading'])('a download that was %s resumes where it was', async (state) => {
  const depot = await openDepot(3_000_000);
  depot.respond = (request, response) => {
    response.setHeader('etag', '"one"');
    response.setHeader('accept-ranges', 'bytes');
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': depot.file.length });
    response.write(depot.file.subarray(0, 2_500_000));
    request.on('close', () => response.destroy());
  };
  const first = await openBackupScene({}, depot);
  await first.host.ask('backups.start', { connection: first.connection });
  await first.reach('requested');
  await first.call('handle-1');
  await until(async () => ((await first.reach('downloading')).bytes ?? 0) > 0);
  const second = await restart(first, () => {
    depot.respond = (request, response) => sendFile(depot.file, request, response);
    depot.fetched.length = 0;
    const database = new DatabaseSync(`${first.host.folder}/events.sqlite`, { timeout: 5_000 });
    database.prepare("UPDATE backups SET record = json_set(record, '$.state', ?)").run(state);
    database.close();
  });
  expect(await second.reach('done')).toMatchObject({ sha256: depot.sha256, bytes: 3_000_000 });
  const start = Number(/^bytes=(\d+)-$/.exec(depot.fetched[0]?.range ?? '')?.[1]);
  expect(start).toBeGreaterThan(0);
  expect(depot.resolved).toEqual(['handle-1']);
});

test('of several files those already downloaded are not downloaded again', async () => {
  const first = await openBackupScene();
  const { depot } = first;
  depot.results.set('handle-1', { kind: 'files', urls: [depot.fileUrl, depot.fileUrl.replace('owner', 'stock')] });
  depot.respond = (request, response) => {
    if (request.url?.includes('owner')) sendFile(depot.file, request, response);
  };
  await first.host.ask('backups.start', { connection: first.connection });
  await first.reach('requested');
  await first.call('handle-1');
  await until(() => depot.fetched.some(({ url }) => url.includes('stock')));
  const second = await restart(first, () => {
    depot.respond = undefined;
    depot.fetched.length = 0;
  });
  expect((await second.reach('done')).files).toHaveLength(2);
  expect(depot.fetched.map(({ url }) => url)).toEqual(['/stock.bin']);
});

test('a finished backup stays finished, and is notified once across restarts', async () => {
  const first = await openBackupScene();
  await first.host.ask('backups.start', { connection: first.connection });
  await first.reach('requested');
  await first.call('handle-1');
  const done = await first.reach('done');
  await until(() => first.host.notes.length === 1);
  const second = await restart(first);
  // Recording that the notification was stored changes the record once more.
  expect(await second.reach('done')).toEqual({ ...done, updatedAt: expect.any(String) });
  await until(async () => (await second.host.ask('notifications.list', {})).length === 1);
  expect(second.host.notes).toEqual([]);
  expect(await second.host.ask('backups.accounts', {})).toMatchObject([{ lastProven: { id: done.id } }]);
});

test('a notification that could not be shown before closing is shown at the next start, with what its click opens', async () => {
  const folder = await temporaryFolder();
  const first = await openBackupScene({ folder, ports: { notify: () => new Promise(() => {}) } });
  await first.host.ask('backups.start', { connection: first.connection });
  await first.reach('requested');
  await first.call('handle-1');
  const { id } = await first.reach('done');
  const second = await restart(first);
  await until(() => second.host.notes.length > 0);
  expect(second.host.notes).toMatchObject([{ title: 'Backup finished: Garage, 100 kB', backup: id }]);
});

test('after closing no request is sent', async () => {
  const scene = await openBackupScene();
  scene.depot.respond = (_request, response) => void response.writeHead(200).flushHeaders();
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('requested');
  await scene.call('handle-1');
  await until(() => scene.depot.fetched.length > 0);
  await scene.host.engine.close();
  const { fetched, resolved, callbackUrls: addresses } = scene.depot;
  const before = [fetched.length, resolved.length, addresses.length, scene.host.changes.length];
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect([fetched.length, resolved.length, addresses.length, scene.host.changes.length]).toEqual(before);
});
