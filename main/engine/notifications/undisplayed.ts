import { describe, type Log } from '../log.ts';
import { minutes } from '../timing/index.ts';

export interface UndisplayedOptions {
  readonly log: Log;
  /** Milliseconds after which the host is given again what it could not show; a minute where absent. */
  readonly retryDelay?: number | undefined;
  requested(): void;
}

/** What the host could not show, until it is given it again. */
export function createUndisplayed(
  { log, requested, retryDelay = minutes(1) }: UndisplayedOptions,
  signal: AbortSignal,
) {
  const refused = new Set<number>();
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  const retry = (): void => {
    if (refused.size === 0) return;
    clearTimeout(timer);
    refused.clear();
    requested();
  };
  return {
    has: (id: number): boolean => refused.has(id),
    add(id: number, error: unknown): void {
      log.warn('notifications', `A notification could not be shown: ${describe(error)}`);
      refused.add(id);
      clearTimeout(timer);
      timer = setTimeout(retry, retryDelay);
    },
    retry,
  };
}

/** Rejects when it takes longer, or when the signal is aborted. */
export async function settledWithin(work: void | Promise<void>, time: number, signal: AbortSignal): Promise<void> {
  if (work === undefined && !signal.aborted) return;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(time)]);
  limit.throwIfAborted();
  let abort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(limit.reason);
    limit.addEventListener('abort', abort);
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    limit.removeEventListener('abort', abort);
  }
}
