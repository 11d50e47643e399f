import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RingbackError } from '../../../main/engine/errors.ts';
import { type BackupScene, type Depot, openBackupScene, sendFile } from '../../support/backup-connector.ts';
import { until } from '../../support/temporary.ts';
import { zip } from '../download/archives.ts';

test('a started backup ends with a verified file on disk, its manifest beside it, and one notification', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  const started = await host.ask('backups.start', { connection });
  expect(started).toMatchObject({
    connection,
    state: 'created',
    title: 'Backup of Garage',
    request: 'owner',
    by: 'user',
  });
  await reach('requested');
  expect(depot.callbackUrls).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/in\/[0-9a-f]{32}$/)]);
  expect((await call('handle-1')).status).toBe(200);
  const done = await reach('done');
  expect(done).toMatchObject({ id: started.id, bytes: 100_000, total: 100_000, sha256: depot.sha256 });
  expect(done.file).toBe(join(host.folder, 'backups', 'Garage', 'owner.bin'));
  expect(hashOf(await readFile(done.file ?? ''))).toBe(depot.sha256);
  expect(await readFile(`${done.file}.ringback.json`, 'utf8')).toContain(depot.sha256);
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([
    { title: 'Backup finished: Garage, 100 kB', body: 'owner.bin, verified.', backup: done.id },
  ]);
  expect(await host.ask('backups.accounts', {})).toMatchObject([
    { connection, name: 'Garage', overdue: false, lastProven: { id: done.id, bytes: 100_000, file: done.file } },
  ]);
});

test('every state is published, with progress in between', async () => {
  const { host, connection, call, reach } = await openBackupScene();
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  await reach('done');
  const published = host.changes.flatMap((change) => (change.type === 'backup' ? [change.backup] : []));
  expect([...new Set(published.map(({ state }) => state))]).toEqual([
    'created',
    'requested',
    'called-back',
    'resolved',
    'downloading',
    'done',
  ]);
  expect(published.filter(({ state, bytes }) => state === 'downloading' && (bytes ?? 0) > 0)).not.toEqual([]);
});

test('a second start joins the first, at the same moment too; another kind is a request of its own', async () => {
  const { depot, host, connection, reach } = await openBackupScene();
  const backups = await Promise.all(Array.from({ length: 5 }, () => host.ask('backups.start', { connection })));
  expect(new Set(backups.map(({ id }) => id)).size).toBe(1);
  await reach('requested');
  await host.ask('backups.start', { connection });
  const other = await host.ask('backups.start', { connection, request: 'stock' });
  expect(other.id).not.toBe(backups[0]?.id);
  await reach('requested', other.id);
  expect(new Set(depot.callbackUrls).size).toBe(2);
  expect(depot.callbackUrls).toHaveLength(2);
});

test('a start that is impossible is rejected with the reason', async () => {
  const { host, connection } = await openBackupScene();
  const problemOf = async (input: object): Promise<unknown> => {
    const reply = await host.engine.ask('backups.start', input);
    return reply.ok ? undefined : reply.problem;
  };
  expect(await problemOf({ connection: 'gone' })).toMatchObject({ code: 'not-found' });
  expect(await problemOf({ connection, request: 'nonsense' })).toMatchObject({ code: 'invalid-input' });
  await host.ask('settings.set', { tunnel: { provider: 'off' } });
  expect(await problemOf({ connection })).toMatchObject({ code: 'conflict', message: /no tunnel is set/ });
  expect(await host.ask('backups.list', {})).toEqual([]);
});

test('a rejected request fails with the reason, in the list and in a notification', async () => {
  const { depot, host, connection, reach } = await openBackupScene();
  depot.requestFailure = new RingbackError('provider', 'Depot does not allow this.');
  await host.ask('backups.start', { connection });
  expect(await reach('failed')).toMatchObject({ problem: 'Depot does not allow this.' });
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([
    { title: 'Backup failed: Garage', body: 'Depot does not allow this.', page: 'backups' },
  ]);
});

