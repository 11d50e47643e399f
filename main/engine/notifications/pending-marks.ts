/** Marks that the store has not taken yet. */
export interface PendingMarks {
  /** Resolves at once, or when the marks before it are stored where there are many. */
  add(write: Promise<unknown>): Promise<void>;
  /** Resolves when all are stored; throws the first failure. */
  stored(): Promise<void>;
}

/** A crash, or a store that fails, repeats the work of this many marks at most. */
const mostPending = 20;

/** Lets the marks of several notifications share a commit, since nobody waits for them. */
export function createPendingMarks(): PendingMarks {
  let pending: Promise<PromiseSettledResult<unknown>[]>[] = [];
  const stored = async (): Promise<void> => {
    const results = (await Promise.all(pending.splice(0))).flat();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  };
  return {
    async add(write) {
      // Settled here, so that a failure before the end of the step does not count as unhandled.
      pending = [...pending, Promise.allSettled([write])];
      if (pending.length >= mostPending) await stored();
    },
    stored,
  };
}
