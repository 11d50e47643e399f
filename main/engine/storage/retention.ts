import type { Settings } from '../../../preload/contract.ts';
import { describe, type Log } from '../log.ts';
import type { Ledger } from './ledger.ts';

const day = 24 * 3600_000;
const hour = 3600_000;
/** Rows of one commit: callbacks wait no longer than for these. */
const atOnce = 200;

export interface Retention {
  /** Drops what is too old or too many. Never throws. */
  run(): Promise<void>;
  /** One more event is there: every so many it looks again. */
  count(): void;
  stop(): void;
}

/** Keeps the events within the user's limits: at start, every hour, when the limits change, and as events come. */
export function startRetention(
  ledger: Ledger,
  limits: () => Settings['retention'],
  now: () => number,
  log: Log,
): Retention {
  let stopped = false;
  let running: Promise<void> | undefined;
  const prune = async (): Promise<void> => {
    try {
      for (;;) {
        const { days, events } = limits();
        const gone = await ledger.write('prune', { before: now() - days * day, keep: events, most: atOnce });
        if (stopped || gone < atOnce) return;
      }
    } catch (error) {
      if (!stopped) log.warn('storage', `Old events could not be dropped: ${describe(error)}`);
    } finally {
      running = undefined;
    }
  };
  const run = (): Promise<void> => {
    running ??= prune();
    return running;
  };
  const timer = setInterval(run, hour);
  timer.unref();
  void run();
  let come = 0;
  return {
    run,
    count() {
      come += 1;
      // So that the number is not exceeded by more than about a tenth.
      if (come < Math.min(1000, limits().events / 10)) return;
      come = 0;
      void run();
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
