/** What the simulators take for the time: it runs as this computer's does, and can be set and moved. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** It goes on from there. Throws a RangeError where no date can hold the time, as `advance` does. */
  set(time: number): void;
  advance(milliseconds: number): void;
}

/** The largest time that a date can hold, in milliseconds since 1970. */
const latest = 8.64e15;

/** Begins at this time, in milliseconds since 1970; at the computer's when absent. */
export function createClock(start?: number): Clock {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const set = (time: number): void => {
    // What runs for years from there is still a date.
    if (!(Math.abs(time) < latest / 2)) throw new RangeError(`No date can hold the time ${time}.`);
    ahead = time - Date.now();
  };
  if (start !== undefined) set(start);
  return { now, set, advance: (milliseconds) => set(now() + milliseconds) };
}
