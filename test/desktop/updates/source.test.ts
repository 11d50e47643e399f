import { spawnSync } from 'node:child_process';
import { appendFile, chmod, lstat, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAttempt } from '../../../main/desktop/updates/attempt.ts';
import { createDesktopUpdates } from '../../../main/desktop/updates/index.ts';
import type { PackageFormat } from '../../../main/desktop/updates/package-format.ts';
import { createNetwork } from '../../../main/platform/network/index.ts';
import { smallDisk } from '../../support/disks/small-disk.ts';
import { silentLog } from '../../support/log.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { listOf, startUpdateFeed } from '../../support/update-feed.ts';

const newProgram = '#!/bin/sh\necho "0.2.0 started" > "$0.log"\n';
const oldProgram = '#!/bin/sh\necho old\n';

interface Options {
  readonly version?: string;
  readonly offered?: string;
  readonly program?: string;
  readonly format?: PackageFormat;
  readonly folder?: string;
  /** The file of the AppImage in use. */
  readonly appImage?: string;
}

/** Ringback as an AppImage that looks for versions on loopback. */
async function installed({ version = '0.1.0', offered = '0.2.0', program = newProgram, ...options }: Options = {}) {
  const home = await temporaryFolder();
  const feed = await startUpdateFeed(offered, program);
  const { appImage = join(home, 'Ringback.AppImage') } = options;
  const configuration = join(home, 'app-update.yml');
  await writeFile(appImage, oldProgram);
  await chmod(appImage, 0o755);
  await writeFile(configuration, `provider: generic\nurl: ${feed.url}\nupdaterCacheDirName: updates\n`);
  runAsAppImage(appImage);
  const network = createNetwork({ system: { resolve: async () => 'DIRECT', environment: {} } });
  onTestFinished(() => network.close());
  const quits: string[] = [];
  const folder = options.folder ?? join(home, 'cache');
  const source = createDesktopUpdates({
    ...{ forbidden: false, version, page: 'https://ringback.example', configuration, folder, log: silentLog },
    format: options.format ?? 'AppImage',
    fetch: network.fetch,
    quit: () => void quits.push('quit'),
    relaunch: () => void quits.push('relaunch'),
  });
  if (source === undefined) throw new Error('There is no configuration.');
  /** As the next start finds it. */
  const again = (running: string) => createAttempt(folder, running);
  const percents: number[] = [];
  const download = () => source.download((percent) => percents.push(percent), new AbortController().signal);
  return { source, feed, appImage, folder, quits, percents, download, again };
}

/** An AppImage finds its own file in this variable. */
function runAsAppImage(path: string): void {
  process.env.APPIMAGE = path;
  onTestFinished(() => {
    delete process.env.APPIMAGE;
  });
}

const downloadsIn = (folder: string) =>
  readdir(join(folder, 'updates', 'pending')).then(
    (names) => names.filter((name) => name.includes('AppImage')),
    () => [],
  );

test('a newer version is offered with what is new in it', async () => {
  const { source, feed } = await installed();
  expect(await source.find('stable')).toEqual({
    version: '0.2.0',
    notes: 'Fewer clicks.',
    releasedAt: '2026-03-01T10:00:00.000Z',
  });
  expect(feed.requested[0]).toMatch(/^\/latest-linux(-arm64)?\.yml$/);
});

test('the beta channel has a list of its own, beside the one of all', async () => {
  const { source, feed } = await installed();
  await source.find('stable');
  expect(feed.requested.some((path) => path.startsWith('/beta'))).toBe(false);
  await source.find('beta');
  expect(feed.requested.some((path) => /^\/beta-linux(-arm64)?\.yml$/.test(path))).toBe(true);
});

const betaProgram = '#!/bin/sh\necho beta\n';

test.each([
  ['a stable version newer than the last beta', listOf('0.2.0-beta.3', betaProgram), '0.2.0'],
  ['a beta newer than the stable version', listOf('0.3.0-beta.10', betaProgram), '0.3.0-beta.10'],
  ['the stable version where there is no list of betas', null, '0.2.0'],
  ['the stable version where the list of betas is damaged', 'version: newest', '0.2.0'],
  ['the stable version where no beta is newer than the one in use', listOf('0.1.0-beta.1', betaProgram), '0.2.0'],
])('who tests betas is offered %s, and that is downloaded', async (_name, betaList, version) => {
  const { source, feed, folder, download } = await installed();
  feed.betaList = betaList;
  if (version.includes('beta')) feed.serve = (response) => void response.end(betaProgram);
  expect(await source.find('beta')).toMatchObject({ version });
  await download();
  expect(await downloadsIn(folder)).toEqual([`Ringback-${version}.AppImage`]);
});

