import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildArchive } from '../../build/installers/archive.ts';
import { temporaryFolder } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');
const date = new Date('2026-01-02T03:04:05Z');

/** An unpacked application whose program prints its parameters, as a builder with a narrow umask leaves it. */
async function unpackedApplication(): Promise<string> {
  const application = join(await temporaryFolder(), 'linux-unpacked');
  await mkdir(join(application, 'resources'), { recursive: true });
  await writeFile(join(application, 'resources/app.asar'), 'archive', { mode: 0o600 });
  for (const name of ['ringback', 'chrome-sandbox']) {
    await writeFile(join(application, name), '#!/bin/sh\necho "started $*"\n');
    await chmod(join(application, name), 0o700);
  }
  await chmod(join(application, 'chrome-sandbox'), 0o4755);
  return application;
}

test.skipIf(process.platform !== 'linux')(
  'the tar.gz unpacks to a folder of its version that everybody can start, and is the same each time',
  async () => {
    const application = await unpackedApplication();
    const [output, again] = [await temporaryFolder(), await temporaryFolder()];
    const file = buildArchive({ application, output, root, date, arch: 'x64' });
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly version: string };
    const name = `ringback-${version}-linux-x64`;
    expect(file).toBe(join(output, `${name}.tar.gz`));

    const target = await temporaryFolder();
    const { stderr } = spawnSync('tar', ['-xpzf', file, '-C', target], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const program = join(target, name, 'ringback');
    expect(spawnSync(program, ['--hidden'], { encoding: 'utf8' }).stdout).toBe('started --hidden\n');
    const modeOf = async (path: string) => (await stat(join(target, name, path))).mode & 0o7777;
    expect(await modeOf('ringback')).toBe(0o755);
    expect(await modeOf('resources')).toBe(0o755);
    expect(await modeOf('resources/app.asar')).toBe(0o644);
    // Whoever unpacks it owns it, and a setuid program of theirs would be no sandbox.
    expect(await modeOf('chrome-sandbox')).toBe(0o755);
    const { stdout } = spawnSync('tar', ['-tvzf', file], { encoding: 'utf8' });
    expect(stdout.split('\n').filter((line) => line !== '' && !line.includes(' 0/0 '))).toEqual([]);

    const second = buildArchive({ application, output: again, root, date, arch: 'x64' });
    const contents = (path: string) => spawnSync('gzip', ['-dc', path]).stdout;
    expect(contents(second).equals(contents(file))).toBe(true);
  },
);
