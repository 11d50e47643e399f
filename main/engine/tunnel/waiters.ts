/** Lets callers wait until a condition holds. */
export interface Waiters {
  /** Resolves when the condition holds; it is evaluated now and at each `notify`. */
  until(condition: () => boolean): Promise<void>;
  notify(): void;
}

export function createWaiters(): Waiters {
  let waiting: readonly (() => void)[] = [];
  return {
    until: (condition) =>
      new Promise((resolve) => {
        const evaluate = (): void => {
          if (condition()) resolve();
          else waiting = [...waiting, evaluate];
        };
        evaluate();
      }),
    notify() {
      const due = waiting;
      waiting = [];
      for (const evaluate of due) evaluate();
    },
  };
}