test('who tests betas is offered one where the list of stable versions cannot be read', async () => {
  const { source, feed } = await installed();
  Object.assign(feed, { list: 'version: newest', betaList: listOf('0.2.0-beta.1', betaProgram) });
  expect(await source.find('beta')).toMatchObject({ version: '0.2.0-beta.1' });
});

test.each(['0.2.0', '0.3.0-beta.1'])('a version that is not newer than %s is not offered', async (version) => {
  const { source } = await installed({ version });
  expect(await source.find('stable')).toBeUndefined();
  expect(await source.find('beta')).toBeUndefined();
});

test('a downloaded version replaces the AppImage when Ringback ends, and is started', async () => {
  const { source, appImage, quits, percents, download } = await installed();
  await source.find('stable');
  await download();
  expect(percents.at(-1)).toBe(100);
  expect(await readFile(appImage, 'utf8')).toBe(oldProgram);
  source.restart();
  expect(quits).toEqual(['quit']);
  expect(source.finish()).toBe(false);
  expect(await readFile(appImage, 'utf8')).toBe(newProgram);
  expect(await until(() => readFile(`${appImage}.log`, 'utf8').catch(() => ''))).toBe('0.2.0 started\n');
});

test('an AppImage with a version in its name keeps that name, which login items refer to', async () => {
  const appImage = join(await temporaryFolder(), 'ringback-0.1.0-linux-x86_64.AppImage');
  const { source, download } = await installed({ appImage });
  await source.find('stable');
  await download();
  source.finish();
  expect(await readdir(dirname(appImage))).toEqual([basename(appImage)]);
  expect(await readFile(appImage, 'utf8')).toBe(newProgram);
});

test.each([0o700, 0o750, 0o775])('an AppImage keeps its permissions %o', async (mode) => {
  const { source, appImage, download } = await installed();
  await chmod(appImage, mode);
  await source.find('stable');
  await download();
  source.finish();
  expect(await readFile(appImage, 'utf8')).toBe(newProgram);
  expect((await lstat(appImage)).mode & 0o777).toBe(mode);
});

/** What a process that was killed during its installation leaves, and files that look like it and stay. */
async function withLeftCopies() {
  const folder = await temporaryFolder();
  const appImage = join(folder, 'program');
  const { pid: ended } = spawnSync(process.execPath, ['--version']);
  const left = [`program.${ended}.part`, `program.${process.pid}.part`];
  const others = [`program.${process.ppid}.part`, 'program.part', 'program.old.part', `other.${ended}.part`];
  for (const name of [...left, ...others]) await writeFile(join(folder, name), oldProgram);
  // Behind a link, the copies lie beside the program itself.
  const link = join(await temporaryFolder(), 'Ringback.AppImage');
  await symlink(appImage, link);
  return { ...(await installed({ appImage: link })), names: () => readdir(folder), others };
}

test('the start after an installation that was killed deletes its copy of the AppImage', async () => {
  const { source, names, others } = await withLeftCopies();
  source.takeFailure();
  expect((await names()).toSorted()).toEqual(['program', ...others].toSorted());
});

test('an installation deletes the copies that earlier ones left', async () => {
  const { source, names, others, download } = await withLeftCopies();
  await source.find('stable');
  await download();
  source.finish();
  expect((await names()).toSorted()).toEqual(['program', ...others].toSorted());
});

test('copies stay where Ringback was not started from an AppImage', async () => {
  const { source, names } = await withLeftCopies();
  delete process.env.APPIMAGE;
  source.takeFailure();
  expect(await names()).toHaveLength(7);
});

test('an AppImage behind a link is replaced, and the link stays', async () => {
  const folder = await temporaryFolder();
  const appImage = join(folder, 'link');
  await symlink('program', appImage);
  await writeFile(join(folder, 'program'), oldProgram, { mode: 0o755 });
  const { source, download } = await installed({ appImage });
  await source.find('stable');
  await download();
  source.finish();
  expect(await readFile(join(folder, 'program'), 'utf8')).toBe(newProgram);
  expect((await lstat(appImage)).isSymbolicLink()).toBe(true);
});

const downloaded = (folder: string) => join(folder, 'updates/pending/Ringback-0.2.0.AppImage');

