interface EffortOptions {
  /** Bytes of the file that an earlier run has stored. */
  readonly received: number;
  /** Attempts in a row that may fail without a byte. */
  readonly retries: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Why a download is not tried any longer. */
export type Exhaustion =
  /** The last attempts brought nothing, or all ended at the same byte. */
  | { readonly reason: 'nothing-more'; readonly attempts: number }
  /** Each attempt starts at the beginning of the file, and together they have received too much. */
  | { readonly reason: 'repeated'; readonly attempts: number; readonly excess: number }
  /** Each attempt brings so little that the file would take thousands of them. */
  | { readonly reason: 'fragments'; readonly attempts: number };

/** Decides when a download costs too many repeated bytes, interruptions or minutes for its progress. */
export interface Effort {
  /** Attempts in a row that brought nothing new. */
  readonly failures: number;
  /** Bytes that have just arrived, and where in the file they end. False where the download has become too slow to go on. */
  receive(bytes: number, end: number): boolean;
  /** An attempt has failed. The length of the file where it is known. */
  fail(length: number | undefined): Exhaustion | undefined;
}

/** A file may be received this many times beside the one time that is needed. */
const repetitions = 3;
const interruptionsAtLeast = 60;
const bytesPerInterruption = 256 * 1024;

export const slowBytes = 1024 * 1024;
export const slowMinutes = 60;
/** A longer gap is the sleep of the computer or a leap of the clock. */
const longestGap = 60_000;

export function createEffort(options: EffortOptions): Effort {
  return new MeasuredEffort(options);
}

class MeasuredEffort implements Effort {
  readonly #options: EffortOptions;
  /** The most that any attempt has received. */
  #furthest: number;
  #fresh = 0;
  #excess = 0;
  #interruptions = 0;
  /** Attempts in a row that brought no byte or ended at the same one as those before. */
  #inVain = 0;
  #lastEnd: number | undefined;
  #attempt = { bytes: 0, fresh: 0, end: 0 };
  #pace = { milliseconds: 0, bytes: 0 };
  #at: number;
  failures = 0;

  constructor(options: EffortOptions) {
    this.#options = options;
    this.#furthest = options.received;
    this.#at = options.now();
  }

  receive(bytes: number, end: number): boolean {
    const fresh = Math.min(bytes, Math.max(0, end - this.#furthest));
    this.#furthest = Math.max(this.#furthest, end);
    this.#fresh += fresh;
    this.#excess += bytes - fresh;
    this.#attempt = { bytes: this.#attempt.bytes + bytes, fresh: this.#attempt.fresh + fresh, end };
    return this.#keepsPace(bytes);
  }

  fail(length: number | undefined): Exhaustion | undefined {
    const { bytes, fresh, end } = this.#attempt;
    this.#attempt = { bytes: 0, fresh: 0, end: 0 };
    this.#interruptions += 1;
    this.failures = fresh > 0 ? 1 : this.failures + 1;
    this.#inVain = bytes > 0 && end !== this.#lastEnd ? 1 : this.#inVain + 1;
    if (bytes > 0) this.#lastEnd = end;
    if (this.#inVain > this.#options.retries) return { reason: 'nothing-more', attempts: this.#inVain };
    const attempts = this.#interruptions;
    if (this.#excess > repetitions * Math.max(length ?? 0, this.#furthest)) {
      return { reason: 'repeated', attempts, excess: this.#excess };
    }
    if (attempts > interruptionsAtLeast + this.#fresh / bytesPerInterruption) return { reason: 'fragments', attempts };
    return undefined;
  }

  #keepsPace(received: number): boolean {
    const now = this.#options.now();
    const milliseconds = this.#pace.milliseconds + Math.min(longestGap, Math.max(0, now - this.#at));
    const bytes = this.#pace.bytes + received;
    this.#at = now;
    this.#pace = bytes >= slowBytes ? { milliseconds: 0, bytes: 0 } : { milliseconds, bytes };
    return this.#pace.milliseconds <= slowMinutes * 60_000;
  }
}
