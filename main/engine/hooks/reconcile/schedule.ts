import { exponentialDelay, minutes } from '../../timing/index.ts';
import type { Wait } from './rate-limit.ts';

/** When the next reconciliation is due. */
interface Schedule {
  /** Due soon. The first request starts the schedule. */
  request(): void;
  /** A run is over: the next one is due later, or at once where it was requested meanwhile. */
  finished(run: { readonly failed: boolean; readonly nextAt: number }): void;
  /** Resolves when no run is in progress any more; to be called after the signal aborted. */
  stopped(): Promise<void>;
}

interface ScheduleOptions {
  readonly signal: AbortSignal;
  readonly wait: Wait;
  now(): number;
  /** Never rejects. */
  run(): Promise<void>;
}

const regularInterval = minutes(15);
/** After a failure; twice as long with each further one, up to the regular interval. */
const firstRetry = minutes(1);
/** Milliseconds in which requests are collected. */
const debounce = 200;

export function createSchedule({ signal, wait, now, run }: ScheduleOptions): Schedule {
  let dueAt = Number.POSITIVE_INFINITY;
  let failures = 0;
  let rerunRequested = false;
  let sleep = new AbortController();
  let looping: Promise<void> | undefined;

  const loop = async (): Promise<void> => {
    while (!signal.aborted) {
      const remaining = dueAt - now();
      if (remaining > 0) {
        sleep = new AbortController();
        await wait(Math.min(remaining, regularInterval), AbortSignal.any([sleep.signal, signal]));
        continue;
      }
      rerunRequested = false;
      dueAt = now() + regularInterval;
      await run();
    }
  };

  return {
    request() {
      if (signal.aborted) return;
      rerunRequested = true;
      dueAt = Math.min(dueAt, now() + debounce);
      sleep.abort();
      looping ??= loop();
    },
    finished({ failed, nextAt }) {
      failures = failed ? failures + 1 : 0;
      const pause = failed ? exponentialDelay(failures, firstRetry, regularInterval) : regularInterval;
      dueAt = rerunRequested ? now() : Math.min(now() + pause, Math.max(nextAt, now() + firstRetry));
    },
    async stopped() {
      await looping;
    },
  };
}
