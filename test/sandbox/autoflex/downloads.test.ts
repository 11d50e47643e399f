import { get as httpGet, type IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sha256 } from '../../../main/sandbox/autoflex/large-file.ts';
import { until } from '../../support/temporary.ts';
import { openCaller } from './caller.ts';

/** Everything that arrives, and whether the connection was cut. */
async function fetchAll(url: string, headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet(url, { headers, agent: false }, resolve).on('error', reject);
  });
  const pieces: Buffer[] = [];
  const isCut = await new Promise<boolean>((resolve) => {
    response.on('data', (piece) => pieces.push(piece));
    response.on('end', () => resolve(false));
    response.on('error', () => resolve(true));
  });
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(pieces), isCut };
}

const small = { kind: 'bytes', size: 300_000, seed: 'small', name: 'backup.bin' } as const;

test('a file is sent with its name, length, type and validators', async () => {
  const { autoflex, link } = await openCaller();
  const { status, headers, body, isCut } = await fetchAll(await link());
  const file = await autoflex.file();
  expect([status, isCut]).toEqual([200, false]);
  expect(body.equals(Buffer.concat([...file.read(0, file.size)]))).toBe(true);
  expect(headers).toMatchObject({
    'content-length': '2000000',
    'content-type': 'application/zip',
    'content-disposition': 'attachment; filename=backup-owner.zip',
    'accept-ranges': 'bytes',
    etag: `"${file.tag}"`,
    'last-modified': expect.stringContaining('GMT'),
  });
  expect(autoflex.transfers).toMatchObject([{ from: 0, to: 2_000_000, sent: 2_000_000, state: 'whole' }]);
});

test('a gzip holds the seeded bytes', async () => {
  const { link } = await openCaller({ file: { kind: 'gzip', size: 50_000 } });
  const { headers, body } = await fetchAll(await link());
  expect(headers['content-type']).toBe('application/gzip');
  expect(gunzipSync(body)).toHaveLength(50_000);
});

test('of a large file no more is made than is read', async () => {
  const { autoflex, link } = await openCaller({ file: { kind: 'bytes', size: 4 * 1024 ** 4 } });
  const leaving = new AbortController();
  await fetch(await link(), { signal: leaving.signal });
  let earlier = 0;
  await until(async () => {
    const sent = autoflex.transfers[0]?.sent ?? 0;
    const isAtRest = sent > 0 && sent === earlier;
    earlier = sent;
    await new Promise((resolve) => setTimeout(resolve, 30));
    return isAtRest;
  });
  expect(earlier).toBeLessThan(64 * 1024 * 1024);
  leaving.abort();
  await until(() => autoflex.transfers[0]?.state === 'left');
});

test('a stretch is sent where it is asked for', async () => {
  const { autoflex, link } = await openCaller({ file: small });
  const url = await link();
  const whole = (await fetchAll(url)).body;
  for (const [range, from, to] of [
    ['bytes=1000-', 1000, 300_000],
    ['bytes=1000-1999', 1000, 2000],
    ['bytes=-10', 299_990, 300_000],
    ['bytes=299999-999999', 299_999, 300_000],
  ] as const) {
    const { status, headers, body } = await fetchAll(url, { range });
    expect([status, headers['content-range']]).toEqual([206, `bytes ${from}-${to - 1}/300000`]);
    expect(body.equals(whole.subarray(from, to))).toBe(true);
  }
  const beyond = await fetchAll(url, { range: 'bytes=300000-' });
  expect([beyond.status, beyond.headers['content-range']]).toEqual([416, 'bytes */300000']);
  autoflex.change({ download: { ranges: false } });
  const ignored = await fetchAll(url, { range: 'bytes=1000-' });
  expect([ignored.status, ignored.body.length, ignored.headers['accept-ranges']]).toEqual([200, 300_000, undefined]);
});

