import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { inject, onTestFinished } from 'vitest';
import { runCommand as runInProcess } from '../../main/cli/program.ts';
import { openControlEndpoint } from '../../main/control/index.ts';
import { createLog } from '../../main/engine/log.ts';
import { temporaryFolder } from './temporary.ts';
import type { TestHost } from './test-host.ts';

const root = resolve(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
  /** Standard output as JSON; throws where it is none. */
  json(): unknown;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  /** All that was printed so far. */
  readonly printed: { out: string; error: string };
  readonly ended: Promise<CommandResult>;
}

export interface CommandOptions {
  /** The data folder it is to use. */
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads from standard input. */
  readonly input?: string;
  /** The program and its first parameters; the command as it is shipped when absent. */
  readonly program?: readonly [string, ...string[]];
}

/** The command `ringback` as a process of its own, without the user's environment; killed when the test ends. */
export function startCommand(words: readonly string[], options: CommandOptions = {}): RunningCommand {
  const [program, ...first] = options.program ?? [process.execPath, inject('programs').command];
  const child = spawn(program, [...first, ...words], { cwd: root, env: environmentOf(options) });
  child.stdin.on('error', () => {}).end(options.input ?? '');
  const printed = { out: '', error: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.error += text;
  });
  const ended = once(child, 'close').then(([code]) => {
    const { out, error } = printed;
    return { code: code as number | null, out, error, json: () => JSON.parse(out) as unknown };
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { process: child, printed, ended };
}

/** The command in this process, which is quicker by its start; as a process of its own where a program is given. */
export async function runCommand(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  if (options.program) return startCommand(words, options).ended;
  const printed = { out: '', error: '' };
  const code = await runInProcess(words, version, {
    stdin: Readable.from(options.input === undefined ? [] : [options.input]),
    stdout: collect((text) => {
      printed.out += text;
    }),
    stderr: collect((text) => {
      printed.error += text;
    }),
    environment: environmentOf(options),
    platform: process.platform,
    signal: new AbortController().signal,
  });
  return { code, ...printed, json: () => JSON.parse(printed.out) as unknown };
}

function collect(write: (text: string) => void): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      write(String(chunk));
      done();
    },
  });
}

/** Without the user's own environment. */
function environmentOf({ folder, environment }: CommandOptions): Record<string, string | undefined> {
  return {
    PATH: process.env.PATH,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    HOME: '/nonexistent',
    RINGBACK_KEYRING: 'off',
    LANG: 'en_US.UTF-8',
    ...(folder === undefined ? {} : { RINGBACK_DATA_DIR: folder }),
    ...environment,
  };
}

/** Opens the control endpoint of an engine of this process, as a host does; gives the folder that the command is to use. */
export async function openControl({ engine }: Pick<TestHost, 'engine'>, show?: () => void): Promise<string> {
  const folder = await temporaryFolder();
  const endpoint = await openControlEndpoint({
    ...{ engine, folder, version: '0.0.0-test', desktop: show !== undefined, platform: process.platform },
    ...(show === undefined ? { window: () => 'http://127.0.0.1:9/#token=secret' } : { show }),
    log: createLog(() => {}),
  });
  onTestFinished(() => endpoint.close());
  return folder;
}
