import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../../random.ts';
import type { Behaviour } from '../behaviour.ts';
import type { Alteration, Callbacks, Region, SentCallback } from '../webhooks/index.ts';

export interface TranslationOrder {
  /** The source's URN in base64url. */
  readonly urn: string;
  readonly region: Region;
  readonly formats: readonly { readonly type: string }[];
  /** The workflow of the hooks that are called; where absent, none is. */
  readonly workflow?: string | undefined;
  /** Only hooks of this client id are called. */
  readonly client?: string | undefined;
  readonly outcome: 'success' | 'failed' | 'timeout';
  /** Formats that fail although the job succeeds. */
  readonly failing?: readonly string[] | undefined;
}

export interface Translation extends TranslationOrder {
  status: 'pending' | 'inprogress' | TranslationOrder['outcome'];
  /** Percent. */
  progress: number;
}

/** The translation jobs of all regions. */
export class Translations {
  readonly #jobs = new Map<string, Translation>();
  readonly #running = new Set<Promise<unknown>>();
  readonly #stop = new AbortController();
  readonly #callbacks: Callbacks;
  readonly #behaviour: Behaviour;
  readonly #now: () => number;
  readonly #random: Random;

  constructor(callbacks: Callbacks, behaviour: Behaviour, now: () => number, random: Random) {
    this.#callbacks = callbacks;
    this.#behaviour = behaviour;
    this.#now = now;
    this.#random = random;
  }

  find(region: Region, urn: string): Translation | undefined {
    return this.#jobs.get(`${region}/${urn}`);
  }

  /** Deletes the manifest; callbacks of a translation in progress are still sent. */
  remove(region: Region, urn: string): void {
    this.#jobs.delete(`${region}/${urn}`);
  }

  /** Starts a translation, also where one exists; resolves with the callbacks of its end. */
  start(order: TranslationOrder, alteration?: Alteration): Promise<readonly SentCallback[]> {
    const job: Translation = { ...order, status: 'pending', progress: 0 };
    this.#jobs.set(`${order.region}/${order.urn}`, job);
    const running = this.#run(job, alteration).catch((error: unknown) => {
      if (this.#stop.signal.aborted) return [];
      throw error;
    });
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
    return running;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  async #run(job: Translation, alteration?: Alteration): Promise<readonly SentCallback[]> {
    await this.#work();
    Object.assign(job, { status: 'inprogress', progress: 10 });
    await this.#tell(job, 'extraction.updated', alteration);
    for (const progress of [42, 85]) {
      await this.#work();
      job.progress = progress;
    }
    await this.#work();
    Object.assign(job, { status: job.outcome, progress: 100 });
    return this.#tell(job, 'extraction.finished', alteration);
  }

  #work(): Promise<void> {
    return delay(this.#behaviour.translationTime / 4, undefined, { signal: this.#stop.signal });
  }

  async #tell(job: Translation, event: string, alteration?: Alteration): Promise<readonly SentCallback[]> {
    const { urn, region, workflow, client, status } = job;
    if (workflow === undefined) return [];
    const payload = {
      TimeStamp: this.#now(),
      URN: urn,
      EventType: event === 'extraction.finished' ? 'EXTRACTION_FINISHED' : 'EXTRACTION_UPDATED',
      Payload: { status, scope: this.#random.uuid(), registerKey: [] },
    };
    const scope = { workflow };
    const callbacks = this.#behaviour.translationCallbacks;
    if (callbacks === 'lost') return [];
    return this.#callbacks.fire(
      { system: 'derivative', event, resourceUrn: urn, payload, region, scope, client },
      callbacks === 'twice' ? { repeat: 'new-id', ...alteration } : alteration,
    );
  }
}

export function isRunning(status: Translation['status']): boolean {
  return status === 'pending' || status === 'inprogress';
}

/** The file name at the end of a base64url source URN; undefined where it is not a URN. */
export function sourceName(urn: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(urn)) return undefined;
  const source = Buffer.from(urn, 'base64url').toString();
  return /^urn:adsk\.[a-z.]+:(?:os\.object:|fs\.file:)(?:.*\/)?([^/]+)$/.exec(source)?.[1];
}
