import type { Queued, WriteQueue } from './write-queue.ts';

/** Decides when the next commit starts. */
interface CommitSchedule {
  /** Plans it for the end of this turn of the event loop, or a little later where more writes can join it. */
  plan(queue: Waiting): void;
  /** Whether it is not to wait for further writes. */
  isDue(queue: Waiting): boolean;
  /** A commit has started: nothing is planned any more. */
  started(): void;
  /** It has ended, and so many senders are answered while others wait for the next. */
  ended(answered: number, waiting: number): void;
  stop(): void;
}

type Waiting = Pick<WriteQueue<Queued>, 'urgent' | 'dueIn'>;

/** Milliseconds that deliveries wait at most for others to share their commit: a quarter of what the last one took. */
const longestDebounce = 2;

export function createCommitSchedule(start: () => void): CommitSchedule {
  let startedAt = 0;
  /** Senders that are likely to share the next commit, judging by the last one. */
  let expected = 1;
  let debounce = 0;
  let isDebouncing = false;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    clearImmediate(immediate);
    immediate = undefined;
    isDebouncing = false;
  };
  const delayOf = (queue: Waiting): number | undefined =>
    queue.urgent > 0 && queue.urgent < expected ? debounce : queue.dueIn(performance.now());
  return {
    isDue: (queue) => delayOf(queue) === 0,
    plan(queue) {
      const delay = delayOf(queue);
      if (delay === undefined) return;
      // What arrives in the same turn of the event loop goes into the same commit.
      if (delay === 0) immediate ??= setImmediate(start);
      else if (queue.urgent === 0 || !isDebouncing) {
        isDebouncing = queue.urgent > 0;
        clearTimeout(timer);
        timer = setTimeout(start, delay);
      }
    },
    started() {
      stop();
      startedAt = performance.now();
    },
    ended(answered, waiting) {
      if (answered === 0) return;
      expected = answered + waiting;
      debounce = Math.min(longestDebounce, Math.round((performance.now() - startedAt) / 4));
    },
    stop,
  };
}