test('If-Range is obeyed: another file, a weak tag or another time mean the whole', async () => {
  const { autoflex, link } = await openCaller({ file: small });
  const url = await link();
  const ask = async (condition = '') => (await fetchAll(url, { range: 'bytes=5-', 'if-range': condition })).status;
  const { etag = '', 'last-modified': modified = '' } = (await fetchAll(url)).headers;
  expect([await ask(etag), await ask(modified), await ask('"other"')]).toEqual([206, 206, 200]);
  autoflex.change({ file: { seed: 'changed' } });
  expect(await ask(etag)).toBe(200);
  autoflex.change({ download: { validator: 'weak-etag' } });
  const weak = (await fetchAll(url)).headers;
  expect(weak.etag).toMatch(/^W\/"/);
  expect(weak['last-modified']).toBeUndefined();
  expect(await ask(weak.etag)).toBe(200);
});

test('a connection is cut exactly where it is told, once each', async () => {
  const { autoflex, link } = await openCaller({ file: small, download: { cutAt: [0, 100_000, 100_001] } });
  const url = await link();
  const lengths: unknown[] = [];
  for (let round = 0; round < 4; round += 1) {
    const { body, isCut } = await fetchAll(url);
    lengths.push([body.length, isCut]);
  }
  expect(lengths).toEqual([
    [0, true],
    [100_000, true],
    [100_001, true],
    [300_000, false],
  ]);
  expect(autoflex.transfers.map(({ state }) => state)).toEqual(['cut', 'cut', 'cut', 'whole']);
});

test.each([
  ['whole', '300000', true],
  ['sent', '299000', false],
  ['absent', undefined, false],
] as const)('bytes that are missing are told or hidden (%s)', async (length, told, cut) => {
  const { link } = await openCaller({ file: small, download: { missing: 1000, length } });
  const { headers, body, isCut } = await fetchAll(await link());
  expect([headers['content-length'], body.length, isCut]).toEqual([told, 299_000, cut]);
});

test.each([
  ['401', 401, /^application\/json/],
  ['403', 403, /^application\/json/],
  ['login-page', 200, /^text\/html/],
  ['json-error', 200, /^application\/json/],
] as const)('without a token a download may meet %s', async (withoutToken, status, type) => {
  const { link, token } = await openCaller({ file: small, download: { withoutToken } });
  const url = await link();
  const refused = await fetchAll(url, { token: 'invented' });
  expect(refused.status).toBe(status);
  expect(refused.headers['content-type']).toMatch(type);
  expect((await fetchAll(url, { token })).body).toHaveLength(300_000);
});

test.each(['page', 'json-error'] as const)('a %s may come in place of the file', async (answer) => {
  const { link } = await openCaller({ download: { answer } });
  const { status, body } = await fetchAll(await link());
  expect(status).toBe(200);
  expect(body.length).toBeLessThan(500);
});

test('redirects lead home, away or nowhere', async () => {
  const { autoflex, link } = await openCaller({ file: small, download: { redirects: 2 } });
  const url = await link();
  const hops = async (limit: number) => {
    const hosts: string[] = [];
    for (let at = url; hosts.length < limit; ) {
      hosts.push(new URL(at).origin);
      const { headers } = await fetchAll(at);
      if (headers.location === undefined) break;
      at = new URL(headers.location, at).href;
    }
    return hosts;
  };
  const own = new URL(autoflex.url).origin;
  const foreign = new URL(autoflex.foreignUrl).origin;
  expect(await hops(9)).toEqual([own, own, own]);
  autoflex.change({ download: { redirectTo: 'foreign' } });
  expect(await hops(9)).toEqual([own, foreign, foreign]);
  autoflex.change({ download: { redirectTo: 'http', redirects: 1 } });
  expect(await hops(9)).toEqual([own, own.replace('127.0.0.1', '[::ffff:7f00:1]')]);
  autoflex.change({ download: { redirectTo: 'loop' } });
  expect(await hops(9)).toHaveLength(9);
});

test.each([403, 404, 410] as const)('a link that expired is %s, and the id gives a new one', async (expiredStatus) => {
  let now = 1_700_000_000_000;
  const { autoflex, link, get } = await openCaller({
    now: () => now,
    file: small,
    link: { lifetime: 60, expiredStatus },
  });
  const url = await link();
  now += 59_000;
  expect((await fetchAll(url)).status).toBe(200);
  now += 1000;
  expect((await fetchAll(url)).status).toBe(expiredStatus);
  const again = (await (await get(`/webhook?id=${autoflex.orders[0]?.ids[0]}`)).json()) as { data: { url: string } };
  expect((await fetchAll(again.data.url)).status).toBe(200);
  autoflex.expireLinks();
  expect((await fetchAll(again.data.url)).status).toBe(expiredStatus);
});

test('a link may name nothing in its path', async () => {
  const { link } = await openCaller({ file: small, link: { style: 'query' } });
  const url = new URL(await link());
  expect(url.pathname).toBe('/');
  expect((await fetchAll(url.href)).body).toHaveLength(300_000);
  expect((await fetchAll(url.origin)).status).toBe(404);
});

test('a link without its signature opens nothing', async () => {
  const { link } = await openCaller();
  const url = await link();
  expect((await fetchAll(url.replace(/signature=.*/, 'signature=x'))).status).toBe(403);
  expect((await fetchAll(url.replace(/files\/[^/]+/, 'files/00'))).status).toBe(404);
});

test('name and type of the file are as they are told', async () => {
  const disposition = "attachment; filename=plain.zip; filename*=UTF-8''%C3%BCber.zip";
  const { autoflex, link } = await openCaller({ file: small, download: { disposition, type: 'application/x-servoy' } });
  const url = await link();
  const told = (await fetchAll(url)).headers;
  expect([told['content-disposition'], told['content-type']]).toEqual([disposition, 'application/x-servoy']);
  autoflex.change({ download: { disposition: null } });
  expect((await fetchAll(url)).headers['content-disposition']).toBeUndefined();
});

test('several files of one backup differ', async () => {
  const { autoflex, order, get } = await openCaller({ file: small, result: { shape: 'data.urls', files: 2 } });
  await order();
  const { data } = (await (await get(`/webhook?id=${autoflex.orders[0]?.ids[0]}`)).json()) as {
    data: { urls: string[] };
  };
  const bodies = await Promise.all(data.urls.map(async (url) => (await fetchAll(url)).body.toString('hex')));
  expect(new Set(bodies).size).toBe(2);
  expect(sha256(await autoflex.file(0))).not.toBe(sha256(await autoflex.file(1)));
});

test('a slow server keeps its pace, and a stopped one lets go in the middle', async () => {
  const { autoflex, link } = await openCaller({ file: small, download: { bytesPerSecond: 100_000 } });
  const url = await link();
  const receiving = fetchAll(url);
  await until(() => (autoflex.transfers[0]?.sent ?? 0) >= 10_000);
  expect(autoflex.transfers[0]?.sent).toBeLessThan(100_000);
  await autoflex.stop();
  expect((await receiving).isCut).toBe(true);
  await until(() => autoflex.transfers[0]?.state === 'left');
});
