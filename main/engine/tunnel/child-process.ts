import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** A program of the user's that carries callbacks. It ends with us, even where this process is killed. */
export interface Program {
  /** Resolves when it has ended and all it said was heard. */
  readonly ended: Promise<void>;
  /** Complete: asked to end, and made to where it does not. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Called for each line it says, on either output, without colours. */
  line(text: string): void;
}

/** Milliseconds a program may take to end by itself. */
const exitTimeout = 2_000;

/**
 * Ends the program when our end of its input closes, which happens however we end: an orphan would hold its port, or take
 * its share of the callbacks and lose them. On Windows children end with their parent anyway.
 */
const guard = `exec 3<&0
"$@" <&3 & child=$!
exec 2>/dev/null
( cat <&3 >/dev/null; kill "$child" ) & watch=$!
exec 3<&-
wait "$child"
kill "$watch"`;

/** Starts a program by its full path, without a shell between for its parameters. */
export function startProgram(file: string, parameters: readonly string[], options: ProgramOptions): Program {
  const env = { ...options.environment, LC_ALL: 'C' };
  const child =
    process.platform === 'win32'
      ? spawn(file, parameters, { env, windowsHide: true })
      : spawn('/bin/sh', ['-c', guard, 'ringback', file, ...parameters], { env, detached: true });
  for (const output of [child.stdout, child.stderr]) {
    createInterface({ input: output }).on('line', (text) => options.line(stripVTControlCharacters(text).trimEnd()));
  }
  child.stdin.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('exit', () => child.stdin.destroy());
    child.once('close', () => resolve());
  });
  return {
    ended,
    async stop() {
      child.stdin.destroy();
      if (process.platform === 'win32') child.kill();
      const ending = new AbortController();
      const late = delay(exitTimeout, undefined, { signal: ending.signal }).then(
        () => killGroup(child),
        () => {},
      );
      await ended;
      ending.abort();
      await late;
    },
  };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended in this very moment.
  }
}

/** Where programs lie that applications started from a desktop do not find by their path. */
const extraFolders = ['/usr/local/bin', '/opt/homebrew/bin', 'C:\\Program Files (x86)\\cloudflared'];

/** The full path of a program of the user's; undefined where it is not installed. */
export async function findProgram(name: string, { PATH = '', Path }: NodeJS.ProcessEnv): Promise<string | undefined> {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = [...(PATH || Path || '').split(delimiter), ...extraFolders].filter(Boolean);
  for (const folder of folders) {
    const path = join(folder, file);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}
