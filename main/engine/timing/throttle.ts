export interface Throttle {
  run(): void;
  stop(): void;
}

/** Runs the work at once, and then at most once in so many milliseconds; the last request is never dropped. */
export function createThrottle(milliseconds: number, work: () => void): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let isRequested = false;
  const run = (): void => {
    if (timer) {
      isRequested = true;
      return;
    }
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (!isRequested) return;
      isRequested = false;
      run();
    }, milliseconds);
  };
  return { run, stop: () => clearTimeout(timer) };
}