test('a result that comes with the response is downloaded without a callback', async () => {
  const { depot, host, connection, reach } = await openBackupScene();
  depot.onRequest = async () => ({ kind: 'files', urls: [depot.fileUrl] });
  await host.ask('backups.start', { connection });
  expect(await reach('done')).toMatchObject({ sha256: depot.sha256 });
  expect(depot.resolved).toEqual([]);
});

test('data instead of a file fails a request for files, with the text, and the backup can be resumed', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  depot.results.set('handle-1', { kind: 'data', data: 'The backup is still being written.' });
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  const failed = await reach('failed');
  expect(failed).toMatchObject({
    problem: 'The provider sent no file, but this: The backup is still being written.',
    result: '"The backup is still being written."',
    resumable: true,
  });
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([
    { title: 'Backup failed: Garage', body: expect.stringContaining('still being written. Resume it') },
  ]);
  depot.results.delete('handle-1');
  await host.ask('backups.resume', { id: failed.id });
  const done = await reach('done', failed.id);
  expect([done.result, done.sha256]).toEqual([undefined, depot.sha256]);
});

test('data is shown unchanged where the request may return such', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  depot.results.set('handle-1', { kind: 'data', data: { rows: [1, 2] } });
  await host.ask('backups.start', { connection, request: 'stock' });
  await reach('requested');
  await call('handle-1');
  const done = await reach('done');
  expect(JSON.parse(done.result ?? '')).toEqual({ rows: [1, 2] });
  expect(done.file).toBeUndefined();
  const [account] = await host.ask('backups.accounts', {});
  expect(account?.lastProven).toBeUndefined();
});

test('a backup whose server name has the wrong extension gets the right one, and the notification says so', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  const packed = gzipSync(depot.file);
  depot.respond = (_request, response) => {
    response.writeHead(200, {
      'content-length': packed.length,
      'content-disposition': 'attachment; filename=owner.zip',
    });
    response.end(packed);
  };
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  const { file = '' } = await reach('done');
  expect(file).toBe(join(host.folder, 'backups', 'Garage', 'owner.zip.gz'));
  expect(await readFile(`${file}.ringback.json`, 'utf8')).toContain('"misnomer": "owner.zip"');
  await until(() => host.notes.length > 0);
  expect(host.notes[0]?.body).toBe(
    "owner.zip.gz, verified. Saved as owner.zip.gz; the server's name owner.zip didn't match the content.",
  );
});

test('a backup of several files lists them all', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  depot.results.set('handle-1', { kind: 'files', urls: [depot.fileUrl, depot.fileUrl.replace('owner', 'stock')] });
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  const done = await reach('done');
  expect(done.files?.map((file) => file.slice(-9))).toEqual(['owner.bin', 'stock.bin']);
  expect(done).toMatchObject({ file: done.files?.[0], bytes: 200_000 });
});

test('a failed download continues from where it failed when the user resumes it', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  depot.respond = (_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  const failed = await reach('failed');
  expect(failed).toMatchObject({ resumable: true, problem: expect.stringMatching(/web page/i) });
  depot.respond = undefined;
  await host.ask('backups.resume', { id: failed.id });
  expect(await reach('done')).toMatchObject({ id: failed.id, sha256: depot.sha256 });
  expect(depot.callbackUrls).toHaveLength(1);
  const again = await host.engine.ask('backups.resume', { id: failed.id });
  expect(again).toMatchObject({ ok: false, problem: { code: 'conflict' } });
});

test('an expired link is renewed once, and the download resumes', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  depot.respond = (request, response) => {
    if (request.url?.includes('expired')) response.writeHead(410).end();
    else sendFile(depot.file, request, response);
  };
  depot.results.set('handle-1', { kind: 'files', urls: [depot.fileUrl.replace('owner', 'expired')] });
  await host.ask('backups.start', { connection });
  await reach('requested');
  depot.onRequest = undefined;
  const resolve = depot.connector.backups?.resolve;
  expect(resolve).toBeDefined();
  await call('handle-1');
  await until(() => depot.resolved.length === 1);
  depot.results.delete('handle-1');
  expect(await reach('done')).toMatchObject({ sha256: depot.sha256 });
  expect(depot.resolved).toEqual(['handle-1', 'handle-1']);
});

