import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import * as zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type DownloadError, download } from '../../../main/engine/download/download.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { seeded, sha256, startServer } from './file-server.ts';
import { options, progressLog, request } from './requests.ts';

const text = Buffer.from('INSERT INTO owner VALUES (1);\n'.repeat(40_000));
const binary = seeded(700_000);

const coders: Readonly<Record<string, (content: Buffer) => Buffer>> = {
  gzip: (content) => zlib.gzipSync(content),
  'x-gzip': (content) => zlib.gzipSync(content),
  deflate: (content) => zlib.deflateSync(content),
  // The highest quality, which is the usual one, takes a second.
  br: (content) => zlib.brotliCompressSync(content, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
  zstd: (content) => zlib.zstdCompressSync(content),
};
const code = (content: Buffer, codings: readonly string[]): Buffer =>
  codings.reduce((coded, coding) => coders[coding]?.(coded) ?? coded, content);

function send(response: ServerResponse, coding: string, body: Buffer, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-encoding': coding, 'content-length': body.length, ...headers }).end(body);
}

async function failureOf(work: Promise<unknown>): Promise<DownloadError> {
  return work.then(
    () => expect.unreachable('it succeeded'),
    (error) => error,
  );
}

test.each([
  ...Object.keys(coders).map((coding) => [coding]),
  ['gzip, br'],
  ['zstd,gzip'],
  ['identity, deflate'],
  ['GZIP'],
])('a file in the coding %s is stored decoded', async (coding) => {
  const codings = coding.toLowerCase().split(/, ?/);
  for (const [name, content] of [
    ['owner.sql', text],
    ['owner.bin', binary],
  ] as const) {
    const folder = await temporaryFolder();
    const { origin } = await startServer((_, response) => send(response, coding, code(content, codings)));
    const backup = await download(request(folder, `${origin}/${name}`), options());
    expect(backup).toMatchObject({ bytes: content.length, sha256: sha256(content) });
    expect(await readFile(backup.file)).toEqual(content);
  }
});

test.each(['none', 'binary', 'UTF-8', ' ,8bit, '])(
  'a file in the coding "%s", which is none, is stored as it came',
  async (coding) => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((_, response) => send(response, coding, text));
    expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(text) });
  },
);

describe('a transfer coding that was not asked for', () => {
  const sendPacked = (response: ServerResponse, coding: string, body: Buffer, headers: Record<string, string> = {}) => {
    const status = headers['content-range'] ? 206 : 200;
    response.writeHead(status, { 'transfer-encoding': `${coding}, chunked`, ...headers }).end(body);
  };

  test.each(['gzip', 'deflate', 'x-gzip'])('is undone: %s', async (coding) => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((_, response) => sendPacked(response, coding, code(text, [coding])));
    const backup = await download(request(folder, `${origin}/a.sql`), options());
    expect(backup).toMatchObject({ sha256: sha256(text), container: 'none' });
    expect(backup.file).toMatch(/a\.sql$/);
  });

  test('is undone in the rest of a file, too, and around a content coding', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((incoming, response, count) => {
      if (incoming.url === '/b.sql') {
        return sendPacked(response, 'gzip', code(text, ['br', 'gzip']), { 'content-encoding': 'br' });
      }
      const start = Number(/\d+/.exec(incoming.headers.range ?? '')?.[0] ?? 0);
      const range = { 'content-range': `bytes ${start}-${binary.length - 1}/${binary.length}` };
      if (count > 1)
        return sendPacked(response, 'gzip', zlib.gzipSync(binary.subarray(start)), { etag: '"a"', ...range });
      response.writeHead(200, { 'content-length': binary.length, etag: '"a"' });
      return response.write(binary.subarray(0, 70_000), () => response.destroy());
    });
    expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
    const coded = await download(request(folder, `${origin}/b.sql`, { id: 'two' }), options());
    expect(coded).toMatchObject({ sha256: sha256(text) });
  });

  test('is rejected by its name where it is unknown', async () => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((_, response) => sendPacked(response, 'compress', text));
    const error = await failureOf(download(request(folder, `${origin}/a.sql`), options()));
    expect(error.message).toContain('in the coding “compress”');
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['compress', 'busy'],
    ['gzip', 'not gzip'],
  ])('does not hide that the server is busy: %s', async (coding, body) => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((_, response, count) => {
      if (count > 1) return void response.writeHead(200, { 'content-length': text.length }).end(text);
      response.writeHead(503, { 'transfer-encoding': `${coding}, chunked`, 'retry-after': '7' }).end(body);
    });
    const waits: number[] = [];
    const wait = async (milliseconds: number) => void waits.push(milliseconds);
    const backup = await download(request(folder, `${origin}/a.sql`), options({ wait }));
    expect(backup).toMatchObject({ sha256: sha256(text) });
    expect([requests.length, waits]).toEqual([2, [7000]]);
  });
});

