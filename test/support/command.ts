import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { openControlEndpoint } from '../../main/control/index.ts';
import { createLog } from '../../main/engine/log.ts';
import { temporaryFolder } from './temporary.ts';
import type { TestHost } from './test-host.ts';

const root = resolve(import.meta.dirname, '../..');
const entry = join(root, 'main/cli/index.ts');

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
  /** The program and its first parameters; the command of this checkout when absent. */
  readonly program?: readonly [string, ...string[]];
}

/** The command `ringback` as a process of its own, without the user's environment; killed when the test ends. */
export function startCommand(words: readonly string[], options: CommandOptions = {}): RunningCommand {
  const [program, ...first] = options.program ?? [process.execPath, entry];
  const child = spawn(program, [...first, ...words], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      HOME: '/nonexistent',
      RINGBACK_KEYRING: 'off',
      ...(options.folder === undefined ? {} : { RINGBACK_DATA_DIR: options.folder }),
      ...options.environment,
    },
  });
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

export function runCommand(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return startCommand(words, options).ended;
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
