import { setTimeout as delay } from 'node:timers/promises';
import { seconds } from '../timing/index.ts';

/** Milliseconds after which work that failed is tried again: the server may not have loaded the newest configuration. */
const retryAfter = seconds(3);

interface Attempts {
  /** Whether the connection that the work needs is still the present one. */
  isCurrent(): boolean;
  failed(error: unknown): void;
  /** Ends the pauses. */
  readonly signal: AbortSignal;
}

/** Repeats the work until it succeeds or its connection has ended. */
export async function retryWhileCurrent(work: () => Promise<void>, attempts: Attempts): Promise<void> {
  while (attempts.isCurrent()) {
    try {
      return await work();
    } catch (error) {
      if (!attempts.isCurrent()) return;
      attempts.failed(error);
      await delay(retryAfter, undefined, { signal: attempts.signal }).catch(() => {});
    }
  }
}
