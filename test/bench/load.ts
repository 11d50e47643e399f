import { fork } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import autocannon from 'autocannon';
import type { Ready } from './target-process.ts';

/** Something that answers signed callbacks. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  /** The signature header for a hex digest. */
  header(digest: string): readonly [name: string, value: string];
  /** Milliseconds of CPU time that its process has used; undefined where that is not known. */
  cpuTime?(): Promise<number>;
  /** The number that its process answers to a question. */
  ask?(name: string): Promise<number>;
  stop(): void;
}

export interface Measure {
  /** Answered with 2xx per second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of CPU time for each callback: other programs on the machine disturb it least. */
  readonly cpu: number;
}

/** Runs a target file of this folder in a process of its own. */
export async function startTarget(name: string, file: string, ...parameters: string[]): Promise<Target> {
  const execArgv = [...process.execArgv, '--expose-gc'];
  const options = { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as ('ignore' | 'inherit' | 'ipc')[], execArgv };
  const child = fork(join(import.meta.dirname, file), parameters, options);
  const { url, secret } = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  const ask = async (question: string): Promise<number> => {
    child.send(question);
    const [answer] = await once(child, 'message');
    return Number(answer);
  };
  return {
    ...{ name, url, secret, ask },
    header: (digest) => ['x-adsk-signature', `sha1hash=${digest}`],
    cpuTime: () => ask('cpu'),
    stop: () => child.disconnect(),
  };
}

/** 1.3 KB in the shape of Fusion Manage's item.update, different each time. */
function createBody(count: number): string {
  const hook = {
    hookId: '5d1f6c2e-8b3a-4f57-9a40-0c1d2e3f4a5b',
    system: 'adsk.flc.production',
    event: 'item.update',
    scope: { workspace: 'urn:adsk.plm:tenant.workspace:ACME.57' },
    hookAttribute: { note: 'x'.repeat(850) },
  };
  const payload = {
    ItemUrn: `urn:adsk.plm:tenant.workspace.item:ACME.57.${count}`,
    ItemDescription: `PN-${count} Bracket`,
  };
  return JSON.stringify({ version: '1.0', resourceUrn: payload.ItemUrn, hook, payload });
}

/** Sends genuine callbacks over this many connections; `perSecond` caps them. Throws where one is not answered 2xx. */
export async function measure(
  target: Target,
  connections: number,
  seconds: number,
  perSecond?: number,
): Promise<Measure> {
  const usedBefore = (await target.cpuTime?.()) ?? Number.NaN;
  const rate = perSecond === undefined ? {} : { overallRate: perSecond };
  const result = await send(target, { connections, duration: seconds, ...rate });
  const used = ((await target.cpuTime?.()) ?? Number.NaN) - usedBefore;
  const { p50, p99 } = result.latency;
  return { rate: result['2xx'] / result.duration, p50, p99, cpu: used / result['2xx'] };
}

/** Sends genuine callbacks, each with another body. Throws where one is not answered 2xx. */
export async function send(target: Target, options: Omit<autocannon.Options, 'url'>): Promise<autocannon.Result> {
  let count = Math.floor(Math.random() * 1e9);
  const result = await autocannon({
    ...options,
    url: target.url,
    requests: [
      {
        method: 'POST',
        setupRequest(request) {
          count += 1;
          const body = createBody(count);
          const [name, value] = target.header(createHmac('sha1', target.secret).update(body).digest('hex'));
          const headers = {
            'content-type': 'application/json',
            [name]: value,
            'x-adsk-delivery-id': `httpadapter~bench/${count}`,
          };
          return { ...request, body, headers };
        },
      },
    ],
  });
  if (result.non2xx > 0 || result.errors > 0) {
    const statuses = Object.entries(result.statusCodeStats ?? {}).map(
      ([status, { count = 0 }]) => `${count} with ${status}`,
    );
    const failed = `${result.errors} failed, ${result.timeouts} of them not answered within 10 s`;
    throw new Error(`${target.name}: ${failed}; answered: ${statuses.join(', ')}`);
  }
  return result;
}
