import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerSession } from '../broker.ts';
import { seconds } from '../timing/index.ts';

/** Milliseconds after which work that failed is tried again: the server may not have loaded the newest configuration. */
export const retryDelay = seconds(3);

interface Attempts {
  /** Whether the connection that the work needs is still the present one. */
  isCurrent(): boolean;
  failed(error: unknown): void;
  /** Ends the pauses. */
  readonly signal: AbortSignal;
  /** Milliseconds before the first attempt. */
  readonly after?: number;
}

/** Repeats the work until it succeeds or its connection has ended. */
export async function retryWhileCurrent(work: () => Promise<void>, attempts: Attempts): Promise<void> {
  const pause = (milliseconds: number): Promise<void> =>
    delay(milliseconds, undefined, { signal: attempts.signal }).catch(() => {});
  if (attempts.after) await pause(attempts.after);
  while (attempts.isCurrent()) {
    try {
      return await work();
    } catch (error) {
      if (!attempts.isCurrent()) return;
      attempts.failed(error);
      await pause(retryDelay);
    }
  }
}

/** One use of a connection: the same one may be used again after another computer had published over its own. */
export interface Use {
  readonly session: BrokerSession;
}

/** The present use of a connection, and the work that is repeated during it. */
export interface Uses {
  readonly current: Use | undefined;
  begin(session: BrokerSession): Use;
  end(): void;
  repeat(use: Use, work: () => Promise<void>, given: Pick<Attempts, 'failed' | 'after'>): Promise<void>;
  /** Ends the use and resolves once nothing runs any more. */
  close(): Promise<void>;
}

export function createUses(closing: AbortController): Uses {
  const running = new Set<Promise<void>>();
  let current: Use | undefined;
  return {
    get current() {
      return current;
    },
    begin(session) {
      current = { session };
      return current;
    },
    end() {
      current = undefined;
    },
    repeat(use, work, given) {
      const attempts = { ...given, isCurrent: () => current === use, signal: closing.signal };
      const one = retryWhileCurrent(work, attempts).finally(() => running.delete(one));
      running.add(one);
      return one;
    },
    async close() {
      current = undefined;
      closing.abort();
      await Promise.all(running);
    },
  };
}
