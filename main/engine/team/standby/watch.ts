import { seconds } from '../../timing/index.ts';

/** A longer pause between two observations says nothing of the time between. */
const longestPause = seconds(30);

/** Milliseconds of a clock of this process alone. */
type Clock = () => number;

interface StandbyWatch {
  /** The server was asked whether any computer receives. Gives for how many milliseconds in a row none did. */
  observe(hasReceiver: boolean): number;
  /** The server cannot be asked, so that nothing is known any more. */
  reset(): void;
}

/** Measures for how long nobody received: only answers of the server count, and no clock of another computer. */
export function createStandbyWatch(clock: Clock = () => performance.now()): StandbyWatch {
  let since: number | undefined;
  let latest = Number.NEGATIVE_INFINITY;
  return {
    observe(hasReceiver) {
      const now = clock();
      const isContinuous = now - latest < longestPause;
      latest = now;
      if (hasReceiver) since = undefined;
      else if (since === undefined || !isContinuous) since = now;
      return since === undefined ? 0 : now - since;
    },
    reset() {
      since = undefined;
    },
  };
}
