import { seconds } from '../timing/index.ts';

/** Messages that are sent before the first of them is confirmed: so many, and fewer while callbacks wait. */
const [largeBatch, smallBatch] = [256, 32];
/** Milliseconds between two batches, in which events that arrive one by one gather. */
const shortestPause = 20;
const longestPause = seconds(1);
/** While more callbacks arrive in a second, publishing leaves most of the time to them. */
const busyRate = 150;
/** After a batch, publishing pauses for so many times what it took, and leaves the process to callbacks. */
const callbackShare = 19;
/** Milliseconds by which events may be published late for that. */
const longestWait = seconds(5);

interface Pace {
  /** Messages of the next batch. */
  readonly size: number;
  /** A batch begins. */
  begin(): void;
  /** Milliseconds until the next batch, after one whose oldest event was received at that time. */
  pauseAfter(oldest: number): number;
}

/** Publishing waits for callbacks and not callbacks for publishing, as long as the events are not late. */
export function createPace(
  now: () => number,
  /** The number of the newest event. */
  newest: () => number,
  clock: () => number = () => performance.now(),
): Pace {
  let size = largeBatch;
  let startedAt = clock();
  let last = { newest: newest(), at: clock() };
  const measureRate = (): number => {
    const present = { newest: newest(), at: clock() };
    const rate = ((present.newest - last.newest) / Math.max(1, present.at - last.at)) * seconds(1);
    last = present;
    return rate;
  };
  return {
    get size() {
      return size;
    },
    begin() {
      startedAt = clock();
    },
    pauseAfter(oldest) {
      const yields = measureRate() > busyRate && now() - oldest < longestWait;
      size = yields ? smallBatch : largeBatch;
      const pause = yields ? (clock() - startedAt) * callbackShare : 0;
      return Math.min(Math.max(pause, shortestPause), longestPause);
    },
  };
}