test('the bare stream that some servers send as deflate is decoded', async () => {
  const folder = await temporaryFolder();
  const { origin } = await startServer((_, response) => send(response, 'deflate', zlib.deflateRawSync(text)));
  expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(text) });
});

test('of several zstd frames in one response none is lost', async () => {
  const folder = await temporaryFolder();
  const frames = Buffer.concat([zlib.zstdCompressSync(text), zlib.zstdCompressSync(text)]);
  const { origin } = await startServer((_, response) => send(response, 'zstd', frames));
  const twice = Buffer.concat([text, text]);
  expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(twice) });
});

test.each(['gzip', 'br', 'zstd', 'deflate'])(
  'a %s body without any length is complete by its own end',
  async (coding) => {
    const folder = await temporaryFolder();
    const { origin } = await startServer((_, response) => {
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { 'content-encoding': coding }).end(code(text, [coding]));
    });
    expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(text) });
  },
);

test.each(['gzip', 'br', 'zstd', 'deflate'])(
  'a %s body that ends early is requested again, and never stored',
  async (coding) => {
    const folder = await temporaryFolder();
    const body = code(binary, [coding]);
    const { origin, requests } = await startServer((_, response) =>
      send(response, coding, body.subarray(0, body.length - 1000)),
    );
    const error = await failureOf(download(request(folder, `${origin}/a.bin`), options()));
    expect(error.failure).toBe('interrupted');
    expect(error.message).toContain('damaged or ends too early');
    expect(requests.every(({ headers }) => headers.range === undefined)).toBe(true);
    expect((await readdir(folder)).filter((name) => !/\.part(\.json)?$/.test(name))).toEqual([]);
  },
);

test('an unknown coding is rejected by its name, and nothing is stored', async () => {
  const folder = await temporaryFolder();
  const { origin } = await startServer((_, response) => send(response, 'gzip, exi', text));
  const error = await failureOf(download(request(folder, `${origin}/a.sql`), options()));
  expect(error).toMatchObject({ failure: 'not-a-backup', message: expect.stringContaining('“exi”') });
  expect(await readdir(folder)).toEqual([]);
});

test('a connection lost within a coded body is started again from its beginning', async () => {
  const folder = await temporaryFolder();
  const body = code(binary, ['gzip']);
  const headers = { etag: '"coded"', 'accept-ranges': 'bytes' };
  const { origin, requests } = await startServer((_, response, count) => {
    if (count > 1) return send(response, 'gzip', body, headers);
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length, ...headers });
    response.write(body.subarray(0, 300_000), () => response.destroy());
  });
  expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
  expect(requests.map(({ headers: sent }) => sent.range)).toEqual([undefined, undefined]);
});

test('a part of a coded file is not appended to a plain one', async () => {
  const folder = await temporaryFolder();
  const { origin } = await startServer(({ headers }, response, count) => {
    const plain = { etag: '"one"', 'accept-ranges': 'bytes', 'content-length': text.length };
    if (count === 1) return void response.writeHead(200, plain).write(text.subarray(0, 1000), () => response.destroy());
    const start = Number(/\d+/.exec(headers.range ?? '')?.[0] ?? 0);
    if (start === 0) return void response.writeHead(200, plain).end(text);
    const rest = zlib.gzipSync(text.subarray(start));
    const range = `bytes ${start}-${text.length - 1}/${text.length}`;
    response.writeHead(206, { etag: '"one"', 'content-encoding': 'gzip', 'content-range': range }).end(rest);
  });
  expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(text) });
});