test.each([2, 0])(
  'an expired link that is renewed with %i files is a failure, because the file cannot be identified',
  async (count) => {
    const { depot, host, connection, call, reach } = await openBackupScene();
    depot.respond = (request, response) => {
      if (!request.url?.includes('expired')) return sendFile(depot.file, request, response);
      depot.results.set('handle-1', { kind: 'files', urls: Array(count).fill(depot.fileUrl) });
      response.writeHead(410).end();
    };
    depot.results.set('handle-1', { kind: 'files', urls: [depot.fileUrl.replace('owner', 'expired')] });
    await host.ask('backups.start', { connection });
    await reach('requested');
    await call('handle-1');
    expect((await reach('failed')).problem).toBe(
      'The link expired, and the provider gave no new one. Request the backup again.',
    );
    expect(depot.fetched.map(({ url }) => url)).toEqual(['/expired.bin']);
    expect(await readdir(join(host.folder, 'backups', 'Garage'))).toEqual([]);
  },
);

test('a cancelled backup is over, without a notification and without partial files', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  const closed = Promise.withResolvers<void>();
  depot.respond = (_request, response) => {
    response.on('close', () => closed.resolve());
    response.writeHead(200, { 'content-length': 1000 }).write('half of it');
  };
  const { id } = await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  await until(() => depot.fetched.length > 0);
  expect(await host.ask('backups.cancel', { id })).toMatchObject({ state: 'cancelled', problem: 'Cancelled.' });
  await closed.promise;
  expect((await host.ask('backups.list', {}))[0]?.resumable).toBeUndefined();
  expect(await readdir(join(host.folder, 'backups', 'Garage'))).toEqual([]);
  expect((await call('handle-2')).status).toBe(404);
  expect(await host.engine.ask('backups.cancel', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect(host.notes).toEqual([]);
});

/** A response without announced length: its partial file stays, and the download fails. */
function sendBare(depot: Depot): void {
  depot.respond = (_request, response) => {
    response.removeHeader('transfer-encoding');
    response.writeHead(200, { connection: 'close' }).write(depot.file, () => response.end());
  };
}

test('the partial files of a failed download are deleted when the user discards it, and it cannot be resumed', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  sendBare(depot);
  const { id } = await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  const { advice, resumable } = await reach('failed');
  expect([advice, resumable]).toEqual([expect.stringMatching(/is stored/), true]);
  const folder = join(host.folder, 'backups', 'Garage');
  expect((await readdir(folder)).sort()).toEqual(['owner.bin.part', 'owner.bin.part.json']);
  const given = await host.ask('backups.cancel', { id });
  expect([given.state, given.problem, given.advice, given.resumable]).toEqual([
    'failed',
    expect.stringMatching(/without announcing the length/),
    undefined,
    undefined,
  ]);
  expect(await readdir(folder)).toEqual([]);
  expect(await host.engine.ask('backups.resume', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect(await host.engine.ask('backups.cancel', { id })).toMatchObject({ ok: false, problem: { code: 'conflict' } });
});

test('partial files of failed downloads are deleted when a newer backup of the same kind is done, and no sooner', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  sendBare(depot);
  const { id } = await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  await reach('failed');
  depot.respond = undefined;
  const folder = join(host.folder, 'backups', 'Garage');
  const other = await host.ask('backups.start', { connection, request: 'stock' });
  await reach('requested', other.id);
  await call('handle-2');
  await reach('done', other.id);
  await host.ask('backups.tidy', { connection, apply: [] });
  expect(await readdir(folder)).toContain('owner.bin.part');
  const newer = await host.ask('backups.start', { connection });
  await reach('requested', newer.id);
  await call('handle-3');
  await reach('done', newer.id);
  await until(async () => !(await readdir(folder)).some((name) => name.includes('.part')));
  await until(async () => (await reach('failed', id)).advice === undefined);
});

function serveFile(depot: Depot, name: string, content: Buffer): void {
  depot.respond = (_request, response) => {
    const disposition = `attachment; filename="${name}"`;
    response.writeHead(200, { 'content-length': content.length, 'content-disposition': disposition }).end(content);
  };
}

async function backUp({ host, connection, call, reach }: BackupScene, handle: string): Promise<string> {
  const { id } = await host.ask('backups.start', { connection });
  await reach('requested', id);
  await call(handle);
  return id;
}

test('a backup with a remark is stored, but not counted as verified', async () => {
  const scene = await openBackupScene();
  const { depot, host, connection, reach } = scene;
  serveFile(depot, 'owner.zip', Buffer.concat([zip([{ name: 'a.sql', content: depot.file }]), Buffer.from('more')]));
  const id = await backUp(scene, 'handle-1');
  const done = await reach('done', id);
  expect(done).toMatchObject({
    remark: '4 bytes follow the zip archive.',
    remarkMessage: { code: 'download.zipTrailingBytes', params: { bytes: 4 } },
  });
  expect((await readFile(done.file ?? '')).subarray(-4).toString()).toBe('more');
  expect((await host.ask('backups.accounts', {}))[0]?.lastProven).toBeUndefined();
  await until(() => host.notes.length > 0);
  expect(host.notes[0]?.body).toBe('owner.zip, stored but not fully verified. 4 bytes follow the zip archive.');
  expect((await host.ask('backups.verify', { id })).verification).toMatchObject({ state: 'good' });
  await host.ask('backups.plan', { connection, keep: { last: 1, daily: 0, weekly: 0, monthly: 0 } });
  expect((await host.ask('backups.tidy', { connection })).remove).toEqual([]);
});

test('a damaged file is set aside until a newer backup is verified', async () => {
  const scene = await openBackupScene();
  const { depot, host, reach } = scene;
  const damaged = zip([{ name: 'a.sql', content: depot.file, crc: 1 }]);
  serveFile(depot, 'owner.zip', damaged);
  const id = await backUp(scene, 'handle-1');
  const { damagedFile = '', advice, problem } = await reach('failed', id);
  expect(damagedFile).toBe(join(host.folder, 'backups', 'Garage', 'owner.zip.damaged'));
  expect(problem).toContain('the checksum of an entry does not match');
  expect(advice).toBe('The damaged file is stored as owner.zip.damaged until a newer backup is verified.');
  expect((await readFile(damagedFile)).equals(damaged)).toBe(true);
  serveFile(depot, 'owner.zip', Buffer.concat([zip([{ name: 'a.sql', content: depot.file }]), Buffer.from('more')]));
  await reach('done', await backUp(scene, 'handle-2'));
  await host.ask('backups.tidy', { connection: scene.connection, apply: [] });
  expect((await readFile(damagedFile)).equals(damaged)).toBe(true);
  depot.respond = undefined;
  await reach('done', await backUp(scene, 'handle-3'));
  await until(async () => (await reach('failed', id)).damagedFile === undefined);
  await expect(readFile(damagedFile)).rejects.toThrow('ENOENT');
});

test('a damaged file is replaced by the next one of the same backup, and deleted when the user discards it', async () => {
  const scene = await openBackupScene();
  const { depot, host, reach } = scene;
  const folder = join(host.folder, 'backups', 'Garage');
  serveFile(depot, 'owner.zip', zip([{ name: 'a.sql', content: depot.file, crc: 1 }]));
  const id = await backUp(scene, 'handle-1');
  await reach('failed', id);
  await host.ask('backups.resume', { id });
  await until(async () => (await readdir(folder)).join() === 'owner (2).zip.damaged');
  await reach('failed', id);
  await host.ask('backups.cancel', { id });
  expect(await readdir(folder)).toEqual([]);
});

test('while notifications are disabled none is shown of a backup, then or later', async () => {
  const { host, connection, call, reach } = await openBackupScene();
  await host.ask('settings.set', { notifications: { enabled: false } });
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  await reach('done');
  await host.ask('settings.set', { notifications: { enabled: true } });
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-2');
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([{ body: 'owner (2).bin, verified.' }]);
});

test('a connection that is removed ends its open backups', async () => {
  const { host, connection, reach } = await openBackupScene();
  await host.ask('backups.start', { connection });
  await reach('requested');
  await host.ask('connections.remove', { id: connection });
  expect(await reach('cancelled')).toMatchObject({ problem: 'Its connection was removed.' });
  expect(await host.ask('backups.accounts', {})).toEqual([]);
});

test('a finished backup is verified on demand: unchanged, altered, missing', async () => {
  const { host, connection, call, reach } = await openBackupScene();
  const { id } = await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  const { file = '' } = await reach('done');
  expect((await host.ask('backups.verify', { id })).verification).toMatchObject({ state: 'good' });
  const content = await readFile(file);
  await writeFile(file, Buffer.concat([content.subarray(0, -1), Buffer.from([(content.at(-1) ?? 0) ^ 1])]));
  expect((await host.ask('backups.verify', { id })).verification).toMatchObject({ state: 'altered' });
  expect((await host.ask('backups.accounts', {}))[0]?.lastProven).toBeUndefined();
  await rm(file);
  expect((await host.ask('backups.verify', { id })).verification).toMatchObject({ state: 'missing' });
});

test('the file is revealed through the host, and only while it exists', async () => {
  const shown: string[] = [];
  const reveal = async (path: string) => shown.push(path) > 0;
  const { host, connection, call, reach } = await openBackupScene({ ports: { reveal } });
  const { id } = await host.ask('backups.start', { connection });
  expect(await host.ask('backups.reveal', { id })).toEqual({ opened: false });
  await reach('requested');
  await call('handle-1');
  const { file = '' } = await reach('done');
  expect(await host.ask('backups.reveal', { id })).toEqual({ opened: true });
  await rm(file);
  expect(await host.ask('backups.reveal', { id })).toEqual({ opened: false });
  expect(shown).toEqual([file]);
});

test('backups are stored in the folder that the user chose through the host', async () => {
  const { host, connection, call, reach } = await openBackupScene({
    ports: { chooseFolder: async (present) => `${present}-elsewhere` },
  });
  const folder = join(host.folder, 'backups-elsewhere');
  expect(await host.ask('backups.choosePlace', {})).toEqual({ folder, choosable: true });
  await host.ask('backups.start', { connection });
  await reach('requested');
  await call('handle-1');
  expect((await reach('done')).file).toBe(join(folder, 'Garage', 'owner.bin'));
});

test('a called-back backup continues when its provider can be reached again', async () => {
  const { depot, host, connection, call, reach } = await openBackupScene();
  await host.ask('backups.start', { connection });
  await reach('requested');
  depot.resolveFailure = new RingbackError('offline', 'Depot cannot be reached.');
  await call('handle-1');
  await until(async () => (await host.ask('backups.list', {}))[0]?.problem === 'Depot cannot be reached.');
  depot.resolveFailure = undefined;
  host.engine.wake();
  expect(await reach('done')).toMatchObject({ sha256: depot.sha256 });
  expect((await host.ask('backups.list', {}))[0]?.problem).toBeUndefined();
  expect(host.notes.filter(({ title }) => /failed/.test(title))).toEqual([]);
});

test('neither handles, links nor keys are stored unencrypted, nor do they appear in answers and log lines', async () => {
  const { depot, host, connection, reach } = await openBackupScene();
  depot.results.set('very-secret-handle', { kind: 'files', urls: [`${depot.fileUrl}?signature=very-secret-link`] });
  await host.ask('backups.start', { connection });
  await reach('requested');
  const [address = ''] = depot.callbackUrls;
  await fetch(address, { method: 'POST', body: '{"id=very-secret-handle"}', headers: { 'x-original': address } });
  await reach('done');
  const { events } = await host.ask('events.list', {});
  const answers = await Promise.all([
    ...events.map(({ id }) => host.ask('events.get', { id })),
    host.ask('backups.list', {}),
    host.ask('backups.accounts', {}),
  ]);
  const published = JSON.stringify([answers, host.changes, host.lines, [...host.values]]);
  await host.engine.close();
  const disk = await readFile(join(host.folder, 'events.sqlite'), 'latin1');
  for (const secret of ['very-secret-handle', 'very-secret-link']) {
    expect(published).not.toContain(secret);
    expect(disk).not.toContain(secret);
  }
  expect(published).not.toContain(address.slice(-32));
});

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
