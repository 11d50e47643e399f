/** What the simulators take for the time: it runs as this computer's does, and can be set and moved. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** It goes on from there. */
  set(time: number): void;
  advance(milliseconds: number): void;
}

/** Begins at this time, in milliseconds since 1970; at the computer's when absent. */
export function createClock(start?: number): Clock {
  let ahead = start === undefined ? 0 : start - Date.now();
  return {
    now: () => Date.now() + ahead,
    set(time) {
      ahead = time - Date.now();
    },
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}
