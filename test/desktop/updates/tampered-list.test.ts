import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createDesktopUpdates } from '../../../main/desktop/updates/index.ts';
import { createUpdateRequests } from '../../../main/desktop/updates/requests.ts';
import { createNetwork } from '../../../main/platform/network/index.ts';
import { silentLog } from '../../support/log.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { listOf, startUpdateFeed } from '../../support/update-feed.ts';

/** What somebody who controls the list of versions, or the way to it, can reach: nothing but their own package. */

const oldProgram = '#!/bin/sh\necho old\n';
const newProgram = '#!/bin/sh\necho new\n';

async function installed() {
  const home = await temporaryFolder();
  const feed = await startUpdateFeed('0.2.0', newProgram);
  const appImage = join(home, 'Ringback.AppImage');
  const configuration = join(home, 'app-update.yml');
  await writeFile(appImage, oldProgram, { mode: 0o755 });
  await writeFile(configuration, `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: updates\n`);
  process.env.APPIMAGE = appImage;
  const network = createNetwork({ system: { resolve: async () => 'DIRECT', environment: {} } });
  onTestFinished(async () => {
    delete process.env.APPIMAGE;
    await network.close();
  });
  const source = createDesktopUpdates({
    ...{ format: 'AppImage', forbidden: false, version: '0.1.0', page: '', configuration, folder: join(home, 'cache') },
    ...{ fetch: network.fetch, log: silentLog, quit() {}, relaunch() {} },
  });
  if (source === undefined) throw new Error('There is no configuration.');
  const update = async () => {
    if ((await source.find('stable')) === undefined) return 'not offered';
    await source.download(() => {}, new AbortController().signal);
    return 'downloaded';
  };
  return { source, feed, home, appImage, update };
}

const list = listOf('0.2.0', newProgram);
const sha512 = /sha512: (.*)/.exec(list)?.[1] ?? '';
/** Ten to the ninth items, of which each line names the one before ten times, before or within a list. */
const bomb = (field: string, key = (level: number) => `k${level}: `) => {
  const lines = Array.from({ length: 9 }, (_, level) => {
    const item = level === 0 ? 'x' : `*a${level - 1}`;
    return `${key(level)}&a${level} [${Array(10).fill(item).join(', ')}]`;
  });
  return `${lines.join('\n')}\n${list.replace(new RegExp(`^${field}:.*$`, 'm'), `${field}: *a8`)}`;
};
const bombInOneLine = `{${bomb('releaseNotes').split('\n').slice(0, 9).join(', ')}, version: 0.2.0, files: *a8}`;
const repeatedText = `long: ["", &a ${'x'.repeat(100_000)}]\nshort: [${Array(10_000).fill('*a').join(',')}]\n${list}`;
const repeatedName = `long: ["", &a ${'x'.repeat(1000)}]\nshort:\n${'- { *a : }\n'.repeat(10_000)}${list}`;

test.each([
  ['a version that is a path', list.replace('version: 0.2.0', 'version: ../../0.2.0')],
  ['a version that is a command', list.replace('version: 0.2.0', "version: '0.2.0; touch x'")],
  ['a version that is a list', list.replace('version: 0.2.0', 'version: [0.2.0]')],
  ['a version without a value', list.replace('version: 0.2.0', 'version:')],
  ['a version that grows without end', bomb('version')],
  ['notes that grow without end', bomb('releaseNotes')],
  ['a list that grows without end under quoted keys', bomb('releaseNotes', (level) => `"k${level}": `)],
  ['a list that grows without end under keys in single quotes', bomb('version', (level) => `'k ${level}' : `)],
  ['a list that grows without end under keys that need a mark', bomb('files', (level) => `? k${level}\n: `)],
  ['a list that grows without end under tagged keys', bomb('files', (level) => `!!str k${level}: !!seq `)],
  ['a list that grows without end in one line', bombInOneLine],
  ['a text that is repeated ten thousand times', repeatedText],
  ['a name that is repeated ten thousand times', repeatedName],
  ['a list that contains itself', `loop: ["", &a [*a]]\n${list}`],
  ['an HTML page', '<!DOCTYPE html><html><body>Sign in to the hotel network</body></html>'],
  ['an HTML page that is read as YAML', 'html: <body>version 0.2.0</body>'],
  ['a tag that runs code', list.replace('Fewer clicks.', '!!js/function "function () { process.exit() }"')],
  ['a second document', `${list}\n---\n${list}`],
])('%s is no list of versions', async (_name, text) => {
  const { feed, update } = await installed();
  feed.list = text;
  await expect(update()).rejects.toThrow(/could not be (read|reached)/);
});

