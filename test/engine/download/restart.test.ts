import { spawn } from 'node:child_process';
import { appendFile, open, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../../main/engine/download/download.ts';
import type { FileFetch } from '../../../main/engine/requests/file-fetch.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { seeded, serve, sha256, startServer } from './file-server.ts';
import { options, request } from './requests.ts';

const megabyte = 1024 * 1024;
const content = seeded(16 * megabyte + 777);

/** A folder with the partial file of a download that was cut there. */
async function leftAt(cutAt: number): Promise<{ folder: string; url: string; ranges(): (string | undefined)[] }> {
  const folder = await temporaryFolder();
  const { origin, requests } = await startServer((request, response, count) => {
    serve(request, response, content, count === 1 ? { cutAt } : {});
  });
  const url = `${origin}/a.bin`;
  await expect(download(request(folder, url), options({ retryPolicy: { retries: 0 } }))).rejects.toThrow();
  return { folder, url, ranges: () => requests.map(({ headers }) => headers.range) };
}

/** The bytes stored: a cut may lose what was still in transit. */
async function heldIn(folder: string): Promise<number> {
  const { size } = await stat(join(folder, 'a.bin.part'));
  expect(size).toBeGreaterThan(8 * megabyte);
  return size;
}

describe('a download that another process started', () => {
  it.each([0.5, 0.1, 0.93])('that was killed (-9) at %f resumes within 1 MiB of where it was', async (share) => {
    const folder = await temporaryFolder();
    const cutAt = Math.floor(content.length * share);
    const { origin, requests } = await startServer((request, response) => {
      // The child reports what it has received, so nothing remains in the sockets.
      if (request.headers.range) return serve(request, response, content);
      response.writeHead(200, { etag: '"one"', 'content-length': content.length });
      return response.write(content.subarray(0, cutAt));
    });
    const file = join(import.meta.dirname, 'killed-download.ts');
    const child = spawn(process.execPath, [file, folder, `${origin}/a.bin`], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const chunk of child.stdout) {
      said += chunk;
      if (said.includes(`here ${cutAt}\n`)) child.kill('SIGKILL');
    }
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    const from = Number(/^bytes=(\d+)-$/.exec(requests[1]?.headers.range ?? '')?.[1]);
    expect(from).toBeGreaterThanOrEqual(cutAt - megabyte);
    expect(from).toBeLessThanOrEqual(cutAt);
    expect(backup.sha256).toBe(sha256(content));
    expect((await readFile(backup.file)).equals(content)).toBe(true);
  });

  it('that was closed resumes at the very byte', async () => {
    const { folder, url, ranges } = await leftAt(10 * megabyte + 5);
    const held = await heldIn(folder);
    expect((await download(request(folder, url), options())).sha256).toBe(sha256(content));
    expect(ranges()).toEqual([undefined, `bytes=${held}-`]);
  });

  it('that was resumed remembers its earlier checkpoint', async () => {
    const { folder, url } = await leftAt(10 * megabyte);
    const first = await heldIn(folder);
    const broken: FileFetch = () => Promise.reject(new Error('offline'));
    const again = download(request(folder, url), options({ fetch: broken, retryPolicy: { retries: 0 } }));
    await expect(again).rejects.toThrow('The data received is stored');
    const { origin } = await startServer((request, response) =>
      serve(request, response, content, { cutAt: 12 * megabyte }),
    );
    await expect(
      download(request(folder, `${origin}/a.bin`), options({ retryPolicy: { retries: 0 } })),
    ).rejects.toThrow();
    const { marks } = JSON.parse(await readFile(join(folder, 'a.bin.part.json'), 'utf8'));
    expect(marks.map(({ bytes }: { bytes: number }) => bytes)).toEqual([first, await heldIn(folder)]);
  });

  it('drops the bytes behind the last checkpoint', async () => {
    const { folder, url } = await leftAt(10 * megabyte);
    await appendFile(join(folder, 'a.bin.part'), Buffer.alloc(8 * megabyte, 'x'));
    expect((await download(request(folder, url), options())).sha256).toBe(sha256(content));
  });

  it('whose last bytes never reached the disk resumes from the last intact checkpoint', async () => {
    const { folder, url, ranges } = await leftAt(10 * megabyte);
    const record = JSON.parse(await readFile(join(folder, 'a.bin.part.json'), 'utf8'));
    // As after a power cut: the last checkpoint of the record is not intact, the one before it is.
    const safe = { bytes: 5 * megabyte, sha256: sha256(content.subarray(0, 5 * megabyte)) };
    await writeFile(join(folder, 'a.bin.part.json'), JSON.stringify({ ...record, marks: [safe, record.marks.at(-1)] }));
    const part = await open(join(folder, 'a.bin.part'), 'r+');
    await part.write(Buffer.alloc(4096), 0, 4096, 7 * megabyte);
    await part.close();
    expect((await download(request(folder, url), options())).sha256).toBe(sha256(content));
    expect(ranges()).toEqual([undefined, `bytes=${5 * megabyte}-`]);
  });

  it.each([
    ['the partial file was shortened', (folder: string) => truncate(join(folder, 'a.bin.part'), megabyte)],
    ['the record is incomplete', (folder: string) => truncate(join(folder, 'a.bin.part.json'), 40)],
    ['the record is empty', (folder: string) => truncate(join(folder, 'a.bin.part.json'), 0)],
  ])('starts over where %s', async (_, damage) => {
    const { folder, url, ranges } = await leftAt(10 * megabyte);
    await damage(folder);
    expect((await download(request(folder, url), options())).sha256).toBe(sha256(content));
    expect(ranges()).toEqual([undefined, undefined]);
  });

  it('that had received everything needs no request', async () => {
    const { folder, url, ranges } = await leftAt(10 * megabyte);
    const record = JSON.parse(await readFile(join(folder, 'a.bin.part.json'), 'utf8'));
    const marks = [{ bytes: content.length, sha256: sha256(content) }];
    await writeFile(join(folder, 'a.bin.part.json'), JSON.stringify({ ...record, marks }));
    await writeFile(join(folder, 'a.bin.part'), content);
    expect((await download(request(folder, url), options())).bytes).toBe(content.length);
    expect(ranges()).toHaveLength(1);
  });

  it.each([
    ['is complete where the server confirms that nothing follows', '"one"', 2],
    ['is downloaded again where the confirmation concerns another file', '"two"', 3],
  ])('that had received everything, of unknown length, %s', async (_, tag, count) => {
    const folder = await temporaryFolder();
    const small = seeded(megabyte, tag);
    const { origin, requests } = await startServer((request, response, number) => {
      // It comes in chunks, without the empty last one that marks the end.
      if (number === 1) response.writeHead(200, { etag: '"one"' }).write(small, () => response.destroy());
      else if (!request.headers.range) serve(request, response, small, { headers: { etag: tag } });
      else response.writeHead(416, { etag: tag, 'content-range': `bytes */${small.length}` }).end();
    });
    const url = `${origin}/a.bin`;
    await expect(download(request(folder, url), options({ retryPolicy: { retries: 0 } }))).rejects.toThrow();
    expect((await download(request(folder, url), options())).sha256).toBe(sha256(small));
    expect(requests).toHaveLength(count);
    expect(requests[1]?.headers.range).toBe(`bytes=${small.length}-`);
  });

  it('is not resumed by a download with another id', async () => {
    const { folder, url, ranges } = await leftAt(10 * megabyte);
    const backup = await download(request(folder, url, { id: 'two' }), options());
    expect(ranges()).toEqual([undefined, undefined]);
    expect(backup.file).toBe(join(folder, 'a.bin'));
    expect(await readdir(folder)).toContain('a.bin.part');
  });

  it('that crashed between manifest and final name is finished', async () => {
    const { folder, url } = await leftAt(10 * megabyte);
    const manifest = {
      format: 'ringback-backup-1',
      id: 'one',
      account: 'Garage',
      source: url,
      finishedAt: '2024-01-01T00:00:00.000Z',
      bytes: content.length,
      sha256: sha256(content),
      container: 'none',
      verifiedAt: [],
    };
    await writeFile(join(folder, 'a.bin.ringback.json'), JSON.stringify(manifest));
    const backup = await download(request(folder, url), options());
    expect(backup.file).toBe(join(folder, 'a.bin'));
    expect((await stat(backup.file)).size).toBe(content.length);
    expect((await readdir(folder)).sort()).toEqual(['a.bin', 'a.bin.ringback.json']);
  });

  it('that crashed before its partial file was removed is cleaned up', async () => {
    const { folder, url, ranges } = await leftAt(10 * megabyte);
    const manifest = {
      format: 'ringback-backup-1',
      id: 'one',
      account: 'Garage',
      source: url,
      finishedAt: '2024-01-01T00:00:00.000Z',
      bytes: content.length,
      sha256: sha256(content),
      container: 'none',
      verifiedAt: [],
    };
    await writeFile(join(folder, 'a.bin.ringback.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'a.bin'), content);
    expect((await download(request(folder, url), options())).finishedAt).toBe('2024-01-01T00:00:00.000Z');
    expect((await readdir(folder)).sort()).toEqual(['a.bin', 'a.bin.ringback.json']);
    expect(ranges()).toHaveLength(1);
  });
});
