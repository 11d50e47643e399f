import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { NotifyCommand } from '../engine/ports.ts';

/** Milliseconds after which the program is killed. */
const timeout = 30_000;

/** The user's program, run without a shell; each notification is JSON on its standard input. */
export function createNotifyCommand(program: string): NotifyCommand {
  return {
    name: program,
    async run(json, signal) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(timeout)]);
      const child = spawn(program, [], { stdio: ['pipe', 'ignore', 'ignore'], signal: limit, killSignal: 'SIGKILL' });
      // A program need not read it.
      child.stdin.on('error', () => {}).end(`${json}\n`);
      const [code, ended] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
      if (code !== 0) throw new Error(code === null ? `it was ended by ${ended}` : `it ended with exit code ${code}`);
    },
  };
}
