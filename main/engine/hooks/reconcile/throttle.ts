import type { ProgressTracker } from './progress.ts';
import type { RateLimit, Wait } from './rate-limit.ts';

/** Waits on behalf of the providers, and shows it in the progress. */
export interface Throttle {
  pause(milliseconds: number): Promise<void>;
  /** Resolves when the rate limit of the connection has room for one request of each method. */
  admit(connection: string, methods: readonly string[]): Promise<void>;
}

interface ThrottleOptions {
  readonly progress: ProgressTracker;
  readonly signal: AbortSignal;
  readonly wait: Wait;
  rateLimitOf(connection: string): RateLimit | undefined;
  now(): number;
}

/** Shorter waits would make the display flicker. */
const shownFrom = 1000;

export function createThrottle({ progress, signal, wait, rateLimitOf, now }: ThrottleOptions): Throttle {
  const pause = async (milliseconds: number): Promise<void> => {
    if (milliseconds > shownFrom) progress.waitUntil(now() + milliseconds);
    await wait(milliseconds, signal);
    if (progress.value.waitingUntil !== undefined) progress.waitUntil(undefined);
  };
  return {
    pause,
    async admit(connection, methods) {
      const limit = rateLimitOf(connection);
      while (limit && !signal.aborted) {
        const remaining = limit.waitFor(methods);
        if (remaining <= 0) return;
        await pause(remaining);
      }
    },
  };
}
