import { setTimeout as delay } from 'node:timers/promises';
import { describe, type Log } from '../log.ts';
import { coalesce, seconds } from '../timing/index.ts';

/** What Ringback does about stored rows, apart from the response to their sender. */
export interface Effect {
  readonly name: string;
  /** Processes every stored row after the effect's own mark, and moves the mark in the same commit. */
  run(): Promise<void>;
}

export interface Effects {
  /** There may be new rows. Never throws. */
  request(): void;
  /** Resolves when nothing runs any more; what is not processed by then is processed at the next start. */
  close(): Promise<void>;
}

interface EffectsOptions {
  /** In the order in which they run. */
  readonly effects: readonly Effect[];
  readonly log: Log;
  /** Milliseconds in which further rows join a run. */
  readonly debounce?: number;
  /** Milliseconds after which a failed effect runs again. */
  readonly retryDelay?: number;
}

/** Runs the effects one after the other, again for each request; one that fails is retried and does not stop the next. */
export function startEffects({ effects, log, debounce = 50, retryDelay = seconds(10) }: EffectsOptions): Effects {
  const closing = new AbortController();
  const { signal } = closing;
  let retry: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const runSafely = async ({ name, run }: Effect): Promise<void> => {
    try {
      await run();
    } catch (error) {
      if (signal.aborted) return;
      log.warn('effects', `The effect "${name}" failed and is retried: ${describe(error)}`);
      clearTimeout(retry);
      retry = setTimeout(request, retryDelay);
    }
  };
  const runAll = coalesce(async () => {
    await delay(debounce, undefined, { signal }).catch(() => {});
    for (const effect of effects) if (!signal.aborted) await runSafely(effect);
  });
  const request = (): void => {
    if (!signal.aborted) running = runAll();
  };

  return {
    request,
    async close() {
      closing.abort();
      clearTimeout(retry);
      await running;
    },
  };
}
