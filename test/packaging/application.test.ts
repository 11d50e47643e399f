import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applicationId } from '../../main/desktop/identity.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ringback-packaging-'));
const application = join(folder, 'dist', 'linux-unpacked');
/** By this mark Electron's program is recognised; behind it stand the version and the number of its fuses, then the fuses. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

beforeAll(() => {
  if (!existsSync(join(root, 'out/main/index.js'))) throw new Error('Run `npm run build` first.');
  const runtime = simulatorRuntime();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      ...['--linux', '--x64', '--dir'],
      ...[`-c.electronDist=${runtime}`, `-c.directories.output=${join(folder, 'dist')}`],
    ],
    { cwd: root, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`electron-builder failed:\n${stdout}${stderr}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder that packaging takes for Electron's runtime. */
function simulatorRuntime(): string {
  const runtime = join(folder, 'runtime');
  mkdirSync(join(runtime, 'resources'), { recursive: true });
  mkdirSync(join(runtime, 'locales'));
  writeFileSync(join(runtime, 'electron'), `program ${fuseMark}\u0001\u0009111111111 program`);
  return runtime;
}

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
}

/** The paths in the archive; its header is JSON behind four lengths. */
function packed(): readonly string[] {
  const archive = readFileSync(join(application, 'resources', 'app.asar'));
  const header = JSON.parse(archive.toString('utf8', 16, 16 + archive.readUInt32LE(12))) as Entry;
  const walk = (entry: Entry, path: string): string[] =>
    entry.files === undefined
      ? [path]
      : Object.entries(entry.files).flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}/${name}`));
  return walk(header, '');
}

test('the application holds its processes, its window and its tray pictures', () => {
  const files = packed();
  for (const file of [
    'package.json',
    'out/main/index.js',
    'out/main/ledger-thread.js',
    'out/main/reading-thread.js',
    'out/main/decompression-thread.js',
    'out/preload/bridge.cjs',
    'build/icon.png',
  ])
    expect(files).toContain(file);
  expect(files).toContain('out/renderer/index.html');
  for (const state of ['up', 'down', 'off', 'problem'])
    for (const ending of ['.png', '@2x.png', '-large.png', 'Template.png', 'Template@2x.png'])
      expect(files).toContain(`build/tray/${state}${ending}`);
});

test('nothing else of ours is in it: no source, no test, no key', () => {
  const own = packed().filter((file) => !file.startsWith('node_modules/'));
  expect(
    own.filter((file) => !/^(package\.json$|out\/(main|preload|renderer)\/|build\/(tray\/|icon\.png$))/.test(file)),
  ).toEqual([]);
  expect(own.filter((file) => /\.(ts|tsx|map|pem|env)$/.test(file))).toEqual([]);
});

test('the main process brings the packages that it needs in its own files: it imports Node and Electron alone', () => {
  const files = packed();
  const programs = files.filter((file) => /^out\/main\/.*\.js$/.test(file));
  const imported = programs
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /^import (?:[^;'"]*? from )?"([^"]+)"|\bimport\("([^"]+)"\)/gm,
      ),
    ])
    .map(([, always, later]) => always ?? later ?? '')
    .filter((target) => !target.startsWith('.') && !target.startsWith('node:') && !builtinModules.includes(target));
  expect(new Set(imported)).toEqual(new Set(['electron']));
  expect(files.filter((file) => file.startsWith('node_modules/'))).toEqual([]);
});

test('the program can neither be used as Node nor load anything but its archive', () => {
  const program = readFileSync(join(application, 'ringback'), 'latin1');
  const wire = program.slice(program.indexOf(fuseMark) + fuseMark.length + 2);
  const [asNode, cookies, nodeOptions, inspector, integrity, archiveOnly, , fileAccess] = wire;
  expect({ asNode, nodeOptions, inspector, fileAccess }).toEqual({
    asNode: '0',
    nodeOptions: '0',
    inspector: '0',
    fileAccess: '0',
  });
  expect({ cookies, integrity, archiveOnly }).toEqual({ cookies: '0', integrity: '1', archiveOnly: '1' });
});

test("the installer's application id is the one notifications are shown under", () => {
  expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8')).toContain(`appId: ${applicationId}\n`);
});
