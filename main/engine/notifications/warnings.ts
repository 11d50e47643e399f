import type { Warning } from '../../../preload/contract.ts';
import { toTime } from '../storage/index.ts';

/** What the user should know that is tied to no event; kept while the process lives, the latest first. */
export interface Warnings {
  readonly all: readonly Warning[];
  add(message: string): void;
  clear(): void;
}

const kept = 20;

export function createWarnings(now: () => number, changed: () => void): Warnings {
  let all: readonly Warning[] = [];
  return {
    get all() {
      return all;
    },
    add(message) {
      all = [{ at: toTime(now()), message }, ...all.filter((one) => one.message !== message)].slice(0, kept);
      changed();
    },
    clear() {
      all = [];
      changed();
    },
  };
}
