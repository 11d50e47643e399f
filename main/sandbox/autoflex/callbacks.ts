import * as http from 'node:http';
import * as https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import type { Behaviour } from './behaviour.ts';
import { type Shaped, shape } from './callback-forms.ts';

/** One request to a webhook_url. */
export interface SentCallback {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** The URL with the appended id. */
  readonly url: string;
  /** The status of the response; absent without one. */
  readonly status?: number;
  readonly problem?: string;
}

/** Timeout of a callback in milliseconds. */
const timeout = 10_000;

/** Sends callbacks when backups are ready. Retries are not documented, so there are none. */
export class Callbacks {
  readonly #log: SentCallback[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  readonly #behaviour: Behaviour;
  readonly #now: () => number;

  constructor(behaviour: Behaviour, now: () => number) {
    this.#behaviour = behaviour;
    this.#now = now;
  }

  /** The last 1000 callbacks, oldest first. */
  get log(): readonly SentCallback[] {
    return this.#log;
  }

  /** Resolves once all callbacks were sent; `settled` waits for it, too. */
  announce(webhookUrl: string, ids: readonly string[]): Promise<void> {
    const running = this.#announce(webhookUrl, ids);
    this.#running.add(running);
    return running.finally(() => this.#running.delete(running));
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  async #announce(webhookUrl: string, ids: readonly string[]): Promise<void> {
    const { after, probe, times, form, method } = this.#behaviour.callback;
    await delay(after, undefined, { signal: this.#stop.signal }).catch(() => {});
    if (probe) await this.#send('GET', { url: webhookUrl });
    for (const id of ids) {
      for (let time = 0; time < times; time += 1) await this.#send(method, shape(form, webhookUrl, id));
    }
  }

  async #send(method: string, shaped: Shaped): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const sent = { at: this.#now(), method, url: shaped.url };
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(timeout)]);
    const { userAgent } = this.#behaviour.callback;
    const headers = userAgent === null ? {} : { 'user-agent': userAgent };
    const outcome = await request(method, shaped, headers, signal).then(
      (status) => ({ status }),
      (error: unknown) => ({ problem: String(error) }),
    );
    this.#log.push({ ...sent, ...outcome });
    if (this.#log.length > 1000) this.#log.shift();
  }
}

/** Sends the path unchanged, over a connection that is closed afterwards. */
async function request(
  method: string,
  { url, body, type }: Shaped,
  more: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<number> {
  const { protocol, hostname, port } = new URL(url);
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  const ofBody = body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
  const headers = { ...ofBody, ...more };
  const send = protocol === 'https:' ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const sending = send({ hostname, port, path, method, headers, agent: false, signal });
    sending.once('error', reject);
    sending.once('response', (answer) => {
      answer.resume();
      answer.once('error', () => {});
      resolve(answer.statusCode ?? 0);
    });
    sending.end(body);
  });
}
