import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AutoflexOptions } from '../../main/sandbox/autoflex/index.ts';
import { delayed, type Garage, shareEngine } from '../support/autoflex-host.ts';
import { until } from '../support/temporary.ts';

const open = shareEngine();

/** What the documentation of Autoflex10 leaves open about the file, one question each. */

const hostOf = (url: string) => new URL(url).host;
const hosts = (garage: Garage) => garage.requestsTo('/files').map(({ headers }) => String(headers.host));
const tokens = (garage: Garage) => garage.requestsTo('/files').map(({ headers }) => headers.token !== undefined);

/** The files of this name in the data folder. */
async function leftOver({ host }: Garage, name: RegExp): Promise<string[]> {
  return (await readdir(host.folder, { recursive: true })).filter((path) => name.test(path));
}

describe('21. a relative link', () => {
  test.each(['relative', 'bare'] as const)("(%s) is of the API's origin", async (url) => {
    const garage = await open({ result: { url } });
    await garage.backUp();
    expect(hosts(garage)).toEqual([hostOf(garage.autoflex.url)]);
  });

  test('is resolved against the origin of api_url', async () => {
    const garage = await open({ result: { url: 'relative' } });
    garage.autoflex.change({ signIn: { apiUrl: garage.autoflex.foreignUrl } });
    await garage.backUp();
    expect(hosts(garage)).toEqual([hostOf(garage.autoflex.foreignUrl)]);
  });
});

describe('22. a link of plain http', () => {
  test('is rejected', async () => {
    const garage = await open({ result: { url: 'http' } });
    expect((await garage.fail()).problem).toContain('would not be encrypted (http)');
    expect(garage.requestsTo('/files')).toEqual([]);
  });

  test('is used where the settings allow it', async () => {
    const garage = await open({ result: { url: 'http' } });
    const allow = (allowInsecure: boolean) => garage.host.ask('settings.set', { backups: { allowInsecure } });
    onTestFinished(async () => void (await allow(false)));
    await allow(true);
    await garage.backUp();
    expect(hosts(garage)[0]).toMatch(/^\[::ffff:7f00:1\]:/);
  });
});

describe('23. the token for the download', () => {
  test('is not sent where the file needs none', async () => {
    const garage = await open();
    await garage.backUp();
    expect(tokens(garage)).toEqual([false]);
  });

  test.each(['401', '403', 'login-page', 'json-error'] as const)('is sent after %s', async (withoutToken) => {
    const garage = await open({ download: { withoutToken } });
    await garage.backUp();
    expect(tokens(garage)).toEqual([false, true]);
  });

  test.each(['401', '403', 'login-page', 'json-error'] as const)(
    'is never sent to another origin, with any response (%s)',
    async (withoutToken) => {
      const garage = await open({ result: { url: 'foreign' }, download: { withoutToken } });
      await garage.fail();
      expect(tokens(garage)).not.toContain(true);
      expect(new Set(hosts(garage))).toEqual(new Set([hostOf(garage.autoflex.foreignUrl)]));
    },
  );
});

describe('24. redirects', () => {
  test('are followed five times', async () => {
    const garage = await open({ download: { redirects: 5 } });
    await garage.backUp();
    expect(garage.requestsTo('/files')).toHaveLength(6);
  });

  test.each<[string, AutoflexOptions['download']]>([
    ['six', { redirects: 6 }],
    ['in a circle', { redirectTo: 'loop' }],
  ])('%s are too many', async (_many, download) => {
    const garage = await open({ download });
    expect((await garage.fail()).problem).toContain('redirected more than 5 times');
    expect(garage.requestsTo('/files')).toHaveLength(6);
  });

  test('to plain http are not followed', async () => {
    const garage = await open({ download: { redirects: 1, redirectTo: 'http' } });
    expect((await garage.fail()).problem).toContain('would not be encrypted (http)');
    expect(garage.requestsTo('/files')).toHaveLength(1);
  });

  test('to another origin leave the token behind', async () => {
    const garage = await open({ download: { withoutToken: '401', redirects: 1, redirectTo: 'foreign' } });
    await garage.backUp();
    const [own, foreign] = [garage.autoflex.url, garage.autoflex.foreignUrl].map(hostOf);
    expect(hosts(garage)).toEqual([own, own, foreign]);
    expect(tokens(garage)).toEqual([false, true, false]);
  });
});

