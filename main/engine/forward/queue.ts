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

/** What waits for one hook. */
interface Lane {
  /** Sends what is due. */
  run(): void;
  /** Cancels the run that is planned. */
  cancel(): void;
  /** Settles once all that is being sent has ended. */
  ended(): Promise<unknown>;
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
  const { ledger, settings } = options;
  const lanes = new Map<string, Lane>();
  const sendOnce = createForwardStep(options);
  const laneOf = (hook: string): Lane => {
    const lane = lanes.get(hook) ?? createLane(hook, options, (queued) => sendOnce(hook, queued));
    lanes.set(hook, lane);
    return lane;
  };
  const wake = (): void => {
    for (const hook of selectForwardingHooks(ledger)) laneOf(hook).run();
  };
  return {
    wake,
    async queueStored() {
      if (settings.enabled.length === 0) return;
      await queueRows(options);
      wake();
    },
    async drop(hook) {
      lanes.get(hook)?.cancel();
      await ledger.write('forwardsDropped', hook);
    },
    async close() {
      for (const lane of lanes.values()) lane.cancel();
      await Promise.all([...lanes.values()].map((lane) => lane.ended()));
    },
  };
}

function createLane(
  hook: string,
  options: ForwardQueueOptions,
  sendOnce: (queued: QueuedForward) => Promise<void>,
): Lane {
  const { settings, log, now, signal } = options;
  /** Attempts that have not ended, by their events. */
  const sending = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let isPaused = false;

  const run = (): void => {
    isPaused = false;
    sendDue();
  };
  const runLater = (delay: number): void => {
    clearTimeout(timer);
    if (!signal.aborted) timer = setTimeout(run, delay);
  };
  /** Something failed here, not at the handler. */
  const pause = (error: unknown): void => {
    log.warn('forward', `Forwarding stopped for now: ${describe(error)}`);
    isPaused = true;
    runLater(longestDelay);
  };
  const sendDue = (): void => {
    if (signal.aborted || isPaused || !settings.of(hook)?.enabled) return;
    try {
      const { due, next } = selectDue(options, hook, sending);
      for (const queued of due) sending.set(queued.event, send(queued));
      if (next !== undefined) runLater(next - now());
    } catch (error) {
      pause(error);
    }
  };
  const send = async (queued: QueuedForward): Promise<void> => {
    await sendOnce(queued).catch(pause);
    sending.delete(queued.event);
    sendDue();
  };
  return { run, cancel: () => clearTimeout(timer), ended: () => Promise.all(sending.values()) };
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
  sending: ReadonlyMap<number, unknown>,
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
