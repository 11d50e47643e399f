import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildDebian } from '../../build/installers/debian.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ringback-debian-'));
const installed = join(folder, 'root');
let deb = '';

const runs = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const canBuild = runs('dpkg-deb');

/** A folder that looks like an unpacked application: its two programs are real ones of this system. */
function application(): string {
  const path = join(folder, 'application');
  mkdirSync(join(path, 'resources/app'), { recursive: true });
  for (const name of ['ringback', 'chrome-sandbox']) {
    copyFileSync('/bin/true', join(path, name));
    chmodSync(join(path, name), 0o755);
  }
  writeFileSync(join(path, 'version'), '45.5.0');
  copyFileSync(join(root, 'package.json'), join(path, 'resources/app/package.json'));
  return path;
}

function run(program: string, ...parameters: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${parameters.join(' ')}: ${stdout}${stderr}`);
  return stdout + stderr;
}

beforeAll(async () => {
  if (!canBuild) return;
  const date = new Date('2026-01-02T03:04:05Z');
  deb = await buildDebian({ application: application(), arch: 'amd64', output: folder, root, date });
  run('dpkg-deb', '-x', deb, installed);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(!canBuild)('the deb holds the program, its icons and documents, with the permissions they need', () => {
  expect(statSync(join(installed, 'usr/lib/ringback/ringback')).mode & 0o777).toBe(0o755);
  expect(statSync(join(installed, 'usr/lib/ringback/chrome-sandbox')).mode & 0o7777).toBe(0o4755);
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512])
    expect(statSync(join(installed, `usr/share/icons/hicolor/${size}x${size}/apps/ringback.png`)).size).toBeGreaterThan(
      300,
    );
  const readGzip = (path: string) => gunzipSync(readFileSync(join(installed, path))).toString();
  expect(readGzip('usr/share/doc/ringback/changelog.gz')).toMatch(/^ringback \(.*\) stable/);
  expect(readGzip('usr/share/man/man1/ringback.1.gz')).toContain('.SH OPTIONS');
  expect(readFileSync(join(installed, 'usr/share/doc/ringback/copyright'), 'utf8')).toContain('License: Expat');
  expect(run('dpkg-deb', '-f', deb, 'Depends')).toContain('libnss3');
});

test.skipIf(!canBuild)('Chromium finds its sandbox allowed where Ubuntu restricts user namespaces', () => {
  const profile = readFileSync(join(installed, 'etc/apparmor.d/ringback'), 'utf8');
  expect(profile).toContain('/usr/lib/ringback/ringback flags=(unconfined)');
  expect(profile).toContain('userns,');
});

test.skipIf(!canBuild)('the same source gives the same deb', async () => {
  const again = join(folder, 'again');
  mkdirSync(again);
  const date = new Date('2026-01-02T03:04:05Z');
  const second = await buildDebian({
    application: join(folder, 'application'),
    arch: 'amd64',
    output: again,
    root,
    date,
  });
  const contents = (file: string) => run('dpkg-deb', '-c', file).replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, '');
  expect(contents(second)).toBe(contents(deb));
});

test.skipIf(!canBuild)(
  'a beta gives way to its final version, and its file name stays as on the release page',
  async () => {
    const beta = join(folder, 'beta');
    mkdirSync(beta);
    for (const name of ['build', 'LICENSE']) symlinkSync(join(root, name), join(beta, name));
    const metadata = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
    writeFileSync(join(beta, 'package.json'), JSON.stringify({ ...metadata, version: '0.3.0-beta.1' }));
    const date = new Date('2026-01-02T03:04:05Z');
    const file = await buildDebian({
      ...{ application: join(folder, 'application'), arch: 'amd64', output: beta },
      ...{ root: beta, date },
    });
    expect(basename(file)).toBe('ringback_0.3.0-beta.1_amd64.deb');
    const version = run('dpkg-deb', '-f', file, 'Version').trim();
    run('dpkg', '--compare-versions', version, 'lt', '0.3.0');
    run('dpkg', '--compare-versions', version, 'gt', '0.2.9');
  },
);

test.skipIf(!canBuild || !runs('desktop-file-validate'))(
  'the desktop file is valid and names the window it belongs to',
  () => {
    const file = join(installed, 'usr/share/applications/ringback.desktop');
    expect(run('desktop-file-validate', file)).toBe('');
    expect(readFileSync(file, 'utf8')).toMatch(/^StartupWMClass=ringback$/m);
    expect(readFileSync(file, 'utf8')).toMatch(/^Comment\[nl\]=.+\nComment\[de\]=.+$/m);
  },
);

test.skipIf(!canBuild || !runs('appstreamcli'))('the AppStream metadata is valid', () => {
  const file = join(installed, 'usr/share/metainfo/app.ringback.desktop.metainfo.xml');
  expect(run('appstreamcli', 'validate', '--no-net', file)).toContain('Validation was successful');
});

test.skipIf(!canBuild || !runs('lintian'))(
  'lintian finds no error and no warning',
  () => {
    const { stdout } = spawnSync('lintian', ['--allow-root', deb], { encoding: 'utf8' });
    const remarks = stdout.split('\n').filter((line) => /^[EW]:/.test(line));
    // Both programs are this system's /bin/true here, whose build is not ours.
    expect(remarks.filter((line) => !/hardening-no|no-manual-page/.test(line))).toEqual([]);
  },
  60_000,
);

test.skipIf(!canBuild || process.getuid?.() !== 0)(
  'dpkg installs and purges it, and nothing is left',
  () => {
    const system = join(folder, 'system');
    mkdirSync(join(system, 'var/lib/dpkg'), { recursive: true });
    for (const name of ['status', 'available']) writeFileSync(join(system, 'var/lib/dpkg', name), '');
    const dpkg = (...words: string[]) =>
      run('dpkg', `--root=${system}`, '--force-depends', '--force-script-chrootless', '--force-not-root', ...words);
    mkdirSync(join(system, 'var/lib/dpkg/info'), { recursive: true });
    mkdirSync(join(system, 'var/lib/dpkg/updates'), { recursive: true });
    mkdirSync(join(system, 'var/log'), { recursive: true });
    dpkg('-i', deb);
    expect(statSync(join(system, 'usr/lib/ringback/ringback')).isFile()).toBe(true);
    dpkg('--purge', 'ringback');
    for (const path of ['usr/lib/ringback', 'etc/apparmor.d/ringback', 'usr/share/applications/ringback.desktop'])
      expect(statSync(join(system, path), { throwIfNoEntry: false })).toBeUndefined();
  },
  60_000,
);