test.each([
  ['no files', list.replace(/files:[\s\S]*size: \d+/, 'files: []')],
  ['files that are a text', list.replace(/files:[\s\S]*size: \d+/, 'files: none')],
  ['a file without an address', list.replace(/url: .*/, 'url:')],
  ['an address that is none', list.replace(/url: .*/, "url: 'https://['")],
  ['an address of a local file', list.replace(/url: .*/, 'url: file:///etc/passwd.AppImage')],
  ['an address without encryption', list.replace(/url: .*/, 'url: http://packages.example/Ringback-0.2.0.AppImage')],
  ['an address with a password', list.replace(/url: .*/, 'url: https://a:b@packages.example/Ringback-0.2.0.AppImage')],
  ['another checksum', list.replace(sha512, Buffer.alloc(64).toString('base64'))],
  ['an empty checksum', list.replace(sha512, "''")],
  ['a checksum that is a list', list.replace(sha512, `[${sha512}]`)],
  ['a checksum cut short', list.replace(sha512, sha512.slice(0, 20))],
  ['an older kind of checksum', list.replace(`sha512: ${sha512}`, 'sha2: 00')],
  ['a package of another format', list.replace('.AppImage', '.deb').replace(/sha512.*/, "sha512: ''")],
])('%s in the list: nothing is downloaded, and the program in use stays', async (_name, text) => {
  const { source, feed, home, appImage, update } = await installed();
  feed.list = text;
  await expect(update()).rejects.toThrow(/Nothing was (installed|downloaded)/);
  source.finish();
  expect(await readFile(appImage, 'utf8')).toBe(oldProgram);
  expect(await programsIn(join(home, 'cache'))).toEqual([]);
});

const programsIn = async (folder: string) =>
  existsSync(folder) ? (await readdir(folder, { recursive: true })).filter((name) => name.includes('AppImage')) : [];

test.each([
  '../../../escaped.AppImage',
  '..%2f..%2fescaped.AppImage',
  '%2e%2e/%2e%2e/escaped.AppImage',
  '/tmp/../../escaped.AppImage',
  'a/..\\..\\escaped.AppImage',
])('the file name %j leaves the folder of downloads for nowhere', async (name) => {
  const { feed, home, update } = await installed();
  feed.list = list.replace(/url: .*/, `url: '${name}'`);
  await update().catch(() => {});
  const names = (await readdir(home, { recursive: true })).filter((path) => path.includes('escaped'));
  expect(names.filter((path) => !path.startsWith(join('cache', 'updates', 'pending')))).toEqual([]);
});

test.each([
  ['notes that are no text', list.replace('Fewer clicks.', '{ a: [1] }')],
  ['a date that is none', list.replace(/releaseDate: .*/, 'releaseDate: soon')],
  ['a date that is a list', list.replace(/releaseDate: .*/, 'releaseDate: [1, 2]')],
  ['fields that nobody knows', `${list}\nscript: rm -rf /\nstagingPercentage: all\nminimumSystemVersion: [1]`],
  ['notes of 900,000 characters', list.replace('Fewer clicks.', 'x'.repeat(900_000))],
])('%s do no harm: the version is offered, and nothing longer than 20,000 characters', async (_name, text) => {
  const { source, feed } = await installed();
  feed.list = text;
  const offer = await source.find('stable');
  expect(offer?.version).toBe('0.2.0');
  expect(offer?.notes?.length ?? 0).toBeLessThanOrEqual(20_000);
  expect([undefined, '2026-03-01T10:00:00.000Z']).toContain(offer?.releasedAt);
});

