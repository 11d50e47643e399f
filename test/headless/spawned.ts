import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { Answer, Input, MethodName, Output } from '../../preload/contract/index.ts';
import { until } from '../support/temporary.ts';

const root = resolve(import.meta.dirname, '../..');

export interface Spawned {
  readonly process: ChildProcess;
  /** All that was printed so far. */
  readonly printed: { out: string; error: string };
  /** Resolves with the exit code once all was printed; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves when the host is ready; throws what it printed where it ends before. */
  ready(): Promise<{ readonly url: string; readonly token: string }>;
  /** Asks the API and gives the value; throws where the answer is a problem. */
  ask<M extends MethodName>(method: M, input: Input<M>): Promise<Output<M>>;
}

/** The headless host as a process of its own; killed when the test ends. */
export function spawnHost(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Spawned {
  const environment = {
    PATH: process.env.PATH,
    RINGBACK_KEYRING: 'off',
    RINGBACK_DATA_DIR: folder,
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    ...variables,
  };
  const child = spawn(process.execPath, [...flags, inject('programs').host], {
    env: environment,
    cwd: root,
  });
  const printed = { out: '', error: '' };
  child.stdout.on('data', (chunk) => {
    printed.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed.error += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const ready = async () => {
    const found = await until(() => {
      const { exitCode, signalCode } = child;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`It ended with ${exitCode ?? signalCode}: ${printed.error}`);
      return /^Ringback is ready at (http:\/\/127\.0\.0\.1:\d+)\/#token=([0-9a-f]+)\n/m.exec(printed.out);
    });
    return { url: found[1] ?? '', token: found[2] ?? '' };
  };
  const ask: Spawned['ask'] = async (method, input) => {
    const { url, token } = await ready();
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${url}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(input) });
    const answer = (await response.json()) as Answer<typeof method>;
    if (answer.ok) return answer.value;
    throw new Error(`${method}: ${answer.problem.message}`);
  };
  return { process: child, printed, ended, ready, ask };
}

/** kill -9, as a crash or a power cut would end it. */
export async function kill({ process: child, ended }: Spawned): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}
