import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary.ts';

/** The shell parts of the release workflow, run as GitHub runs them. */

const workflow = readFileSync(resolve(import.meta.dirname, '../../.github/workflows/release.yml'), 'utf8');
const canRun =
  process.platform !== 'win32' && ['shasum', 'sha256sum'].every((name) => !spawnSync(name, ['--version']).error);

/** The script of a step, by its name. */
function script(name: string): string {
  const step = workflow.split(/^ {6}- /m).find((part) => part.startsWith(`name: ${name}\n`)) ?? '';
  const body = / {8}run: \|\n((?: {10}.*\n)+)/.exec(step)?.[1];
  if (body === undefined) throw new Error(`The workflow has no step "${name}".`);
  return body.replaceAll(/^ {10}/gm, '');
}

function runStep(name: string, folder: string, environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script(name)], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: `${join(folder, 'tools')}:${process.env.PATH}`, ...environment },
  });
  return { status, text: stdout + stderr };
}

const changelog = `# Changelog

## [Unreleased]

- Not yet.

## [0.3.0] - 2026-03-01

- Fewer clicks.

## [0.3.0-beta.1] - 2026-02-01

- Fewer clicks, to try.

## [0.2.0] - 2026-01-01

- Older.
`;

/** What the jobs left, and a `gh` that writes down how it was called. */
async function releaseOf(tag: string) {
  const folder = await temporaryFolder();
  const installers = join(folder, 'installers');
  for (const name of ['tools', 'dist', 'installers']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'tools/gh'), '#!/bin/sh\nprintf "%s\\n" "$@" > gh.txt\n', { mode: 0o755 });
  await writeFile(join(folder, 'CHANGELOG.md'), changelog);
  const run = (name: string, environment = {}) => runStep(name, folder, { GITHUB_REF_NAME: tag, ...environment });
  return { folder, installers, run };
}

test.skipIf(!canRun)('each system lists what it built, and the release holds the checksums of all of it', async () => {
  const { folder, installers, run } = await releaseOf('v0.3.0');
  const built = { 'ubuntu-latest': ['a b.deb', 'latest-linux.yml'], 'windows-latest': ['c-setup.exe', 'latest.yml'] };
  for (const [system, names] of Object.entries(built)) {
    for (const name of names) await writeFile(join(folder, 'dist', name), `${system} ${name}`);
    await writeFile(join(folder, 'dist/builder-debug.yml'), 'of no use to anybody');
    expect(run('List the installers with their checksums', { SYSTEM: system })).toMatchObject({ status: 0 });
    for (const name of [...names, `checksums-${system}.txt`])
      await writeFile(join(installers, name), await readFile(join(folder, 'dist', name)));
    spawnSync('rm', ['-r', join(folder, 'dist')]);
    await mkdir(join(folder, 'dist'));
  }
  expect(run('Check and join the checksums')).toMatchObject({ status: 0 });
  const sums = await readFile(join(installers, 'SHA256SUMS'), 'utf8');
  expect(sums.match(/ {2}.*$/gm)?.map((name) => name.trim())).toEqual([
    ...['a b.deb', 'c-setup.exe', 'latest-linux.yml', 'latest.yml'],
  ]);
});

test.skipIf(!canRun)('a package that changed between the jobs ends the release', async () => {
  const { folder, installers, run } = await releaseOf('v0.3.0');
  await writeFile(join(folder, 'dist/a.deb'), 'package');
  run('List the installers with their checksums', { SYSTEM: 'ubuntu-latest' });
  await writeFile(join(installers, 'a.deb'), 'changed');
  await writeFile(
    join(installers, 'checksums-ubuntu-latest.txt'),
    await readFile(join(folder, 'dist/checksums-ubuntu-latest.txt')),
  );
  expect(run('Check and join the checksums').status).not.toBe(0);
});

test.skipIf(!canRun).each([
  ['v0.3.0', '\n- Fewer clicks.\n\n', false],
  ['v0.3.0-beta.1', '\n- Fewer clicks, to try.\n\n', true],
])('%s is drafted with its own notes, a beta as a prerelease', async (tag, notes, isPrerelease) => {
  const { folder, installers, run } = await releaseOf(tag);
  await writeFile(join(installers, 'a.deb'), 'package');
  expect(run('Take the notes from the changelog')).toMatchObject({ status: 0 });
  expect(await readFile(join(folder, 'notes.md'), 'utf8')).toBe(notes);
  expect(run('Publish a draft')).toMatchObject({ status: 0 });
  const words = (await readFile(join(folder, 'gh.txt'), 'utf8')).trim().split('\n');
  expect(words.slice(0, 3)).toEqual(['release', 'create', tag]);
  expect(words).toEqual(
    expect.arrayContaining(['--draft', '--verify-tag', `Ringback ${tag.slice(1)}`, 'installers/a.deb']),
  );
  expect(words.includes('--prerelease')).toBe(isPrerelease);
});

test.skipIf(!canRun)('a version without notes is not released', async () => {
  const { run } = await releaseOf('v0.4.0');
  expect(run('Take the notes from the changelog').status).not.toBe(0);
});

test.skipIf(!canRun).each([
  ['', []],
  ['certificate', ['-c.mac.identity=', '-c.mac.notarize=true']],
])('a certificate %j for macOS leads to %j', async (certificate, expected) => {
  const { folder, run } = await releaseOf('v0.3.0');
  await writeFile(join(folder, 'tools/npm'), '#!/bin/sh\nprintf "%s\\n" "$@" > npm.txt\n', { mode: 0o755 });
  expect(run('Build the installers', { CSC_LINK: certificate })).toMatchObject({ status: 0 });
  const words = (await readFile(join(folder, 'npm.txt'), 'utf8')).trim().split('\n');
  expect(words).toEqual(['run', 'dist', '--', '--every', ...expected]);
});
