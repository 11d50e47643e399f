import type { Warning } from '../../../preload/contract/index.ts';
import { type Message, referenceOf } from '../messages/index.ts';
import { toTime } from '../storage/index.ts';

/** What the user should know that concerns no event; stored while the process lives, the latest first. */
export interface Warnings {
  readonly all: readonly Warning[];
  add(message: string | Message): void;
  clear(): void;
}

const maxWarnings = 20;

export function createWarnings(now: () => number, changed: () => void): Warnings {
  let all: readonly Warning[] = [];
  return {
    get all() {
      return all;
    },
    add(message) {
      const warning = { at: toTime(now()), ...textOf(message) };
      all = [warning, ...all.filter((one) => one.message !== warning.message)].slice(0, maxWarnings);
      changed();
    },
    clear() {
      all = [];
      changed();
    },
  };
}

function textOf(message: string | Message): Pick<Warning, 'message' | 'reason'> {
  return typeof message === 'string' ? { message } : { message: message.text, reason: referenceOf(message) };
}