test.each([
  ['has vanished', rm],
  ['was changed', (file: string) => appendFile(file, '#')],
  ['was cut', (file: string) => truncate(file, 4)],
])(
  'where the download %s before it is installed, this version stays, starts again and says so once',
  async (_name, harm) => {
    const { source, appImage, folder, quits, download, again } = await installed();
    await source.find('stable');
    await download();
    await harm(downloaded(folder));
    source.restart();
    expect(source.finish()).toBe(false);
    expect(quits).toEqual(['quit', 'relaunch']);
    expect(await readFile(appImage, 'utf8')).toBe(oldProgram);
    expect(await readdir(dirname(appImage))).not.toContainEqual(expect.stringMatching(/\.part$/));
    expect(again('0.1.0').takeFailure()?.text).toContain('Ringback 0.2.0 could not be installed');
    expect(again('0.1.0').takeFailure()).toBeUndefined();
  },
);

test('on a full disk the AppImage in use stays', async (context) => {
  const folder = await smallDisk(context, 200_000);
  const appImage = join(folder, 'Ringback.AppImage');
  const { source, download } = await installed({ appImage, program: `${newProgram}${'#'.repeat(500_000)}` });
  await source.find('stable');
  await download();
  source.finish();
  expect(await readFile(appImage, 'utf8')).toBe(oldProgram);
  expect(await readdir(folder)).toEqual(['Ringback.AppImage']);
});

test('the version that was installed says nothing of it', async () => {
  const { source, download, again } = await installed();
  await source.find('stable');
  await download();
  source.finish();
  expect(again('0.2.0').takeFailure()).toBeUndefined();
  expect(again('0.1.0').takeFailure()).toBeUndefined();
});

test('a withdrawn version is not installed', async () => {
  const { source, appImage, download } = await installed();
  await source.find('stable');
  await download();
  source.discard();
  expect(source.finish()).toBe(false);
  expect(await readFile(appImage, 'utf8')).toBe(oldProgram);
});

test('a download that does not match its checksum is deleted', async () => {
  const { source, feed, appImage, folder, download } = await installed();
  feed.serve = (response) => void response.end(newProgram.replace('started', 'changed'));
  await source.find('stable');
  await expect(download()).rejects.toThrow('does not match its checksum');
  expect(await downloadsIn(folder)).toEqual([]);
  source.finish();
  expect(await readFile(appImage, 'utf8')).toBe(oldProgram);
});

test('a list without a checksum leads to no download', async () => {
  const { source, feed, download } = await installed();
  feed.list = listOf('0.2.0', newProgram).replace(/ {4}sha512: .*\n/, '');
  await source.find('stable');
  await expect(download()).rejects.toThrow('Nothing was installed');
});

test('an interrupted download leaves nothing behind, and the next one succeeds', async () => {
  const { source, feed, folder, download } = await installed();
  const { serve } = feed;
  feed.serve = (response) => {
    response.writeHead(200, { 'content-length': newProgram.length });
    response.write(newProgram.slice(0, 10), () => response.destroy());
  };
  await source.find('stable');
  await expect(download()).rejects.toThrow('was interrupted');
  expect(await downloadsIn(folder)).toEqual([]);
  feed.serve = serve;
  await download();
  expect(await downloadsIn(folder)).toEqual(['Ringback-0.2.0.AppImage']);
});

test('a full disk is named as the reason', async (context) => {
  const folder = await smallDisk(context, 200_000);
  const { source, download } = await installed({ folder, program: `${newProgram}${'#'.repeat(500_000)}` });
  await source.find('stable');
  await expect(download()).rejects.toThrow('not enough space');
});

test.each([
  ['no YAML', '{ broken'],
  ['something else', 'just text'],
  ['empty', ''],
  ['without a valid version', 'version: newest\nfiles: []'],
])('a list that is %s is damaged, and nothing is offered', async (_name, list) => {
  const { source, feed } = await installed();
  feed.list = list;
  await expect(source.find('stable')).rejects.toThrow('could not be read');
});

test('a list that cannot be reached says so', async () => {
  const { source, feed } = await installed();
  Object.assign(feed, { list: 'x'.repeat(1_100_000) });
  await expect(source.find('stable')).rejects.toThrow('could not be reached');
});

test('a package that others install only announces versions', async () => {
  const { source } = await installed({ format: 'other' });
  expect(source.mode).toBe('notify');
  expect(await source.find('stable')).toMatchObject({ version: '0.2.0' });
});

test('a copy without a list of versions cannot be updated', async () => {
  const parts = { forbidden: false, version: '0.1.0', page: '', folder: '/nowhere', fetch, log: silentLog };
  const source = createDesktopUpdates({
    ...parts,
    format: 'other',
    configuration: '/nowhere/x.yml',
    quit: () => {},
    relaunch() {},
  });
  expect(source).toBeUndefined();
});
