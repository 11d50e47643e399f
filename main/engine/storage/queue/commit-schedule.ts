import type { Queued, WriteQueue } from './write-queue.ts';

/** Decides when the next commit starts. */
interface CommitSchedule {
  /** Plans it for the end of this turn of the event loop, or a little later where more writes can join it. */
  plan(queue: Waiting): void;
  /** Whether it is not to wait for further writes. */
  isDue(queue: Waiting): boolean;
  /** A commit has started: nothing is planned any more. */
  started(): void;
  /** The commit has ended: so many senders are answered by it, and so many urgent writes wait for the next. */
  ended(answered: number, waiting: number): void;
  stop(): void;
}

type Waiting = Pick<WriteQueue<Queued>, 'urgent' | 'answered' | 'dueIn'>;

/** Most milliseconds that deliveries wait to share a commit; otherwise a quarter of what the last commit took. */
const longestDebounce = 2;

/** Milliseconds between commits while all waiting deliveries have their responses, and how many end that wait. */
const [answeredInterval, mostAnswered] = [100, 200];

export function createCommitSchedule(start: () => void): CommitSchedule {
  let startedAt = 0;
  let endedAt = Number.NEGATIVE_INFINITY;
  /** Senders that are likely to share the next commit, judging by the last one. */
  let expected = 1;
  let debounce = 0;
  /** When the timer starts it. */
  let dueAt = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    clearImmediate(immediate);
    immediate = undefined;
    dueAt = Number.POSITIVE_INFINITY;
  };
  const delayOf = (queue: Waiting): number | undefined => {
    const now = performance.now();
    if (queue.urgent > 0) return queue.urgent < expected ? debounce : 0;
    const due = queue.dueIn(now);
    if (queue.answered === 0) return due;
    const untilNext = queue.answered < mostAnswered ? Math.max(0, Math.ceil(endedAt + answeredInterval - now)) : 0;
    return Math.min(untilNext, due ?? untilNext);
  };
  return {
    isDue: (queue) => delayOf(queue) === 0,
    plan(queue) {
      const delay = delayOf(queue);
      if (delay === undefined) return;
      // What arrives in the same turn of the event loop goes into the same commit.
      if (delay === 0) immediate ??= setImmediate(start);
      else if (performance.now() + delay < dueAt) {
        clearTimeout(timer);
        timer = setTimeout(start, delay);
        dueAt = performance.now() + delay;
      }
    },
    started() {
      stop();
      startedAt = performance.now();
    },
    ended(answered, waiting) {
      endedAt = performance.now();
      if (answered === 0) return;
      expected = answered + waiting;
      debounce = Math.min(longestDebounce, Math.round((endedAt - startedAt) / 4));
    },
    stop,
  };
}
