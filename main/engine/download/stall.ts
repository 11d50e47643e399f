import { downloadMessages } from '../messages/index.ts';
import { Interruption } from './failure.ts';

export interface Stall {
  /** Aborted when the other side has sent nothing for too long, and when the outer signal is. */
  readonly signal: AbortSignal;
  /** Counts the time this takes as waiting for the other side. */
  during<T>(work: Promise<T>): Promise<T>;
  stop(): void;
}

/** Watches a connection; only waiting for the other side counts, not our own work in between. */
export function startStall(milliseconds: number, outer: AbortSignal): Stall {
  const controller = new AbortController();
  let waiting = false;
  const timer = setTimeout(() => {
    const seconds = Math.ceil(milliseconds / 1000);
    if (waiting) controller.abort(new Interruption(downloadMessages.stalled({ seconds })));
  }, milliseconds);
  return {
    signal: AbortSignal.any([outer, controller.signal]),
    async during(work) {
      waiting = true;
      timer.refresh();
      try {
        return await work;
      } finally {
        waiting = false;
      }
    },
    stop: () => clearTimeout(timer),
  };
}