test('what expands without end is rejected long before it fills the disk', async () => {
  const folder = await temporaryFolder();
  const bomb = zlib.brotliCompressSync(Buffer.alloc(256 * 1024 * 1024), {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 5, [zlib.constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  const { origin } = await startServer((_, response) => send(response, 'br', bomb));
  const error = await failureOf(download(request(folder, `${origin}/a.sql`), options()));
  expect(error).toMatchObject({ failure: 'unsafe', message: expect.stringContaining('expand to more than') });
});

test.each([
  ['owner.sql.gz', text, 'owner.sql'],
  ['owner.sql', text, 'owner.sql'],
  ['owner.gz', zlib.gzipSync(text), 'owner.gz'],
])('%s sent with Content-Encoding gzip is called %s by its content', async (name, content, expected) => {
  const folder = await temporaryFolder();
  const { origin } = await startServer((_, response) => send(response, 'gzip', zlib.gzipSync(content)));
  const backup = await download(request(folder, `${origin}/${name}`), options());
  expect(backup.file).toBe(`${folder}/${expected}`);
});

test('a compressed error page is recognised', async () => {
  const folder = await temporaryFolder();
  const page = zlib.gzipSync('<!doctype html><title>Sign in</title>');
  const { origin } = await startServer((_, response) => send(response, 'gzip', page, { 'content-type': 'text/html' }));
  expect(await failureOf(download(request(folder, `${origin}/a`), options()))).toMatchObject({
    failure: 'not-a-backup',
  });
});

test.each([
  ['no body', Buffer.alloc(0)],
  ['a damaged body', Buffer.from('this is not gzip')],
  ['a body that ends early', zlib.gzipSync('not here').subarray(0, 12)],
])('an expired link whose answer says gzip and has %s is renewed', async (_, body) => {
  const folder = await temporaryFolder();
  const { origin } = await startServer((incoming, response) => {
    if (incoming.url === '/new.sql') return void response.writeHead(200, { 'content-length': text.length }).end(text);
    response.writeHead(404, { 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
  });
  const renewed = request(folder, `${origin}/old.sql`, { renew: async () => `${origin}/new.sql` });
  expect(await download(renewed, options())).toMatchObject({ sha256: sha256(text) });
});

test('a compressed "no such range" confirms the end as a plain one does', async () => {
  const folder = await temporaryFolder();
  const { origin, requests } = await startServer((incoming, response) => {
    if (incoming.headers.range) {
      const headers = { 'content-range': `bytes */${binary.length}`, 'content-encoding': 'gzip', etag: '"one"' };
      return void response.writeHead(416, headers).end(zlib.gzipSync('No such range'));
    }
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { etag: '"one"', 'accept-ranges': 'bytes' }).end(binary);
  });
  expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
  expect(requests).toHaveLength(2);
});

describe('a 203, of which a proxy changed something', () => {
  test('is the file, and started again from its beginning where the connection is lost', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await startServer((_, response, count) => {
      response.writeHead(203, { etag: '"one"', 'accept-ranges': 'bytes', 'content-length': binary.length });
      if (count === 1) response.write(binary.subarray(0, 300_000), () => response.destroy());
      else response.end(binary);
    });
    expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });

  test('is decoded', async () => {
    const folder = await temporaryFolder();
    const body = zlib.gzipSync(text);
    const headers = { 'content-encoding': 'gzip', 'content-length': body.length };
    const { origin } = await startServer((_, response) => response.writeHead(203, headers).end(body));
    expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(text) });
  });
});

describe('a 206 that was not asked for', () => {
  const start = (range: string, headers: Record<string, string> = {}, sent = binary) =>
    startServer((incoming, response) => {
      const asked = Number(/\d+/.exec(incoming.headers.range ?? '')?.[0] ?? 0);
      if (asked >= sent.length && asked > 0) {
        return void response.writeHead(416, { 'content-range': `bytes */${sent.length}` }).end();
      }
      response.writeHead(206, { 'content-range': range, 'content-length': sent.length, ...headers }).end(sent);
    });

  test('is the file where it covers it', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await start(`bytes 0-${binary.length - 1}/${binary.length}`);
    expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
    expect(requests).toHaveLength(1);
  });

  test('without a total is the file once the server confirms that nothing follows', async () => {
    const folder = await temporaryFolder();
    const { origin, requests } = await start(`bytes 0-${binary.length - 1}/*`, { etag: '"one"' });
    expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
    expect(requests).toHaveLength(2);
  });

  test('is continued where it is only the beginning', async () => {
    const folder = await temporaryFolder();
    const middle = 100_000;
    const { origin } = await startServer(({ headers }, response) => {
      const from = Number(/\d+/.exec(headers.range ?? '')?.[0] ?? 0);
      const to = from === 0 ? middle : binary.length;
      const range = `bytes ${from}-${to - 1}/${binary.length}`;
      response.writeHead(206, { etag: '"one"', 'content-range': range, 'content-length': to - from });
      response.end(binary.subarray(from, to));
    });
    expect(await download(request(folder, `${origin}/a.bin`), options())).toMatchObject({ sha256: sha256(binary) });
  });

  test.each([binary, undefined])(
    'is rejected at once, with its reason, where it is of several parts',
    async (received) => {
      const folder = await temporaryFolder();
      const { origin, requests } = await startServer((_, response, count) => {
        if (received && count === 1) {
          response.writeHead(200, { 'content-length': binary.length });
          return void response.write(received.subarray(0, 70_000), () => response.destroy());
        }
        response.writeHead(206, { 'content-type': 'Multipart/ByteRanges; boundary=x', etag: '"one"' });
        return void response.end('--x\r\nContent-Range: bytes 0-3/8\r\n\r\nabcd\r\n--x--');
      });
      expect(await failureOf(download(request(folder, `${origin}/a.bin`), options()))).toMatchObject({
        failure: 'not-a-backup',
        message: expect.stringContaining('multipart/byteranges'),
      });
      expect(requests).toHaveLength(received ? 2 : 1);
    },
  );

  test('without a total is unpacked where it is compressed for the transfer', async () => {
    const folder = await temporaryFolder();
    const coding = { 'transfer-encoding': 'gzip, chunked' };
    const { origin } = await startServer(({ headers }, response) => {
      if (headers.range) return void response.writeHead(416, { 'content-range': `bytes */${text.length}` }).end();
      response.writeHead(206, { ...coding, 'content-range': `bytes 0-${text.length - 1}/*`, etag: '"one"' });
      return void response.end(zlib.gzipSync(text));
    });
    expect(await download(request(folder, `${origin}/a.sql`), options())).toMatchObject({ sha256: sha256(text) });
  });

  test('is rejected where it begins later', async () => {
    const folder = await temporaryFolder();
    const { origin } = await start(`bytes 5-${binary.length - 1}/${binary.length}`, {}, binary.subarray(5));
    expect((await failureOf(download(request(folder, `${origin}/a.bin`), options()))).message).toContain(
      'different part of the file',
    );
  });
});

