import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DownloadError, type DownloadOptions, download } from '../../../main/engine/download/download.ts';
import { readBackup } from '../../../main/engine/download/manifest.ts';
import { smallDisk } from '../../support/disks/small-disk.ts';
import { fileFetch } from '../../support/file-fetch.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { sevenZip, zip } from './archives.ts';
import { etag, seeded, serve, sha256, startServer } from './file-server.ts';
import { options, request } from './requests.ts';

const megabyte = 1024 * 1024;
const content = seeded(3 * megabyte + 12_345);

async function failureOf(work: Promise<unknown>): Promise<DownloadError> {
  return work.then(
    () => expect.unreachable('it succeeded'),
    (error) => error,
  );
}

describe('a connection that is cut', () => {
  it('at ten places is resumed each time, and nothing that was received is downloaded twice', async () => {
    const folder = await temporaryFolder();
    const cuts = Array.from({ length: 10 }, (_, index) => Math.floor(((index + 1) * content.length) / 11) + index);
    const { origin, requests } = await startServer((request, response, count) => {
      serve(request, response, content, count <= 10 ? { cutAt: cuts[count - 1] ?? 0 } : {});
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(backup.sha256).toBe(sha256(content));
    const ranges = requests.map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, ...cuts.map((cut) => `bytes=${cut}-`)]);
    expect(requests.at(-1)?.headers['if-range']).toBe(etag);
  });

  it('each time without a byte more fails after five retries, with the size received, which stays on disk', async () => {
    const folder = await temporaryFolder();
    const cutAt = megabyte;
    const { origin, requests } = await startServer((request, response) => {
      if (request.headers.range) response.destroy();
      else serve(request, response, content, { cutAt });
    });
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error).toMatchObject({ failure: 'interrupted', code: 'offline' });
    expect(error.message).toContain('The download stopped after 1 MB of 3.2 MB');
    expect(requests).toHaveLength(6);
    expect((await readdir(folder)).sort()).toEqual(['a.bin.part', 'a.bin.part.json']);
  });

  it('always at the same place, by a server that cannot resume, is not retried for ever', async () => {
    const folder = await temporaryFolder();
    const serving = { cutAt: 2 * megabyte, whole: true };
    const { origin, requests } = await startServer((request, response) => serve(request, response, content, serving));
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error.failure).toBe('interrupted');
    expect(requests).toHaveLength(6);
  });

  it('at other places each time, by a server that cannot resume, is retried until the file has been received three times over', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response, count) =>
      serve(request, response, content, { cutAt: 2 * megabyte - count * 1000, whole: true }),
    );
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(requests).toHaveLength(6);
    expect(error).toMatchObject({ failure: 'interrupted', reason: { code: 'download.repeated' } });
    expect(error.message).toContain('the server starts the file from its beginning each time, and 10');
  });

  it('more than six times early on, by a server that cannot resume, succeeds once an attempt gets through', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response, count) =>
      serve(request, response, content, count <= 9 ? { cutAt: 300_000 - count, whole: true } : { whole: true }),
    );
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(backup.sha256).toBe(sha256(content));
    expect(requests).toHaveLength(10);
  });

  it('before the first byte is reported with its cause', async () => {
    const folder = await temporaryFolder();
    const error = await failureOf(download(request(folder, 'http://127.0.0.1:1/a.bin'), options()));
    expect(error.failure).toBe('interrupted');
    expect(error.message).toMatch(
      /^The download did not start after 6 attempts\. .* No response from 127\.0\.0\.1:1 \(connection refused\)/,
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a server', () => {
  it('that stalls is disconnected and requested again', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response, count) => {
      if (count > 1) return serve(request, response, content);
      response.writeHead(200, { etag, 'content-length': content.length });
      response.write(content.subarray(0, megabyte));
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options({ retryPolicy: { stall: 100 } }));
    expect(requests[1]?.headers.range).toBe(`bytes=${megabyte}-`);
    expect(backup.sha256).toBe(sha256(content));
  });

  it('that is slow but does not stall is waited for', async () => {
    const folder = await temporaryFolder();
    const small = seeded(2000);
    const { origin, requests } = await startServer((_request, response) => {
      response.writeHead(200, { etag, 'content-length': small.length });
      let sent = 0;
      const timer = setInterval(() => {
        response.write(small.subarray(sent, sent + 100));
        sent += 100;
        if (sent >= small.length) clearInterval(timer);
      }, 20);
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options({ retryPolicy: { stall: 300 } }));
    expect(backup.sha256).toBe(sha256(small));
    expect(requests).toHaveLength(1);
  });

  it('that ends before the length it announced fails the download with both sizes', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((request, response) => {
      const short = content.subarray(0, megabyte);
      if (request.headers.range) return response.writeHead(416).end();
      response.writeHead(200, { etag, 'content-length': content.length });
      response.write(short, () => response.destroy());
    });
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error.message).toContain('The download stopped after 1 MB of 3.2 MB');
  });

  it('whose file has changed meanwhile sends the whole file again', async () => {
    const folder = await temporaryFolder();
    const changed = seeded(content.length, 'another');
    const { origin, requests } = await startServer((request, response, count) => {
      if (count === 1) serve(request, response, content, { cutAt: megabyte });
      else serve(request, response, changed, { headers: { etag: '"two"' } });
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(backup.sha256).toBe(sha256(changed));
    expect(requests).toHaveLength(2);
  });

  it('that ignores If-Range and continues another file is detected', async () => {
    const folder = await temporaryFolder();
    const changed = seeded(content.length, 'another');
    const { origin, requests } = await startServer((request, response, count) => {
      if (count === 1) return serve(request, response, content, { cutAt: megabyte });
      // Its own tag counts as matching any request.
      if (request.headers.range) request.headers['if-range'] = '"two"';
      serve(request, response, changed, { headers: { etag: '"two"' } });
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(backup.sha256).toBe(sha256(changed));
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${megabyte}-`, undefined]);
  });

  it.each([
    ['another start', 'bytes 5-3158072/3158073'],
    ['another length', `bytes ${megabyte}-3158072/9999999`],
    ['an end behind the file', `bytes ${megabyte}-3158073/3158073`],
    ['no range at all', undefined],
    ['nonsense', 'bytes all'],
  ])('that sends %s in Content-Range is rejected, and the whole file is requested', async (_, range) => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response, count) => {
      if (!request.headers.range) return serve(request, response, content, count === 1 ? { cutAt: megabyte } : {});
      response.writeHead(206, { etag, ...(range ? { 'content-range': range } : {}) });
      response.end(content.subarray(megabyte));
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(content.length).toBe(3_158_073);
    expect(backup.sha256).toBe(sha256(content));
    expect(requests).toHaveLength(3);
  });

  it('that sends no ETag and no date never gets a range request', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((_request, response, count) => {
      response.writeHead(200, { 'content-length': content.length });
      if (count > 1) response.end(content);
      else response.write(content.subarray(0, megabyte), () => response.destroy());
    });
    await download(request(folder, `${origin}/a.bin`), options());
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });

  it('that sends only a date gets a range request with that date', async () => {
    const folder = await temporaryFolder();
    const date = 'Tue, 15 Nov 2022 12:45:26 GMT';
    const { origin, requests } = await startServer((_request, response, count) => {
      if (count === 1) {
        response.writeHead(200, { 'content-length': content.length, 'last-modified': date });
        return response.write(content.subarray(0, megabyte), () => response.destroy());
      }
      const range = `bytes ${megabyte}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': range, 'last-modified': date });
      return response.end(content.subarray(megabyte));
    });
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(requests[1]?.headers).toMatchObject({ range: `bytes=${megabyte}-`, 'if-range': date });
    expect(backup.sha256).toBe(sha256(content));
  });

  it('whose file was changed in the second it was sent is not resumed by that date, unless checksums tell', async () => {
    const folder = await temporaryFolder();
    const date = 'Tue, 15 Nov 2022 12:45:26 GMT';
    const archive = zip([{ name: 'a.bin', content, stored: true }]);
    const { origin, requests } = await startServer((incoming, response, count) => {
      const bytes = incoming.url === '/a.zip' ? archive : content;
      const start = Number(/\d+/.exec(incoming.headers.range ?? '')?.[0] ?? 0);
      const headers = { 'last-modified': date, date, 'content-length': bytes.length - start };
      const place = start > 0 ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
      response.writeHead(start > 0 ? 206 : 200, { ...headers, ...place });
      if (count % 2 === 0) response.end(bytes.subarray(start));
      else response.write(bytes.subarray(start, megabyte), () => response.destroy());
    });
    await download(request(folder, `${origin}/a.bin`), options());
    await download(request(folder, `${origin}/a.zip`, { id: 'two' }), options());
    expect(requests.map(({ headers }) => headers.range)).toEqual([
      undefined,
      undefined,
      undefined,
      expect.stringMatching(/^bytes=\d+-$/),
    ]);
  });

  it('that announces no length is trusted when it ends its chunks in order', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((_request, response) => {
      response.write(content.subarray(0, megabyte));
      response.end(content.subarray(megabyte));
    });
    expect((await download(request(folder, `${origin}/a.bin`), options())).bytes).toBe(content.length);
  });

  it.each([
    [429, { 'retry-after': '0' }],
    [503, {}],
    [500, {}],
    [202, { 'retry-after': '0' }],
  ])('that responds %i for a while is retried', async (status, headers) => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response, count) => {
      if (count > 3) serve(request, response, content);
      else response.writeHead(status, headers).end();
    });
    await download(request(folder, `${origin}/a.bin`), options());
    expect(requests).toHaveLength(4);
  });

  it('that asks to retry in an hour is not waited for: the failure names the time', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((_request, response) => {
      response.writeHead(429, { 'retry-after': '3600' }).end();
    });
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error.message).toContain('retry in 60 minutes');
    expect(requests).toHaveLength(1);
  });
});

