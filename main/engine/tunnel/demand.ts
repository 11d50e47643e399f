/** Opens something when it is needed, and closes it some time after nothing needs it. */
interface Demand {
  readonly isNeeded: boolean;
  /** To be called when the need may have changed. */
  update(): void;
  /** Opens it although nothing else needs it, until the work has ended. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Forgets a planned closing. */
  cancelClosing(): void;
}

interface DemandOptions {
  /** Whether it is open only when needed; else it always counts as needed. */
  isOnDemand(): boolean;
  needed(): boolean;
  isOpen(): boolean;
  /** Opens or closes it as `isNeeded` says. */
  apply(): void;
  /** Milliseconds it stays open after the last need. */
  readonly closeAfter: number;
}

export function createDemand({ isOnDemand, needed, isOpen, apply, closeAfter }: DemandOptions): Demand {
  let requests = 0;
  let timer: NodeJS.Timeout | undefined;
  const isNeeded = (): boolean => !isOnDemand() || requests > 0 || needed();
  const cancelClosing = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const update = (): void => {
    if (!isOnDemand()) return;
    if (!isNeeded()) {
      if (isOpen()) timer ??= setTimeout(apply, closeAfter);
    } else if (isOpen()) cancelClosing();
    else apply();
  };
  return {
    get isNeeded() {
      return isNeeded();
    },
    update,
    async during(work) {
      requests += 1;
      update();
      try {
        return await work();
      } finally {
        requests -= 1;
        update();
      }
    },
    cancelClosing,
  };
}
