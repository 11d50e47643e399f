import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Input, MethodName, Output } from '../../../preload/contract/index.ts';
import { temporaryFolder, until } from '../temporary.ts';
import { readDeclarations } from './declarations.ts';
import type { Command, Observed, SystemMode } from './mode.ts';

const root = resolve(import.meta.dirname, '../../..');
const program = join(root, 'out/main/index.js');

export const declarations = readDeclarations(join(root, 'node_modules/electron/electron.d.ts'));

/** What a Linux session offers on its bus. */
interface SessionBus {
  readonly trayHost?: boolean;
  readonly notificationService?: boolean;
}

export interface StartOptions extends SystemMode, SessionBus {
  readonly flags?: readonly string[];
  /** The user's folder, of an earlier start or prepared by the test. */
  readonly home?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The packed application under the simulated Electron. */
export interface SimulatedApplication {
  readonly home: string;
  observe(): Promise<Observed>;
  /** Waits until what is observed meets the condition. */
  observed(condition: (observed: Observed) => boolean): Promise<Observed>;
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
  perform(command: Command): Promise<unknown>;
  /** The exit code. */
  readonly ended: Promise<number | null>;
  /** What it wrote to standard error. */
  output(): string;
}

export async function startApplication(options: StartOptions = {}): Promise<SimulatedApplication> {
  if (!existsSync(program)) throw new Error('Run `npm run build` first.');
  const { flags = [], home = await temporaryFolder(), environment = {}, ...system } = options;
  const { trayHost = true, notificationService = true, ...mode } = system;
  const prepared = await prepare(home, { trayHost, notificationService });
  const child = fork(program, flags, {
    execPath: join(root, 'node_modules/node/bin/node'),
    execArgv: ['--import', join(import.meta.dirname, 'register.ts')],
    env: { ...prepared, ...environment, ELECTRON_MODE: JSON.stringify(mode) },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  return connect(child, home);
}

/** The user's folder, what Electron declares, and the tool through which the bus is asked. */
async function prepare(home: string, bus: Required<SessionBus>): Promise<NodeJS.ProcessEnv> {
  const tools = join(home, 'tools');
  const declared = join(home, 'electron.json');
  await mkdir(tools, { recursive: true });
  await writeFile(declared, JSON.stringify(declarations));
  await writeFile(join(tools, 'gdbus'), busTool(bus));
  await chmod(join(tools, 'gdbus'), 0o755);
  const { NODE_COMPILE_CACHE } = process.env;
  const electron = { ELECTRON_DECLARATIONS: declared, ELECTRON_APP_PATH: root };
  return { HOME: home, PATH: tools, DISPLAY: ':0', NODE_COMPILE_CACHE, ...electron };
}

function busTool({ trayHost, notificationService }: Required<SessionBus>): string {
  return `#!/bin/sh
case "$*" in
  *StatusNotifierWatcher*) echo '(<${trayHost}>,)' ;;
  *GetServerInformation*) ${notificationService ? "echo \"('simulated', 'Ringback', '1', '1.2')\"" : 'exit 1'} ;;
  *) exit 1 ;;
esac
`;
}

function connect(child: ChildProcess, home: string): SimulatedApplication {
  let output = '';
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const perform = createRequests(child, ended, () => output);
  const observe = async () => (await perform({ type: 'observe' })) as Observed;
  return {
    ...{ home, perform, ended, observe },
    output: () => output,
    observed: (condition) =>
      until(async () => {
        const observed = await observe();
        return condition(observed) ? observed : undefined;
      }),
    async ask(method, input) {
      const answer = (await perform({ type: 'ask', method, input })) as { ok: boolean; value: never; problem: object };
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.problem)}`);
      return answer.value;
    },
  };
}

interface Reply {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

function createRequests(child: ChildProcess, ended: Promise<unknown>, output: () => string) {
  let last = 0;
  const waiting = new Map<number, (reply: Reply) => void>();
  child.on('message', (reply: Reply) => waiting.get(reply.id)?.(reply));
  return async (command: Command): Promise<unknown> => {
    last += 1;
    const id = last;
    const { promise, resolve: settle } = Promise.withResolvers<Reply>();
    waiting.set(id, settle);
    if (child.connected) child.send({ id, command });
    const reply = await Promise.race([
      promise,
      ended.then(() => ({ id, error: `It has ended: ${output()}` }) as Reply),
    ]);
    waiting.delete(id);
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  };
}

/** What ends the application may end it before its answer is here; any other failure is one. */
export async function unlessEnded(answer: Promise<unknown>): Promise<void> {
  await answer.catch((error: Error) => {
    if (!error.message.startsWith('It has ended')) throw error;
  });
}