describe('an end without announced length', () => {
  /** Neither length nor chunks: the response ends where its connection does. */
  function sendBare(response: ServerResponse, bytes: Buffer, headers: Readonly<Record<string, string>> = {}): void {
    response.removeHeader('transfer-encoding');
    response.writeHead(200, { connection: 'close', ...headers });
    response.write(bytes, () => response.end());
  }
  const archive = zip([{ name: 'customers.sql', content }]);

  it('cannot be verified: the file is rejected with the reason, and its partial file stays', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((_request, response) => sendBare(response, content));
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error).toMatchObject({ failure: 'unverifiable', code: 'provider' });
    expect(error.message).toMatch(/^The server sent 3\.2 MB without announcing the length/);
    expect((await readdir(folder)).sort()).toEqual(['a.bin.part', 'a.bin.part.json']);
    expect(requests).toHaveLength(1);
  });

  it('is verified by the content of an archive, which shows where it was cut', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((request, response) => {
      sendBare(response, request.url === '/a.zip' ? archive : archive.subarray(0, -100));
    });
    expect((await download(request(folder, `${origin}/a.zip`), options())).container).toBe('zip');
    const error = await failureOf(download(request(folder, `${origin}/b.zip`, { id: 'two' }), options()));
    expect(error.failure).toBe('damaged');
  });

  it.each([megabyte, content.length])('after %i bytes is queried, where the server supports ranges', async (cutAt) => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((request, response) => {
      if (request.headers.range) serve(request, response, content);
      else sendBare(response, content.subarray(0, cutAt), { etag });
    });
    expect((await download(request(folder, `${origin}/a.bin`), options())).sha256).toBe(sha256(content));
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${cutAt}-`]);
  });

  it.each<[string, (response: ServerResponse, bytes: Buffer) => unknown]>([
    ['sends all of it again', (response, bytes) => sendBare(response, bytes, { etag })],
    ['rejects the range without a length', (response) => response.writeHead(416, { etag }).end()],
    ['no longer has the file', (response) => response.writeHead(404).end()],
    ['hangs up', (response) => response.destroy()],
  ])('stays uncertain where a server that is queried %s', async (_, answer) => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((request, response) => {
      const bytes = request.url === '/a.zip' ? archive : content;
      if (request.headers.range) answer(response, bytes);
      else sendBare(response, bytes, { etag });
    });
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error.failure).toBe('unverifiable');
    expect((await download(request(folder, `${origin}/a.zip`, { id: 'two' }), options())).container).toBe('zip');
  });
});

describe('a response that is not a backup', () => {
  it.each([
    ['a web page', 'text/html; charset=utf-8', '<h1>Sign in</h1>', 'The server sent a web page instead of a backup.'],
    [
      'a web page with the type of an archive',
      'application/zip',
      '\n<!DOCTYPE html><html>',
      'The server sent a web page instead',
    ],
    ['an error', 'application/json', '{"successCode":500,"message":"No such backup."}', 'a backup: No such backup.'],
    [
      'an error as text',
      'text/plain',
      '{"error":{"message":"Gone"}}',
      'The server sent an error instead of a backup: Gone.',
    ],
    [
      'an error within a string',
      'text/plain',
      '"{\\"successCode\\":\\"404\\"}"',
      'The server sent an error instead of a backup.',
    ],
    ['nothing', 'application/octet-stream', '', 'The server sent an empty file instead of a backup.'],
  ])(': %s never gets a final name', async (_, type, body, message) => {
    const folder = await temporaryFolder();
    const headers = { 'content-type': type, 'content-disposition': 'attachment; filename="backup.zip"' };
    const { origin, requests } = await startServer((request, response) => {
      serve(request, response, Buffer.from(body), { headers });
    });
    const error = await failureOf(download(request(folder, `${origin}/a`), options()));
    expect(error.message).toContain(message);
    expect(await readdir(folder)).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  it('keeps a damaged archive aside, without the name of a backup', async () => {
    const folder = await temporaryFolder();
    const headers = { 'content-disposition': 'attachment; filename="backup.zip"' };
    const { origin } = await startServer((request, response) => {
      serve(request, response, Buffer.from('PK\x03\x04 and so on'), { headers });
    });
    for (const name of ['backup.zip.damaged', 'backup (2).zip.damaged']) {
      const error = await failureOf(download(request(folder, `${origin}/a`), options()));
      expect(error).toMatchObject({ failure: 'damaged', code: 'provider', file: join(folder, name) });
      expect(error.message).toContain('The zip archive is damaged or ends too early');
      expect(await readFile(join(folder, name), 'utf8')).toBe('PK\x03\x04 and so on');
    }
    expect((await readdir(folder)).sort()).toEqual(['backup (2).zip.damaged', 'backup.zip.damaged']);
  });

  it('does not include an archive with an odd entry, which is stored with a remark', async () => {
    const folder = await temporaryFolder();
    const archive = Buffer.concat([zip([{ name: 'customers.sql', content }]), Buffer.from('more')]);
    const { origin } = await startServer((request, response) => serve(request, response, archive));
    const backup = await download(request(folder, `${origin}/backup.zip`), options());
    expect(backup).toMatchObject({ container: 'zip', remarks: [{ text: '4 bytes follow the zip archive.' }] });
    expect(await readBackup(backup.file)).toEqual(backup);
  });

  it('does not include a 7z archive called .zip, which gets the right extension', async () => {
    const folder = await temporaryFolder();
    const archive = sevenZip(content);
    const { origin } = await startServer((request, response) => serve(request, response, archive));
    const backup = await download(request(folder, `${origin}/backup.zip`), options());
    expect(backup).toMatchObject({ file: join(folder, 'backup.zip.7z'), serverName: 'backup.zip', container: '7z' });
    expect(backup.remarks?.map(({ text }) => text)).toEqual([
      'The contents of a 7z archive cannot be checked by Ringback.',
    ]);
  });

  it('does not include a JSON export without an error in it', async () => {
    const folder = await temporaryFolder();
    const headers = { 'content-type': 'application/json' };
    const body = Buffer.from('{"customers":[],"status":"ok"}');
    const { origin } = await startServer((request, response) => serve(request, response, body, { headers }));
    expect((await download(request(folder, `${origin}/export`), options())).file).toBe(join(folder, 'export.json'));
  });
});

describe('a full disk', () => {
  it('that is detected in advance is reported with both sizes, and nothing is downloaded', async (context) => {
    const folder = await smallDisk(context, megabyte);
    const { origin } = await startServer((request, response) => serve(request, response, content));
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error).toMatchObject({ failure: 'disk-full', code: 'conflict' });
    expect(error.message).toMatch(/^The backup needs 3\.2 MB, but only 1 MB are free .*, of which 21 kB stay free/);
    expect(await readdir(folder)).toEqual([]);
  });

  it('that comes as a surprise leaves the partial file, and the download resumes when there is space', async (context) => {
    const folder = await smallDisk(context, 4 * megabyte);
    const { origin, requests } = await startServer((request, response) => {
      if (request.headers.range) return serve(request, response, content);
      response.writeHead(200, { etag });
      response.end(content);
    });
    await writeFile(join(folder, 'other'), Buffer.alloc(2 * megabyte));
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error.failure).toBe('disk-full');
    expect(error.message).toMatch(/Only .* are free in .*, and 83\.9 kB must stay free/);
    const part = await readFile(join(folder, 'a.bin.part'));
    expect(part.length).toBeGreaterThan(megabyte);
    await writeFile(join(folder, 'other'), '');
    const backup = await download(request(folder, `${origin}/a.bin`), options());
    expect(backup.sha256).toBe(sha256(content));
    expect(Number(/\d+/.exec(requests[1]?.headers.range ?? '')?.[0])).toBeGreaterThan(megabyte);
  });

  it('keeps the reserve that the user chose, also while a file of unknown length arrives', async (context) => {
    const folder = await smallDisk(context, 8 * megabyte);
    const { origin } = await startServer((_, response) => {
      response.writeHead(200, { etag });
      const send = (): boolean => response.write(seeded(256 * 1024)) && send();
      response.on('drain', send);
      send();
    });
    const error = await failureOf(download(request(folder, `${origin}/a.bin`, { reserve: 5 * megabyte }), options()));
    expect(error).toMatchObject({ failure: 'disk-full', message: expect.stringContaining('5.2 MB must stay free') });
    expect((await readFile(join(folder, 'a.bin.part'))).length).toBeLessThanOrEqual(4 * megabyte);
    await writeFile(join(folder, 'callbacks'), Buffer.alloc(3 * megabyte));
  });
});

describe('a server that does not follow HTTP', () => {
  const startRaw = async (answer: string) => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end(answer));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.sql`;
  };

  it('is tolerated where common tools tolerate it', async () => {
    const folder = await temporaryFolder();
    const sql = 'insert into cars values (1);\n'.repeat(200);
    const url = await startRaw(
      `HTTP/1.1 200 OK\nContent-Type: application/sql\nContent-Length: ${sql.length}\n\n${sql}`,
    );
    expect(await download(request(folder, url), options())).toMatchObject({ sha256: sha256(Buffer.from(sql)) });
  });

  it('is named where nothing can be read', async () => {
    const url = await startRaw('220 ftp.example ready\r\n');
    const error = await failureOf(download(request(await temporaryFolder(), url), options()));
    expect(error.message).toContain('its response is not HTTP');
    expect(error.message).not.toContain('HPE_');
  });
});

