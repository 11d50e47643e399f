import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { MethodName, Methods, Output } from '../../preload/contract.ts';

const entry = join(import.meta.dirname, '../../main/headless/index.ts');

/** The real headless host in a process of its own. */
export interface SpawnedHost {
  readonly child: ChildProcess;
  ask<M extends MethodName>(method: M, input: z.input<Methods[M]['input']>): Promise<Output<M>>;
  /** kill -9, as a crash or a power cut would end it. */
  kill(): Promise<void>;
}

export async function spawnHost(folder: string, environment: Record<string, string> = {}): Promise<SpawnedHost> {
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, RINGBACK_DATA_DIR: folder, RINGBACK_KEYRING: 'off', RINGBACK_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const address = await readyAddress(child, () => errors);
  const { origin, hash } = new URL(address);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  return {
    child,
    async ask(method, input) {
      const response = await fetch(`${origin}/api/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      const answer = (await response.json()) as { ok: boolean; value: never; problem?: { message: string } };
      if (!answer.ok) throw new Error(`${method}: ${answer.problem?.message}`);
      return answer.value;
    },
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function readyAddress(child: ChildProcess, errors: () => string): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    const address = /Ringback is ready at (\S+)/.exec(output)?.[1];
    if (address) return address;
  }
  throw new Error(`The host ended before it was ready: ${errors()}`);
}
