import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { buildDebian } from './debian.ts';
import { buildRedhat } from './redhat.ts';

/**
 * `npm run dist`: builds each installer of this system that this machine can build into `dist/`, and says which it cannot
 * and why. Parameters are passed to electron-builder, such as `-c.electronDist=FOLDER`.
 */

const root = resolve(import.meta.dirname, '..');
const output = join(root, 'dist');
const parameters = process.argv.slice(2);
/** In the folder of electron-builder's resources, where it looks for this name. */
const notesFile = join(root, 'build/release-notes.md');
const builder = join(root, 'node_modules/electron-builder/cli.js');

interface Outcome {
  readonly target: string;
  /** Why it could not be built; absent where it was. */
  readonly problem?: string;
}

const targets: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['AppImage'],
  darwin: ['dmg', 'zip'],
  win32: ['nsis', 'msi', 'portable'],
};
const flags: Readonly<Partial<Record<NodeJS.Platform, string>>> = { linux: '--linux', darwin: '--mac', win32: '--win' };

function runBuilder(...words: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...words, ...parameters], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? undefined : reasonIn(`${stdout}${stderr}`);
}

/** The line of electron-builder's output that says what failed. */
function reasonIn(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  const failure =
    lines.filter((line) => /⨯|error|cannot|failed/i.test(line))[0] ?? lines.findLast((line) => line !== '');
  return (failure ?? 'unknown').slice(0, 300);
}

function build(target: string): Outcome {
  const problem = runBuilder(flags[platform()] ?? '', target, '--publish', 'never');
  return { target, ...(problem === undefined ? {} : { problem }) };
}

/** The packages of Linux distributions, all of one unpacked application. */
async function buildPackages(): Promise<Outcome[]> {
  const problem = runBuilder('--linux', '--dir') ?? (unpackedFolder() ? undefined : 'there is no unpacked application');
  if (problem !== undefined) return ['deb', 'rpm', 'tar.gz'].map((target) => ({ target, problem }));
  const options = { application: join(output, unpackedFolder() ?? ''), output, root, date: sourceDate() };
  const isArm = arch() === 'arm64';
  return [
    await attempt('deb', () => buildDebian({ ...options, arch: isArm ? 'arm64' : 'amd64' })),
    await attempt('rpm', () => buildRedhat({ ...options, arch: isArm ? 'aarch64' : 'x86_64' })),
    buildArchive(),
  ];
}

async function attempt(target: string, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work();
    return { target };
  } catch (error) {
    return { target, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Packs the unpacked application as it is; electron-builder would download 7-Zip for it. */
function buildArchive(): Outcome {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const application = unpackedFolder();
  if (application === undefined) return { target: 'tar.gz', problem: 'there is no unpacked application' };
  const folder = `${name}-${version}-linux-${arch()}`;
  const { status, stderr } = spawnSync(
    'tar',
    ['-czf', `${folder}.tar.gz`, `--transform=s,^${application},${folder},`, '--owner=0', '--group=0', application],
    { cwd: output, encoding: 'utf8' },
  );
  return { target: 'tar.gz', ...(status === 0 ? {} : { problem: stderr }) };
}

function unpackedFolder(): string | undefined {
  return readdirSync(output).find((name) => /^linux(-arm64)?-unpacked$/.test(name));
}

/** The time of the last commit, so that the same source gives the same package. */
function sourceDate(): Date {
  const fixed = process.env.SOURCE_DATE_EPOCH;
  if (fixed !== undefined) return new Date(Number(fixed) * 1000);
  const seconds = existsSync(join(root, '.git'))
    ? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).trim()
    : '';
  return seconds === '' ? new Date() : new Date(Number(seconds) * 1000);
}

/** What is new in this version, from the changelog; electron-builder puts it into the list of versions. */
function writeNotes(): void {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const [, notes] = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(`\n## [${version}]`);
  // The rest of the heading is the date of the version.
  const text = notes?.split('\n## ')[0]?.split('\n').slice(1).join('\n').trim();
  if (text) writeFileSync(notesFile, text);
}

rmSync(output, { recursive: true, force: true });
writeNotes();
const outcomes = [...(platform() === 'linux' ? await buildPackages() : []), ...(targets[platform()] ?? []).map(build)];
rmSync(notesFile, { force: true });
for (const { target, problem } of outcomes)
  console.log(problem === undefined ? `built: ${target}` : `not built: ${target} (${problem})`);
process.exitCode = outcomes.some(({ problem }) => problem === undefined) ? 0 : 1;