describe('an address', () => {
  it('of IPv6 is requested, and resumed after a lost connection', async (context) => {
    const folder = await temporaryFolder();
    const server = createHttpServer((request, response) => {
      serve(request, response, content, request.headers.range ? {} : { cutAt: megabyte });
    }).listen(0, '::1');
    const isListening = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isListening) return context.skip();
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const backup = await download(request(folder, `http://[0:0:0:0:0:0:0:1]:${port}/a.bin`), options());
    expect([backup.sha256, backup.source]).toEqual([sha256(content), `http://[::1]:${port}`]);
  });

  it('with letters beyond ASCII in its host is requested as DNS knows it, also after a redirect', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((request, response) => {
      const location = Buffer.from('http://WERKSTATT-müller.example/größe.bin').toString('latin1');
      if (request.url === '/start') response.writeHead(302, { location }).end();
      else serve(request, response, content);
    });
    const requested: string[] = [];
    const fetch: DownloadOptions['fetch'] = (url, init) => {
      requested.push(url);
      return fileFetch(url.replace(/^http:\/\/[^/]*\.example/, origin), init);
    };
    const address = request(folder, 'http://BÜCHER.example/start', { allowInsecure: true });
    const backup = await download(address, options({ fetch }));
    expect(requested).toEqual([
      'http://xn--bcher-kva.example/start',
      'http://xn--werkstatt-mller-9vb.example/gr%C3%B6%C3%9Fe.bin',
    ]);
    expect([backup.sha256, basename(backup.file)]).toEqual([sha256(content), 'größe.bin']);
  });
});