describe('25. the name of the file', () => {
  test.each([
    ['filename* before filename', "attachment; filename=plain.zip; filename*=UTF-8''%C3%BCber.zip", 'über.zip'],
    ['filename', 'attachment; filename="dealer 7.zip"', 'dealer 7.zip'],
    ['the last segment of the link', null, 'backup-owner.zip'],
    ['a path made harmless', 'attachment; filename="../../etc/cron.d/x.zip"', 'x.zip'],
    ['a name every system takes', 'attachment; filename="CON.zip"', '_CON.zip'],
    ['characters every system takes', 'attachment; filename="a:b*c?d.zip"', 'a_b_c_d.zip'],
    ['150 characters at most', `attachment; filename="${'k'.repeat(300)}.zip"`, `${'k'.repeat(146)}.zip`],
  ])('is %s', async (_what, disposition, name) => {
    const garage = await open({ download: { disposition } });
    expect(basename((await garage.backUp()).file ?? '')).toBe(name);
  });

  test('is a default where nothing names it', async () => {
    const garage = await open({ link: { style: 'query' }, download: { disposition: null } });
    const name = basename((await garage.backUp()).file ?? '');
    expect(name).toMatch(/^autoflex-backup-\d{4}-\d\d-\d\d_\d{6}\.zip$/);
  });

  test('is numbered where it is taken', async () => {
    const garage = await open();
    const names = [await garage.backUp(), await garage.backUp()].map(({ file = '' }) => basename(file));
    expect(names).toEqual(['backup-owner.zip', 'backup-owner (2).zip']);
  });
});

describe('26. the kind of the file', () => {
  const unnamed = 'attachment; filename=dealer';
  test.each<[string, AutoflexOptions, string]>([
    [
      'its own ending',
      { download: { disposition: 'attachment; filename=dealer.fbk' }, file: { kind: 'bytes' } },
      '.fbk',
    ],
    ['its Content-Type', { download: { disposition: unnamed, type: 'application/zip' } }, '.zip'],
    ['the first bytes of a zip', { download: { disposition: unnamed, type: 'application/octet-stream' } }, '.zip'],
    [
      'the first bytes of a gzip',
      { download: { disposition: unnamed, type: 'application/x-servoy' }, file: { kind: 'gzip' } },
      '.gz',
    ],
    ['nothing that is known', { download: { disposition: unnamed }, file: { kind: 'bytes' } }, '.bin'],
  ])('is recognized by %s', async (_what, options, ending) => {
    const garage = await open(options);
    expect(basename((await garage.backUp()).file ?? '')).toBe(`dealer${ending}`);
  });
});

describe('27. an error in place of the file, with 200', () => {
  test.each<[string, unknown, RegExp]>([
    ['a web page', '<!doctype html><html><body>Sorry</body></html>', /web page instead of a backup/],
    ['an error', { error: 'No such backup.' }, /an error instead of a backup: No such backup\./],
    ['a successCode from 400 on', { successCode: '404', message: 'Gone.' }, /an error instead of a backup: Gone\./],
  ])('(%s) is a failure and leaves no file', async (_what, body, reason) => {
    const garage = await open({ file: { name: 'never.zip' } });
    garage.autoflex.addFault({ path: '/files', status: 200, body });
    expect((await garage.fail()).problem).toMatch(reason);
    expect(await leftOver(garage, /never/)).toEqual([]);
  });
});

describe('28. the size of the file', () => {
  test('is unknown: until it is complete and verified the file is called ".part"', async () => {
    const garage = await open({
      file: { name: 'slow.zip' },
      download: { length: 'absent', holdAt: 100_000 },
    });
    await garage.start();
    const path = await until(async () => (await leftOver(garage, /slow\.zip/)).find((one) => one.endsWith('.part')));
    expect(await leftOver(garage, /slow\.zip$/)).toEqual([]);
    garage.autoflex.change({ download: { holdAt: null } });
    const { file = '' } = await garage.reach('done');
    expect(dirname(file)).toBe(dirname(join(garage.host.folder, path)));
    expect((await leftOver(garage, /slow/)).map((one) => basename(one)).toSorted()).toEqual([
      'slow.zip',
      'slow.zip.ringback.json',
    ]);
  });

  test('that exceeds the free space is reported in advance', async () => {
    const garage = await open({ file: { kind: 'bytes', size: 900 * 1000 ** 4, name: 'large.bin' } });
    expect((await garage.fail()).problem).toMatch(/^The backup needs 900 TB, but only .* are free/);
    expect(await leftOver(garage, /large/)).toEqual([]);
  });

  test.each<[string, AutoflexOptions['download'], RegExp]>([
    ['shorter than announced', { missing: 1000, length: 'whole' }, /stopped after 299 kB of 300 kB/],
    ['too short, and announced as such', { missing: 1000, length: 'sent' }, /zip archive is damaged or ends too early/],
    ['too short, and not announced', { missing: 1000, length: 'absent' }, /zip archive is damaged or ends too early/],
  ])('(%s) is compared, and an incomplete file is no backup', async (_what, download, reason) => {
    const garage = await open({ download, file: { name: 'short.zip' } });
    expect((await garage.fail()).problem).toMatch(reason);
    expect(await leftOver(garage, /short\.zip$/)).toEqual([]);
  });
});

