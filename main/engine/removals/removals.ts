import { randomUUID } from 'node:crypto';
import type { HeldRemoval, Removal, RemovalOutcome } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { type Message, removalMessages, withCause } from '../messages/index.ts';
import { seconds } from '../timing/index.ts';

interface RemovalsOptions {
  readonly log: Log;
  now(): number;
  /** Removes one thing. */
  remove(removal: Removal): Promise<unknown>;
  warn(message: Message): void;
  /** What waits has changed; with the outcome where some took effect. */
  changed(outcome?: RemovalOutcome): void;
  /** Milliseconds for which a removal can be undone; ten seconds where absent. */
  readonly delay?: number;
}

/** Removals that wait, so that they can be undone. They are in memory only: what a crash interrupts is not removed. */
export interface Removals {
  /** Those that wait, and those that take effect at this moment. */
  readonly held: readonly HeldRemoval[];
  hold(removals: readonly Removal[]): HeldRemoval;
  /** Releases these wherever else they are held, too. False where they take effect already. */
  undo(id: string): boolean;
  /** Lets all that waits take effect, and waits for it two seconds at most. */
  close(): Promise<void>;
}

interface Entry {
  held: HeldRemoval;
  readonly timer: NodeJS.Timeout;
  /** Set once it takes effect. */
  running?: Promise<void>;
}

/** Quitting waits no longer for providers that do not answer: all of it has five seconds on a server. */
const closingTime = seconds(2);

export function createRemovals(options: RemovalsOptions): Removals {
  const { now, changed, delay = seconds(10) } = options;
  const entries = new Map<string, Entry>();
  const perform = (entry: Entry): Promise<void> => {
    clearTimeout(entry.timer);
    entry.running ??= removeAll(entry.held.removals, options).then((outcome) => {
      entries.delete(entry.held.id);
      changed(outcome);
    });
    return entry.running;
  };
  /** Removals of these wait no longer, whatever else was to be removed together with them. */
  const release = (removals: readonly Removal[]): void => {
    for (const entry of [...entries.values()].filter(({ running }) => !running)) {
      const rest = entry.held.removals.filter((removal) => !removals.some((one) => isSame(one, removal)));
      entry.held = { ...entry.held, removals: rest };
      if (rest.length > 0) continue;
      clearTimeout(entry.timer);
      entries.delete(entry.held.id);
    }
  };
  return {
    get held() {
      return [...entries.values()].map(({ held }) => held);
    },
    hold(removals) {
      const held = { id: randomUUID(), until: new Date(now() + delay).toISOString(), removals: [...removals] };
      const entry: Entry = { held, timer: setTimeout(() => void perform(entry), delay) };
      entries.set(held.id, entry);
      changed();
      return held;
    },
    undo(id) {
      const entry = entries.get(id);
      if (!entry || entry.running) return false;
      const started = [...entries.values()].filter(({ running }) => running).flatMap(({ held }) => held.removals);
      const isTooLate = entry.held.removals.every((removal) => started.some((one) => isSame(one, removal)));
      release(entry.held.removals);
      changed();
      return !isTooLate;
    },
    async close() {
      const running = Promise.all([...entries.values()].map(perform));
      await Promise.race([running, after(closingTime)]);
    },
  };
}

function isSame(one: Removal, other: Removal): boolean {
  return one.method === other.method && one.input.id === other.input.id;
}

/** One after another, to spare the providers; one that fails does not stop the others. */
async function removeAll(
  removals: readonly Removal[],
  { remove, warn, log }: RemovalsOptions,
): Promise<RemovalOutcome> {
  const failures: Message[] = [];
  for (const removal of removals) {
    try {
      await remove(removal);
    } catch (error) {
      if (!(error instanceof RingbackError)) log.error('removals', describe(error));
      if (!isGone(error)) failures.push(failureOf(removal, error));
    }
  }
  const outcome = { removed: removals.length - failures.length, total: removals.length };
  for (const failure of failures) warn(failure);
  return outcome;
}

function failureOf({ name }: Removal, error: unknown): Message {
  const message = removalMessages.failed({ removed: name });
  return error instanceof RingbackError ? withCause(message, error) : message;
}

/** Somebody else removed it meanwhile, which is what was wanted. */
function isGone(error: unknown): boolean {
  return error instanceof RingbackError && error.code === 'not-found';
}

function after(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