test('with a weak tag a download is resumed by date', async () => {
  const folder = await temporaryFolder();
  const modified = 'Mon, 02 Mar 2026 10:00:00 GMT';
  const { reported, progress } = progressLog();
  const { origin, requests } = await startServer((incoming, response, count) => {
    const from = Number(/\d+/.exec(incoming.headers.range ?? '')?.[0] ?? 0);
    const resumes = from > 0 && incoming.headers['if-range'] === modified;
    const headers = { etag: 'W/"one"', 'last-modified': modified, 'accept-ranges': 'bytes' };
    const body = resumes ? binary.subarray(from) : binary;
    const range = `bytes ${from}-${binary.length - 1}/${binary.length}`;
    const place = resumes ? { 'content-range': range } : {};
    response.writeHead(resumes ? 206 : 200, { ...headers, ...place, 'content-length': body.length });
    if (count > 8) response.end(body);
    else {
      response.write(body.subarray(0, 70_000));
      // What is still on its way when the connection ends may be lost with it.
      const last = (resumes ? from : 0) + 70_000;
      void until(() => (reported.at(-1)?.bytes ?? 0) >= last).finally(() => response.socket?.end());
    }
  });
  expect(await download(request(folder, `${origin}/a.bin`), options({ progress }))).toMatchObject({
    sha256: sha256(binary),
  });
  expect(requests.slice(1).every(({ headers }) => headers['if-range'] === modified)).toBe(true);
});

test('a redirect to an address with raw UTF-8 and blanks is followed as a browser follows it', async () => {
  const folder = await temporaryFolder();
  const { origin, requests } = await startServer((incoming, response) => {
    if (incoming.url !== '/start') return void response.writeHead(200, { 'content-length': text.length }).end(text);
    const location = Buffer.from('/bücher und/größe.sql').toString('latin1');
    response.writeHead(302, { location }).end();
  });
  const backup = await download(request(folder, `${origin}/start`), options());
  expect(requests[1]?.url).toBe('/b%C3%BCcher%20und/gr%C3%B6%C3%9Fe.sql');
  expect(backup.file).toBe(`${folder}/größe.sql`);
});
