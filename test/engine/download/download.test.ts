import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type DownloadError, discardDownload, download } from '../../../main/engine/download/download.ts';
import { createFolderSync } from '../../../main/engine/download/folder-sync.ts';
import { RingbackError } from '../../../main/engine/errors.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { etag, seeded, serve, sha256, startServer } from './file-server.ts';
import { options, progressLog, request } from './requests.ts';

const megabyte = 1024 * 1024;

async function failureOf(work: Promise<unknown>): Promise<DownloadError> {
  return work.then(
    () => expect.unreachable('it succeeded'),
    (error) => error,
  );
}

describe('a download', () => {
  it('ends as a file under the name the server gave, with its manifest and nothing else beside it', async () => {
    const folder = await temporaryFolder();
    const content = gzipSync(seeded(100_000));
    const headers = { 'content-disposition': 'attachment; filename="dealer.sql.gz"' };
    const { origin } = await startServer((request, response) => serve(request, response, content, { headers }));
    const backup = await download(
      request(folder, `${origin}/secret-path/7?secret=x`),
      options({ now: () => 1_700_000_000_000 }),
    );
    expect(backup).toEqual({
      format: 'ringback-backup-1',
      id: 'one',
      account: 'Garage',
      source: origin,
      file: join(folder, 'dealer.sql.gz'),
      bytes: content.length,
      sha256: sha256(content),
      container: 'gzip',
      finishedAt: '2023-11-14T22:13:20.000Z',
      verifiedAt: ['2023-11-14T22:13:20.000Z'],
    });
    expect((await readFile(backup.file)).equals(content)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['dealer.sql.gz', 'dealer.sql.gz.ringback.json']);
    expect(await readFile(`${backup.file}.ringback.json`, 'utf8')).not.toContain('secret');
  });

  it('never overwrites: a taken name gets a number', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'backup.bin'), 'mine');
    const content = seeded(1000);
    const { origin } = await startServer((request, response) => serve(request, response, content));
    const files = [];
    for (const id of ['one', 'two']) {
      files.push((await download(request(folder, `${origin}/backup.bin`, { id }), options())).file);
    }
    expect(files).toEqual([join(folder, 'backup (2).bin'), join(folder, 'backup (3).bin')]);
    expect(await readFile(join(folder, 'backup.bin'), 'utf8')).toBe('mine');
  });

  it('does not overwrite a file that takes its name meanwhile', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer(async (request, response) => {
      if (!request.headers.range) return serve(request, response, seeded(2 * megabyte), { cutAt: megabyte });
      await stat(join(folder, 'late.bin.part'));
      await writeFile(join(folder, 'late.bin'), 'mine');
      serve(request, response, seeded(2 * megabyte));
    });
    const backup = await download(request(folder, `${origin}/late.bin`), options());
    expect(backup.file).toBe(join(folder, 'late (2).bin'));
    expect(await readFile(join(folder, 'late.bin'), 'utf8')).toBe('mine');
  });

  it('started again returns the finished file, without a request', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response) => serve(request, response, seeded(1000)));
    const first = await download(request(folder, `${origin}/a.bin`), options());
    const second = await download(request(folder, `${origin}/a.bin`), options());
    expect(second).toEqual(first);
    expect(requests).toHaveLength(1);
  });

  it.each(['EIO', 'ENOSPC', 'EROFS'])(
    'whose name the disk does not confirm is finished, with one warning, and synced when started again: %s',
    async (code) => {
      const folder = await temporaryFolder();
      const warnings: string[] = [];
      const synced: string[] = [];
      let works = false;
      const syncFolder = createFolderSync(
        (message) => warnings.push(message),
        async (path) => {
          if (!works) throw Object.assign(new Error(`${code}: fsync`), { code });
          synced.push(path);
        },
      );
      const { origin, requests } = await startServer((request, response) => serve(request, response, seeded(1000)));
      const first = await download(request(folder, `${origin}/a.bin`), options({ syncFolder }));
      await download(request(folder, `${origin}/b.bin`, { id: 'two' }), options({ syncFolder }));
      expect(warnings).toEqual([expect.stringContaining(`did not confirm its name (${code}`)]);
      works = true;
      expect(await download(request(folder, `${origin}/a.bin`), options({ syncFolder }))).toEqual(first);
      expect([synced, requests.length]).toEqual([[folder], 2]);
      works = false;
      await download(request(folder, `${origin}/c.bin`, { id: 'three' }), options({ syncFolder }));
      expect(warnings).toHaveLength(2);
    },
  );

  it('reports its progress, its rate, and when it is being verified', async () => {
    const folder = await temporaryFolder();
    const content = seeded(3 * megabyte);
    const { reported, progress } = progressLog();
    let time = 0;
    const now = () => (time += 100);
    const { origin } = await startServer((request, response) => serve(request, response, content));
    await download(request(folder, `${origin}/a.bin`), options({ now, progress }));
    const downloading = reported.filter(({ phase }) => phase === 'downloading');
    expect(downloading.length).toBeGreaterThan(3);
    expect(downloading.at(-1)).toMatchObject({ bytes: content.length, total: content.length, remaining: 0 });
    expect(downloading.at(-1)?.rate).toBeGreaterThan(0);
    expect(reported.at(-1)).toEqual({ phase: 'verifying', bytes: content.length, total: content.length });
  });

  it('that pauses has reported all that was received before', async () => {
    const { reported, progress } = progressLog();
    const stopping = new AbortController();
    const { origin } = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 1_000_000 });
      for (let piece = 0; piece < 10; piece += 1) response.write(Buffer.alloc(30_000, 'x'));
    });
    const folder = await temporaryFolder();
    const running = download(request(folder, `${origin}/a.bin`), options({ progress, signal: stopping.signal }));
    await until(() => reported.at(-1)?.bytes === 300_000);
    stopping.abort();
    await expect(running).rejects.toThrow();
  });

  it('that is aborted throws the reason and leaves its data', async () => {
    const folder = await temporaryFolder();
    const content = seeded(2 * megabyte);
    const controller = new AbortController();
    const { origin, requests } = await startServer((request, response) => {
      if (request.headers.range) return serve(request, response, content);
      response.writeHead(200, { etag, 'content-length': content.length });
      response.write(content.subarray(0, megabyte + 1000));
    });
    const progress = ({ bytes }: { bytes: number }) => {
      if (bytes === megabyte + 1000) controller.abort(new Error('closing'));
    };
    let time = 0;
    const now = () => (time += 1000);
    const aborted = download(request(folder, `${origin}/a.bin`), options({ signal: controller.signal, progress, now }));
    await expect(aborted).rejects.toThrow('closing');
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(requests[1]?.headers.range).toBe(`bytes=${megabyte + 1000}-`);
    expect(backup.sha256).toBe(sha256(content));
  });

  it('that is discarded leaves nothing', async () => {
    const folder = await temporaryFolder();
    const content = seeded(400_000);
    const { origin } = await startServer((request, response) => serve(request, response, content, { cutAt: 200_000 }));
    await failureOf(download(request(folder, `${origin}/a.bin`), options({ retryPolicy: { retries: 0 } })));
    expect((await readdir(folder)).sort()).toEqual(['a.bin.part', 'a.bin.part.json']);
    await discardDownload(folder, 'one');
    expect(await readdir(folder)).toEqual([]);
  });

  it('into a missing folder fails with that reason', async () => {
    const { origin } = await startServer((request, response) => serve(request, response, seeded(1000)));
    const error = await failureOf(download(request('/nowhere/at/all', `${origin}/a.bin`), options()));
    expect(error).toBeInstanceOf(RingbackError);
    expect(error.failure).toBe('disk');
    expect(error.message).toContain('The backup folder no longer exists');
  });
});
