import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { followLines } from './lines.ts';

/** A program of the user's that carries callbacks. It ends with this process, even where this process is killed. */
interface Program {
  /** Resolves when it has ended and all its output was read. */
  readonly ended: Promise<void>;
  /** Complete: closes its input, and kills it where that does not end it. */
  stop(): Promise<void>;
}

interface ProgramOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Called for each line of either output, without colours. */
  onLine(text: string): void;
}

/** Milliseconds a program may take to end by itself. */
const exitTimeout = 2_000;

/**
 * Ends the program when our end of its input closes, which happens however this process ends: an orphan would occupy its
 * port, or receive a part of the callbacks and lose them. On Windows children end with their parent anyway.
 */
const guard = `exec 3<&0
"$@" <&3 & child=$!
exec 2>/dev/null
( cat <&3 >/dev/null; kill "$child" ) & watch=$!
exec 3<&-
wait "$child"
kill "$watch"`;

/** Starts a program by its full path; no shell interprets its parameters. */
export function startProgram(file: string, parameters: readonly string[], options: ProgramOptions): Program {
  const env = { ...options.environment, LC_ALL: 'C' };
  const child =
    process.platform === 'win32'
      ? spawn(file, parameters, { env, windowsHide: true })
      : spawn('/bin/sh', ['-c', guard, 'ringback', file, ...parameters], { env, detached: true });
  for (const output of [child.stdout, child.stderr]) followLines(output, options.onLine);
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => child.stdin.destroy());
    child.once('close', () => resolve());
  });
  return { ended, stop: () => stop(child, ended) };
}

async function stop(child: ReturnType<typeof spawn>, ended: Promise<void>): Promise<void> {
  child.stdin?.destroy();
  if (process.platform === 'win32') child.kill();
  const exit = new AbortController();
  const killed = delay(exitTimeout, undefined, { signal: exit.signal }).then(
    () => killGroup(child),
    () => {},
  );
  await ended;
  exit.abort();
  await killed;
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** Where programs are installed that are not in the PATH of applications started from a desktop. */
const extraFolders = ['/usr/local/bin', '/opt/homebrew/bin', 'C:\\Program Files (x86)\\cloudflared'];

/** The full path of a program of the user's; undefined where it is not installed. */
export async function findProgram(name: string, { PATH = '', Path }: NodeJS.ProcessEnv): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = [...(PATH || Path || '').split(delimiter), ...extraFolders].filter(Boolean);
  for (const folder of folders) {
    const path = join(folder, file);
    const isExecutable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return path;
  }
  return undefined;
}
