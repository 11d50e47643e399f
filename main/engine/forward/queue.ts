import type { ForwardAttempt } from '../../../preload/contract/index.ts';
import { describe, type Log } from '../log.ts';
import {
  type Ledger,
  selectForwardingHooks,
  selectForwardsByDue,
  selectNextForward,
  selectUnforwarded,
} from '../storage/index.ts';
import { hours, minutes, seconds } from '../timing/index.ts';
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
 * Where the user wants no order, up to eight are sent at once, and each that ends is followed by the next that is due.
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

/** What is done for one hook at present. */
interface Lane {
  /** Events whose attempt has not ended. */
  readonly sending: Set<number>;
  timer: NodeJS.Timeout | undefined;
  /** Something failed here, not at the handler. */
  isPaused: boolean;
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
  const lanes = new Map<string, Lane>();
  const running = new Set<Promise<void>>();
  const sendOnce = createForwardStep(options);

  const laneOf = (hook: string): Lane => {
    const lane = lanes.get(hook) ?? { sending: new Set(), timer: undefined, isPaused: false };
    lanes.set(hook, lane);
    return lane;
  };
  const run = (hook: string): void => {
    laneOf(hook).isPaused = false;
    sendDue(hook);
  };
  const runLater = (hook: string, delay: number): void => {
    const lane = laneOf(hook);
    clearTimeout(lane.timer);
    if (!signal.aborted) lane.timer = setTimeout(() => run(hook), delay);
  };
  const pause = (hook: string, error: unknown): void => {
    log.warn('forward', `Forwarding stopped for now: ${describe(error)}`);
    laneOf(hook).isPaused = true;
    runLater(hook, longestDelay);
  };
  const sendDue = (hook: string): void => {
    const { sending, isPaused } = laneOf(hook);
    if (signal.aborted || isPaused || !settings.of(hook)?.enabled) return;
    try {
      const { due, next } = selectDue(options, hook, sending);
      for (const queued of due) start(hook, queued);
      if (next !== undefined) runLater(hook, next - now());
    } catch (error) {
      pause(hook, error);
    }
  };
  const send = async (hook: string, queued: QueuedForward): Promise<void> => {
    const { sending } = laneOf(hook);
    sending.add(queued.event);
    try {
      await sendOnce(hook, queued);
    } catch (error) {
      pause(hook, error);
    }
    sending.delete(queued.event);
    sendDue(hook);
  };
  const start = (hook: string, queued: QueuedForward): void => {
    const done = send(hook, queued);
    running.add(done);
    void done.finally(() => running.delete(done));
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
      clearTimeout(laneOf(hook).timer);
      await ledger.write('forwardsDropped', hook);
    },
    async close() {
      for (const { timer } of lanes.values()) clearTimeout(timer);
      await Promise.all(running);
    },
  };
}

interface Selection {
  readonly due: readonly QueuedForward[];
  /** When more is due; undefined where nothing is, or what is being sent has to end before. */
  readonly next: number | undefined;
}

/** What is to be sent now beside what is being sent: the oldest event, or those due first where they may overtake each other. */
function selectDue(
  { ledger, settings, now }: Pick<ForwardQueueOptions, 'ledger' | 'settings' | 'now'>,
  hook: string,
  sending: ReadonlySet<number>,
): Selection {
  const isParallel = settings.of(hook)?.order === 'parallel';
  const room = (isParallel ? parallel : 1) - sending.size;
  if (room <= 0) return { due: [], next: undefined };
  const oldest = isParallel ? undefined : selectNextForward(ledger, hook);
  const rows = isParallel ? selectForwardsByDue(ledger, hook, parallel) : oldest ? [oldest] : [];
  const waiting = rows.filter(({ event }) => !sending.has(Number(event)));
  const time = now();
  const due = waiting.filter(({ due_at }) => Number(due_at) <= time).slice(0, room);
  const later = due.length < room ? waiting[due.length] : undefined;
  return { due: due.map(queuedOf), next: later && Number(later.due_at) };
}

function queuedOf({ event, attempts, since }: Readonly<Record<string, unknown>>): QueuedForward {
  return { event: Number(event), attempt: Number(attempts) + 1, since: Number(since) };
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
