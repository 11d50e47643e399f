import type { ForwardAttempt } from '../../../preload/contract/index.ts';
import { describe, type Log } from '../log.ts';
import {
  type Ledger,
  selectDueForwards,
  selectFirstDueForward,
  selectForwardingHooks,
  selectNextForward,
  selectUnforwarded,
} from '../storage/index.ts';
import { coalesce, hours, minutes, seconds } from '../timing/index.ts';
import { isDelivered } from './send.ts';
import type { ForwardSettings } from './settings.ts';

interface ForwardQueueOptions {
  readonly ledger: Ledger;
  readonly settings: ForwardSettings;
  readonly log: Log;
  now(): number;
  /** An event of the hook was not accepted within an hour; told once until one is. */
  gaveUp(
    given: { readonly hook: string; readonly event: number; readonly at: number },
    last: ForwardAttempt,
  ): Promise<unknown>;
  /** Sends the event once. */
  send(event: number, attempt: number): Promise<ForwardAttempt>;
  readonly signal: AbortSignal;
}

/**
 * Events that wait to be forwarded, each hook in its own order: one that fails holds up those after it until it is given up.
 * Where the user wants no order, several are sent at once and none waits for another.
 */
interface ForwardQueue {
  /** Queues the events that were stored since. */
  queueStored(): Promise<void>;
  /** Sends what is due. */
  wake(): void;
  /** Forgets what of the hook waits. */
  drop(hook: string): Promise<void>;
  close(): Promise<void>;
}

interface QueuedForward {
  readonly event: number;
  /** Counts from 1. */
  readonly attempt: number;
  readonly since: number;
}

const batchSize = 500;
/** Events of one hook that are sent at once. */
const parallel = 8;
const giveUpAfter = hours(1);
const longestDelay = minutes(5);

/** Milliseconds until the next attempt after so many. */
export function backOff(attempts: number): number {
  return Math.min(seconds(2 ** Math.min(attempts, 20)) / 2, longestDelay);
}

export function createForwardQueue(options: ForwardQueueOptions): ForwardQueue {
  const { ledger, settings, log, now, signal } = options;
  const runs = new Map<string, () => Promise<void>>();
  const running = new Set<Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const sendNext = createForwardStep(options);
  const select = createSelection(options);

  const run = (hook: string): void => {
    if (signal.aborted) return;
    clearTimeout(timers.get(hook));
    const work = runs.get(hook) ?? coalesce(() => sendDue(hook));
    runs.set(hook, work);
    const done = work().catch((error: unknown) => {
      log.warn('forward', `Forwarding stopped for now: ${describe(error)}`);
      runLater(hook, longestDelay);
    });
    running.add(done);
    void done.finally(() => running.delete(done));
  };
  const runLater = (hook: string, delay: number): void => {
    clearTimeout(timers.get(hook));
    if (!signal.aborted)
      timers.set(
        hook,
        setTimeout(() => run(hook), delay),
      );
  };
  const sendDue = async (hook: string): Promise<void> => {
    while (!signal.aborted && settings.of(hook)?.enabled) {
      const { due, next } = select(hook);
      if (due.length > 0) await allDone(due.map((queued) => sendNext(hook, queued)));
      else if (next !== undefined) return runLater(hook, next - now());
      else return;
    }
  };
  const wake = (): void => {
    for (const hook of selectForwardingHooks(ledger)) run(hook);
  };
  return {
    wake,
    async queueStored() {
      if (settings.enabled.length === 0) return;
      await queueRows(options);
      wake();
    },
    async drop(hook) {
      clearTimeout(timers.get(hook));
      await ledger.write('forwardsDropped', hook);
    },
    async close() {
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

interface Selection {
  readonly due: readonly QueuedForward[];
  /** When more is due, where nothing is yet. */
  readonly next: number | undefined;
}

/** What is to be sent now: the oldest event, or all that are due where they may overtake each other. */
function createSelection({ ledger, settings, now }: ForwardQueueOptions): (hook: string) => Selection {
  return (hook) => {
    const isParallel = settings.of(hook)?.order === 'parallel';
    const first = isParallel ? selectFirstDueForward(ledger, hook) : selectNextForward(ledger, hook);
    const time = now();
    const next = first && Number(first.due_at);
    if (first === undefined || next === undefined || next > time) return { due: [], next };
    const rows = isParallel ? selectDueForwards(ledger, hook, time, parallel) : [first];
    return { due: rows.map(queuedOf), next };
  };
}

function queuedOf({ event, attempts, since }: Readonly<Record<string, unknown>>): QueuedForward {
  return { event: Number(event), attempt: Number(attempts) + 1, since: Number(since) };
}

/** Waits for all of them, also where one fails. */
async function allDone(sending: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(sending)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

/** What was looked up has no original bytes, and nobody vouches for what was not signed. */
const isForwarded = (verified: string): boolean => verified !== 'lookup' && verified !== 'none';

async function queueRows({ ledger, settings, now }: ForwardQueueOptions): Promise<void> {
  const hooks = new Set(settings.enabled.map(({ hook }) => hook));
  let rows = selectUnforwarded(ledger, batchSize);
  while (rows.length > 0) {
    const chosen = rows.filter(({ hook, verified }) => hooks.has(String(hook)) && isForwarded(String(verified)));
    const queued = chosen.map(({ id, hook }) => ({ event: Number(id), hook: String(hook) }));
    await ledger.write('forwardsQueued', { upTo: Number(rows.at(-1)?.id), at: now(), rows: queued });
    rows = selectUnforwarded(ledger, batchSize);
  }
}

/** Sends the next event of a hook once, and stores what came of it. */
function createForwardStep(options: ForwardQueueOptions): (hook: string, queued: QueuedForward) => Promise<void> {
  const { ledger, log, now, signal } = options;
  const reported = new Set<string>();
  /** A handler that is down for long gives up many events. */
  const reportOnce = async (hook: string, event: number, last: ForwardAttempt): Promise<void> => {
    log.warn('forward', `Event ${event} could not be forwarded within an hour.`);
    if (reported.has(hook)) return;
    reported.add(hook);
    await options.gaveUp({ hook, event, at: now() }, last);
  };
  return async (hook, { event, attempt, since }) => {
    const result = await options.send(event, attempt);
    if (signal.aborted) return;
    const time = now() + backOff(attempt);
    const isOver = isDelivered(result) || time - since > giveUpAfter;
    await ledger.write('forwardAttempt', { event, record: JSON.stringify(result), next: isOver ? null : time });
    if (isDelivered(result)) reported.delete(hook);
    else if (isOver) await reportOnce(hook, event, result);
  };
}