test.each([
  ['in a block', 'releaseNotes: |\n  int *p = &x, *x;\n  &x [*x]\n  *x, "k": &x\n', '&x [*x]'],
  ['in quotes', `releaseNotes: "a & b *b &b\\n&b [*b]"`, '&b [*b]'],
])('notes %s that look like YAML with aliases are shown as they are', async (_name, notes, shown) => {
  const { source, feed } = await installed();
  feed.list = list.replace('releaseNotes: Fewer clicks.', notes);
  expect((await source.find('stable'))?.notes).toContain(shown);
});

test('a list that says a checksum once and names it again is read', async () => {
  const { feed, update } = await installed();
  feed.list = `${list.replace('sha512: ', 'sha512: &sum ')}\npath: Ringback-0.2.0.AppImage\nsha512: *sum`;
  expect(await update()).toBe('downloaded');
});

test('a package that goes on without end is given up at the size of the list', async () => {
  const { feed, home, update } = await installed();
  let sent = 0;
  feed.serve = (response) => {
    const more = () => {
      sent += 65_536;
      if (!response.destroyed && response.write(Buffer.alloc(65_536))) more();
    };
    response.on('drain', more);
    more();
  };
  await expect(update()).rejects.toThrow('was interrupted');
  expect(sent).toBeLessThan(50_000_000);
  expect(await programsIn(join(home, 'cache'))).toEqual([]);
});

test('a sign-in page in place of the package is deleted', async () => {
  const { feed, home, update } = await installed();
  feed.serve = (response) => void response.end('<html></html>');
  await expect(update()).rejects.toThrow('does not match its checksum');
  expect(await programsIn(join(home, 'cache'))).toEqual([]);
});

/** Answers each address with a redirect to the next; the last one with a list. */
function requestsAlong(...addresses: readonly string[]) {
  const requested: string[] = [];
  const requests = createUpdateRequests(
    async (input) => {
      requested.push(String(input));
      const next = addresses[addresses.indexOf(String(input)) + 1];
      return next === undefined ? new Response(list) : new Response('', { status: 302, headers: { location: next } });
    },
    () => {
      throw new Error('Nothing is downloaded here.');
    },
  );
  return { requested, read: () => requests.request({ hostname: 'ringback.example', path: '/latest-linux.yml' }) };
}

const first = 'https://ringback.example/latest-linux.yml';

test('a list on another host is read where every step of the way is encrypted', async () => {
  const { read, requested } = requestsAlong(
    first,
    'https://files.example/a?signature=b',
    'https://c.example/latest.yml',
  );
  expect(await read()).toBe(list);
  expect(requested).toHaveLength(3);
});

test.each([
  'http://files.example/latest-linux.yml',
  'http://127.0.0.1:8080/latest-linux.yml',
  'http://localhost/latest-linux.yml',
  'https://user:password@files.example/latest-linux.yml',
  'file:///etc/passwd',
  'data:text/plain,version: 9.9.9',
])('a redirect to %s is not followed, whatever comes after it', async (unsafe) => {
  const { read, requested } = requestsAlong(first, unsafe, 'https://files.example/latest-linux.yml');
  await expect(read()).rejects.toThrow('could not be reached');
  expect(requested).toEqual([first]);
});

test('redirects without an end are given up', async () => {
  const { read, requested } = requestsAlong(
    first,
    ...Array.from({ length: 50 }, (_, index) => `https://a.example/${index}`),
  );
  await expect(read()).rejects.toThrow('could not be reached');
  expect(requested.length).toBeLessThan(10);
});
