import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { builderParameters, targets } from '../../build/installers/targets.ts';

const root = resolve(import.meta.dirname, '../..');
const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const metadata = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

test('the AppImage starts without FUSE 2', () => {
  expect(configuration).toMatch(/^toolsets:\n(?: {2}#.*\n)* {2}appimage: 1\.0\.[3-9]$/m);
});

test('versions are listed below the homepage, for the beta channel too', () => {
  expect(configuration).toContain(`  url: ${metadata.homepage}/updates\n`);
  expect(configuration).toMatch(/^generateUpdatesFilesForAllChannels: true$/m);
});

test('the window, the desktop file and its StartupWMClass bear one name', () => {
  expect(metadata.desktopName).toBe('ringback.desktop');
  expect(configuration).toMatch(/^ {2}syncDesktopName: true$/m);
  expect(configuration).toMatch(/^ {6}StartupWMClass: ringback$/m);
});

test('macOS applications are signed at least ad hoc, and run hardened', () => {
  expect(configuration).toMatch(/^ {2}identity: '-'$/m);
  expect(configuration).toMatch(/^ {2}hardenedRuntime: true$/m);
});

test('cookies are not encrypted, which could ask for the key store for nothing', () => {
  expect(configuration).toMatch(/^ {2}enableCookieEncryption: false$/m);
});

test('uninstalling removes the entries that start Ringback at login', () => {
  expect(configuration).toMatch(/^ {2}include: build\/installer\.nsh$/m);
  expect(readFileSync(join(root, 'build/installer.nsh'), 'utf8')).toMatch(/customUnInstall[\s\S]*CurrentVersion\\Run"/);
  expect(readFileSync(join(root, 'build/linux/postrm'), 'utf8')).toContain('.config/autostart/ringback.desktop');
});

/** The targets of a system in electron-builder's configuration, with the processors it names. */
function configured(section: 'linux' | 'mac' | 'win'): string[] {
  const body = new RegExp(`^${section}:\\n((?: .*\\n)*)`, 'm').exec(configuration)?.[1] ?? '';
  const listed = /^ {2}target: \[(.*)\]$/m.exec(body)?.[1]?.split(', ') ?? [];
  const entries = [...body.matchAll(/- target: (\S+)\n +arch: \[(.*)\]/g)];
  return [
    ...listed,
    ...entries.flatMap(([, target, archs]) => archs?.split(', ').map((arch) => `${target}:${arch}`) ?? []),
  ];
}

test.each([
  ['linux', 'linux'],
  ['darwin', 'mac'],
  ['win32', 'win'],
] as const)('on %s electron-builder builds what its configuration names, for each processor', (platform, section) => {
  const built = builderParameters(platform).flatMap(({ args }) => args.slice(1));
  expect(built.toSorted()).toEqual(configured(section).toSorted());
  for (const own of targets.linux.own) expect(configured('linux')).not.toContain(own);
});

/** The names of the files that a target leaves, one for each processor. */
function fileNames(target: string, archs: readonly string[]): string[] {
  const section = new RegExp(`^${target}:\\n((?: .*\\n)*)`, 'm').exec(configuration)?.[1] ?? '';
  const pattern = (text: string) => /artifactName: '(.*)'/.exec(text)?.[1];
  const name = pattern(section) ?? pattern(/^artifactName: .*$/m.exec(configuration)?.[0] ?? '') ?? '';
  const ending = target === 'nsis' || target === 'portable' ? 'exe' : target;
  return archs.map((arch) => name.replace(/\$\{arch\}/, arch).replace(/\$\{ext\}/, ending));
}

test.each(['darwin', 'win32'] as const)('on %s no installer has the file name of another', (platform) => {
  const names = Object.entries<readonly string[]>(targets[platform].builder).flatMap(([target, archs]) =>
    fileNames(target, archs),
  );
  expect(names.every((name) => /\$\{version\}/.test(name))).toBe(true);
  expect(new Set(names).size).toBe(names.length);
});

test('a system without installers builds none', () => {
  expect(builderParameters('freebsd')).toEqual([]);
});