describe('29. an interrupted download', () => {
  test('resumes with Range and If-Range', async () => {
    const garage = await open({ download: { cutAt: [150_000, 250_000] } });
    await garage.backUp();
    const [first, ...rest] = garage.requestsTo('/files').map(({ headers }) => headers);
    expect(first?.range).toBeUndefined();
    expect(rest.map(({ range }) => range)).toEqual(Array(2).fill(expect.stringMatching(/^bytes=[1-9]\d*-$/)));
    const tag = `"${(await garage.autoflex.file()).tag}"`;
    expect(rest.map((headers) => headers['if-range'])).toEqual([tag, tag]);
  });

  test('resumes by the date where there is no ETag', async () => {
    const garage = await open({ download: { cutAt: [150_000], validator: 'last-modified' } });
    await garage.backUp();
    expect(garage.requestsTo('/files')[1]?.headers['if-range']).toMatch(/GMT$/);
    expect(garage.autoflex.transfers[1]?.from).toBeGreaterThan(0);
  });

  test.each<[string, AutoflexOptions['download']]>([
    ['takes no ranges', { ranges: false }],
    ['names no version of the file', { validator: 'none' }],
    ['names its version only weakly', { validator: 'weak-etag' }],
  ])('starts over where the server %s', async (_what, download) => {
    const garage = await open({ download: { cutAt: [150_000], ...download } });
    await garage.backUp();
    expect(garage.autoflex.transfers.map(({ from }) => from)).toEqual([0, 0]);
  });

  test('starts over where the file has changed', async () => {
    const garage = await open({ download: { cutAt: [150_000] } });
    garage.time.onWait = () => garage.autoflex.change({ file: { seed: 'newer' } });
    await garage.backUp();
    expect(garage.autoflex.transfers.map(({ from }) => from)).toEqual([0, 0]);
  });

  test('fails after five retries without progress', async () => {
    const garage = await open({ download: { cutAt: Array(20).fill(150_000), ranges: false } });
    expect((await garage.fail()).problem).toMatch(/6 attempts brought no more/);
    expect(garage.time.waits.slice(-5)).toEqual([1000, 2000, 4000, 8000, 16_000]);
  });
});

describe('30. the lifetime of a link', () => {
  test('is unknown: the file is downloaded right after the callback', async () => {
    const garage = await open(delayed);
    await garage.start();
    await garage.reach('requested');
    expect(garage.requestsTo('/files')).toEqual([]);
    await garage.call();
    await garage.reach('done');
    expect(garage.time.waits).toEqual([]);
  });

  test.each([403, 404, 410] as const)(
    'an expired one (%s) is renewed once, and the download resumes',
    async (expiredStatus) => {
      const garage = await open({ link: { expiredStatus }, download: { cutAt: [150_000] } });
      garage.time.onWait = () => garage.autoflex.expireLinks();
      await garage.backUp();
      expect(garage.requestsTo('/webhook')).toHaveLength(2);
      expect(garage.autoflex.transfers[1]?.from).toBeGreaterThan(0);
    },
  );

  test.each([403, 404, 410] as const)('one that is expired (%s) again is a failure', async (expiredStatus) => {
    const garage = await open({ link: { expiredStatus, lifetime: 0 } });
    expect((await garage.fail()).problem).toMatch(/expired|denied access/);
    expect(garage.requestsTo('/webhook')).toHaveLength(2);
  });
});

describe('31. secrets in addresses', () => {
  test('are in no log, message, list or manifest, after any failure', async () => {
    const garage = await open({ download: { cutAt: [150_000], withoutToken: '401' } });
    garage.time.onWait = () => garage.autoflex.expireLinks();
    await garage.backUp();
    const words = 'Cannot read https://files.example/a.zip?signature=inventedSignature42';
    garage.autoflex.addFault({ path: '/files', status: 200, body: { error: words } });
    expect((await garage.fail()).problem).toMatch(/Cannot read https:\/\/files\.example/);
    const secrets = garage.autoflex.requests
      .flatMap(({ query, headers }) => [...new URLSearchParams(query).values(), String(headers.token ?? '')])
      .filter((value) => value.length > 8 && !['ordertypes', garage.autoflex.username].includes(value));
    expect(secrets.length).toBeGreaterThan(5);
    const { host } = garage;
    const manifests = (await leftOver(garage, /\.ringback\.json$/)).map((path) => readFile(join(host.folder, path)));
    expect(manifests.length).toBeGreaterThan(0);
    const told = JSON.stringify([
      ...[host.lines, host.changes, host.notes, await garage.backups(), await garage.events()],
      ...[await host.ask('connections.list', {}), await host.ask('notifications.list', {})],
      String(await Promise.all(manifests)),
    ]);
    for (const secret of [...secrets, 'inventedSignature42']) expect(told).not.toContain(secret);
  });
});
