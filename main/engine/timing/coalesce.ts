/** Runs the work now. While it runs, further calls ask for one more run after it, and all calls share its promise. */
export type Coalesced = () => Promise<void>;

/** Never runs the work twice at a time. A run that fails rejects for all who wait, and drops a requested rerun. */
export function coalesce(work: () => Promise<void>): Coalesced {
  let running: Promise<void> | undefined;
  let isRerunRequested = false;
  const run = async (): Promise<void> => {
    try {
      do {
        isRerunRequested = false;
        await work();
      } while (isRerunRequested);
    } finally {
      running = undefined;
    }
  };
  return () => {
    if (running) isRerunRequested = true;
    else running = run();
    return running;
  };
}
