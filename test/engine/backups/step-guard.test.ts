import { cp, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Context } from '../../../main/engine/connector/index.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { type BackupScene, openBackupScene, openDepot, sendFile } from '../../support/backup-connector.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** Another engine on what a killed process would leave; the one before stands still and writes nothing more. */
async function killed(scene: BackupScene): Promise<BackupScene> {
  const folder = await temporaryFolder();
  await cp(scene.host.folder, folder, { recursive: true });
  return openBackupScene({ folder, values: new Map(scene.host.values), reachable: false }, scene.depot);
}

/** The size of the one partial file below a folder. */
async function partialBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const part = names.find((name) => name.endsWith('.part'));
  return part === undefined ? 0 : (await stat(join(folder, part))).size;
}

function untilAborted({ signal }: Context): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
}

async function called(scene: BackupScene): Promise<void> {
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('requested');
  await scene.call('handle-1');
}

test('a look-up that ended the process twice is not tried a third time, until the user resumes it', async () => {
  const depot = await openDepot();
  depot.onResolve = untilAborted;
  const first = await openBackupScene({}, depot);
  await called(first);
  await until(() => depot.resolved.length === 1);
  const second = await killed(first);
  await until(() => depot.resolved.length === 2);
  const third = await killed(second);
  const failed = await third.reach('failed');
  expect(failed).toMatchObject({ problem: expect.stringContaining('Ringback ended 2 times'), resumable: true });
  expect(depot.resolved).toHaveLength(2);
  await until(() => third.host.notes.length > 0);
  depot.onResolve = undefined;
  await third.host.ask('backups.resume', { id: failed.id });
  expect(await third.reach('done')).toMatchObject({ sha256: depot.sha256 });
});

test('a download that ends the process before its first byte is not tried a third time', async () => {
  const depot = await openDepot();
  depot.respond = () => {};
  const first = await openBackupScene({}, depot);
  await called(first);
  await until(() => depot.fetched.length === 1);
  const second = await killed(first);
  await until(() => depot.fetched.length === 2);
  const third = await killed(second);
  expect(await third.reach('failed')).toMatchObject({ problem: expect.stringContaining('Ringback ended 2 times') });
  expect(depot.fetched).toHaveLength(2);
});

test('a download that receives more at each start is resumed however often the process ends', async () => {
  const depot = await openDepot(3_000_000);
  depot.respond = (request, response) => {
    const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    if (depot.fetched.length > 4) return sendFile(depot.file, request, response);
    const range = { 'content-range': `bytes ${start}-${depot.file.length - 1}/${depot.file.length}` };
    response.writeHead(start > 0 ? 206 : 200, {
      ...{ etag: '"one"', 'accept-ranges': 'bytes', 'content-length': depot.file.length - start },
      ...(start > 0 ? range : {}),
    });
    response.write(depot.file.subarray(start, start + 600_000));
  };
  const first = await openBackupScene({}, depot);
  await called(first);
  let scene = first;
  for (let kill = 1; kill <= 4; kill += 1) {
    await until(async () => (await partialBytes(first.host.folder)) >= kill * 400_000);
    scene = await killed(scene);
  }
  expect(await scene.reach('done')).toMatchObject({ sha256: depot.sha256 });
});

test('ordinary ends of the process do not count', async () => {
  const depot = await openDepot();
  depot.respond = () => {};
  let scene = await openBackupScene({}, depot);
  await called(scene);
  for (let restart = 1; restart <= 4; restart += 1) {
    await until(() => depot.fetched.length === restart);
    await scene.host.engine.close();
    scene = await openBackupScene({ folder: scene.host.folder, values: scene.host.values }, depot);
  }
  depot.respond = undefined;
  await scene.host.engine.close();
  scene = await openBackupScene({ folder: scene.host.folder, values: scene.host.values }, depot);
  expect(await scene.reach('done')).toMatchObject({ sha256: depot.sha256 });
});

test('failures that are retried do not count', async () => {
  const depot = await openDepot();
  depot.resolveFailure = new RingbackError('offline', 'Depot does not respond.');
  const scene = await openBackupScene({}, depot);
  await called(scene);
  for (let tries = 1; tries <= 4; tries += 1) {
    await until(() => depot.resolved.length >= tries);
    scene.host.engine.wake();
  }
  depot.resolveFailure = undefined;
  scene.host.engine.wake();
  expect(await scene.reach('done')).toMatchObject({ sha256: depot.sha256 });
});
