import { setTimeout as delay } from 'node:timers/promises';
import { describe, type Log } from '../log.ts';
import { coalesce, createThrottle } from '../timing/index.ts';
import type { Ledger } from './ledger.ts';

/** Milliseconds in which stored events share a step. Events that wait are searched one by one meanwhile. */
const interval = 250;

/** Milliseconds between two steps, of which each takes less than a tenth of that. */
const pause = 100;

export interface SearchIndex {
  /** There may be events that are not in the index. */
  request(): void;
  stop(): void;
}

/** Keeps the search index up to date in small steps between the commits of deliveries. */
export function startSearchIndex({ ledger, log }: { readonly ledger: Ledger; readonly log: Log }): SearchIndex {
  const stopping = new AbortController();
  const { signal } = stopping;
  const indexAll = coalesce(async () => {
    try {
      while ((await ledger.write('index', undefined)).more) await delay(pause, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) log.warn('storage', `Events could not be added to the search index: ${describe(error)}`);
    }
  });
  const throttle = createThrottle(interval, () => void indexAll());
  throttle.run();
  return {
    request: throttle.run,
    stop() {
      stopping.abort();
      throttle.stop();
    },
  };
}
