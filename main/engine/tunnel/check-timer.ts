/** The waits between checks; a requested check, or a suspected interruption, ends one early. */
export interface CheckTimer {
  /** True while a check is in progress or due. */
  readonly busy: boolean;
  /** A check is requested, or something may have been interrupted. */
  readonly due: boolean;
  /** A check is wanted now. */
  request(): void;
  /** Something may have been interrupted; only a check can show it. */
  suspect(): void;
  /** A check begins, which answers all that was requested before. */
  answerRequests(): void;
  /** Drops what was suspected, since a check begins or the interruption is certain. */
  answerSuspicions(): void;
  /** Returns at once where a check is due. */
  wait(milliseconds: number): Promise<void>;
  /** Waits to the end, whatever is requested; requests are answered with what is known. */
  waitFully(milliseconds: number): Promise<void>;
}

/** `onIdle` is called whenever a wait begins, and at requests during a full wait. */
export function createCheckTimer(signal: AbortSignal, onIdle: () => void): CheckTimer {
  let busy = true;
  let requested = false;
  let suspected = false;
  let interrupt = (): void => {};

  const settle = (): void => {
    busy = false;
    onIdle();
  };
  const sleep = async (milliseconds: number, full: boolean): Promise<void> => {
    settle();
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        busy = true;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
      interrupt = full ? settle : end;
    });
    interrupt = () => {};
  };

  return {
    get busy() {
      return busy;
    },
    get due() {
      return requested || suspected;
    },
    request() {
      requested = true;
      interrupt();
    },
    suspect() {
      suspected = true;
      interrupt();
    },
    answerRequests() {
      requested = false;
    },
    answerSuspicions() {
      suspected = false;
    },
    async wait(milliseconds) {
      if (!signal.aborted && !requested && !suspected) await sleep(milliseconds, false);
    },
    async waitFully(milliseconds) {
      if (!signal.aborted) await sleep(milliseconds, true);
    },
  };
}
