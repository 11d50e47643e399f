import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildRedhat } from '../../build/installers/redhat.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');
const canBuild = spawnSync('rpmbuild', ['--version']).error === undefined;

/** A folder that looks like an unpacked application: its two programs are real ones of this system. */
async function unpackedApplication(folder: string): Promise<string> {
  const path = join(folder, 'application');
  await mkdir(join(path, 'resources/app'), { recursive: true });
  for (const name of ['ringback', 'chrome-sandbox']) {
    await copyFile('/bin/true', join(path, name));
    await chmod(join(path, name), 0o755);
  }
  await writeFile(join(path, 'version'), '45.5.0');
  await copyFile(join(root, 'package.json'), join(path, 'resources/app/package.json'));
  return path;
}

test.skipIf(!canBuild)(
  'the rpm holds the program, its documents and icons, and removes login entries with it',
  async () => {
    const folder = await temporaryFolder();
    const application = await unpackedApplication(folder);
    const date = new Date('2026-01-02T03:04:05Z');
    const rpm = await buildRedhat({ application, arch: 'x86_64', output: folder, root, date });
    const query = (...words: string[]) => spawnSync('rpm', ['-qp', ...words, rpm], { encoding: 'utf8' }).stdout;
    const files = query('--queryformat', '[%{FILEMODES:perms} %{FILEUSERNAME} %{FILENAMES}\\n]');
    expect(files).toMatch(/^-rwxr-xr-x root \/usr\/lib\/ringback\/ringback$/m);
    expect(files).toMatch(/^-rwsr-xr-x root \/usr\/lib\/ringback\/chrome-sandbox$/m);
    expect(files).toMatch(/^-rw-r--r-- root \/usr\/share\/applications\/ringback\.desktop$/m);
    expect(files).toMatch(/^-rw-r--r-- root \/usr\/share\/metainfo\/app\.ringback\.desktop\.metainfo\.xml$/m);
    expect(files).toMatch(/^-rw-r--r-- root \/usr\/share\/man\/man1\/ringback\.1\.gz$/m);
    expect(files).toContain('/usr/share/icons/hicolor/scalable/apps/ringback.svg');
    expect(files).not.toContain('.build-id');
    expect(query('--requires')).toContain('(nss or mozilla-nss)');
    expect(query('--scripts')).toMatch(/postuninstall[\s\S]*"\$1" = 0[\s\S]*autostart\/ringback\.desktop/);
  },
);
