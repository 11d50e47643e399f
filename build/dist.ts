import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { buildArchive } from './installers/archive.ts';
import { buildDebian } from './installers/debian.ts';
import { buildRedhat } from './installers/redhat.ts';
import { builderParameters, targets } from './installers/targets.ts';

/**
 * `npm run dist`: builds each installer of this system that this machine can build into `dist/`, and says which it cannot
 * and why. It fails if none could be built or, with `--every`, if any could not. Other parameters are passed to
 * electron-builder, such as `-c.electronDist=FOLDER`.
 */

const root = resolve(import.meta.dirname, '..');
const output = join(root, 'dist');
const parameters = process.argv.slice(2).filter((parameter) => parameter !== '--every');
const needsEvery = process.argv.includes('--every');
/** electron-builder looks for this name in its folder of resources. */
const notesFile = join(root, 'build/release-notes.md');
const builder = join(root, 'node_modules/electron-builder/cli.js');

interface Outcome {
  readonly target: string;
  /** Why it could not be built; absent if it was. */
  readonly problem?: string;
}

function runBuilder(...args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builder, ...args, ...parameters], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? undefined : reasonIn(`${stdout}${stderr}`);
}

/** The line of electron-builder's output that says what failed. */
function reasonIn(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  // Names of packages such as http-errors occur in lines that report no failure.
  const failure =
    lines.find((line) => line.startsWith('⨯')) ??
    lines.find((line) => !line.startsWith('•') && /error|cannot|failed/i.test(line)) ??
    lines.findLast((line) => line !== '');
  return (failure ?? 'unknown').slice(0, 300);
}

function build(target: string, args: readonly string[]): Outcome {
  const problem = runBuilder(...args, '--publish', 'never');
  return { target, ...(problem === undefined ? {} : { problem }) };
}

/** The packages of Linux distributions, all of one unpacked application. */
async function buildPackages(): Promise<Outcome[]> {
  const problem = runBuilder('--linux', '--dir') ?? (unpackedFolder() ? undefined : 'there is no unpacked application');
  if (problem !== undefined) return targets.linux.own.map((target) => ({ target, problem }));
  const options = { application: join(output, unpackedFolder() ?? ''), output, root, date: sourceDate() };
  const isArm = arch() === 'arm64';
  const builders = {
    deb: () => buildDebian({ ...options, arch: isArm ? 'arm64' : 'amd64' }),
    rpm: () => buildRedhat({ ...options, arch: isArm ? 'aarch64' : 'x86_64' }),
    'tar.gz': async () => buildArchive({ ...options, arch: arch() }),
  };
  const outcomes: Outcome[] = [];
  for (const target of targets.linux.own) outcomes.push(await attempt(target, builders[target]));
  return outcomes;
}

async function attempt(target: string, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    await work();
    return { target };
  } catch (error) {
    return { target, problem: error instanceof Error ? error.message : String(error) };
  }
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
const packages = platform() === 'linux' ? await buildPackages() : [];
const outcomes = [...packages, ...builderParameters(platform()).map(({ target, args }) => build(target, args))];
rmSync(notesFile, { force: true });
for (const { target, problem } of outcomes)
  console.log(problem === undefined ? `built: ${target}` : `not built: ${target} (${problem})`);
const built = outcomes.filter(({ problem }) => problem === undefined).length;
process.exitCode = built < (needsEvery ? outcomes.length : 1) ? 1 : 0;
