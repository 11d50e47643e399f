/** The clock of the simulators: it runs like this computer's, and can be set and advanced. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** The clock continues from it. Throws a RangeError for a time that Date cannot represent, as does `advance`. */
  set(time: number): void;
  advance(milliseconds: number): void;
}

/** The latest time that Date can represent, in milliseconds since 1970. */
const latest = 8.64e15;

/** Starts at this time, in milliseconds since 1970; at the computer's where absent. */
export function createClock(start?: number): Clock {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const set = (time: number): void => {
    // Half of the range, so that a clock that runs for years stays within it.
    if (!(Math.abs(time) < latest / 2)) throw new RangeError(`No date can hold the time ${time}.`);
    ahead = time - Date.now();
  };
  if (start !== undefined) set(start);
  return { now, set, advance: (milliseconds) => set(now() + milliseconds) };
}
