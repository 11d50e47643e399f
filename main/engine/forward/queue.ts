import type { ForwardAttempt } from '../../../preload/contract/index.ts';
import { describe, type Log } from '../log.ts';
import {
  type Ledger,
  selectForwardingHooks,
  selectForwardsByDue,
  selectNextForward,
  selectUnforwarded,
} from '../storage/index.ts';
import { createDelayQueues, type DueItems, exponentialDelay, hours, minutes, seconds } from '../timing/index.ts';
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

interface QueuedForward {
  /** The number of the event. */
  readonly id: number;
  /** Counts from 1. */
  readonly attempt: number;
  /** When it was queued, in milliseconds since 1970. */
  readonly since: number;
}

const batchSize = 500;
/** Events of one hook that are sent at once. */
const parallel = 8;
const giveUpAfter = hours(1);
const firstDelay = seconds(1);
const longestDelay = minutes(5);

export function createForwardQueue(options: ForwardQueueOptions): ForwardQueue {
  const { ledger, settings, log, now } = options;
  const queues = createDelayQueues<QueuedForward>({
    ...{ now, longestDelay, process: createForwardStep(options) },
    select: (hook, inProgress) => selectDue(options, hook, inProgress),
    failed: (error) => log.warn('forward', `Forwarding stopped for now: ${describe(error)}`),
  });
  const wake = (): void => {
    for (const hook of selectForwardingHooks(ledger)) queues.wake(hook);
  };
  return {
    wake,
    async queueStored() {
      if (settings.enabled.length === 0) return;
      await queueRows(options);
      wake();
    },
    async drop(hook) {
      queues.cancel(hook);
      await ledger.write('forwardsDropped', hook);
    },
    close: queues.close,
  };
}

/** Events that can be sent beside those in progress: the oldest or, if the user wants no order, those that are due first. */
function selectDue(
  { ledger, settings, now }: Pick<ForwardQueueOptions, 'ledger' | 'settings' | 'now'>,
  hook: string,
  inProgress: ReadonlySet<number>,
): DueItems<QueuedForward> {
  const forward = settings.of(hook);
  const isParallel = forward?.order === 'parallel';
  const room = (isParallel ? parallel : 1) - inProgress.size;
  if (room <= 0 || !forward?.enabled) return { due: [], next: undefined };
  const oldest = isParallel ? undefined : selectNextForward(ledger, hook);
  const rows = isParallel ? selectForwardsByDue(ledger, hook, parallel) : oldest ? [oldest] : [];
  const waiting = rows.filter(({ event }) => !inProgress.has(Number(event)));
  const time = now();
  const due = waiting.filter(({ due_at }) => Number(due_at) <= time).slice(0, room);
  const later = due.length < room ? waiting[due.length] : undefined;
  return { due: due.map(queuedOf), next: later && Number(later.due_at) };
}

function queuedOf({ event, attempts, since }: Readonly<Record<string, unknown>>): QueuedForward {
  return { id: Number(event), attempt: Number(attempts) + 1, since: Number(since) };
}

/** Events found by a look-up have no original bytes, and unsigned ones may be from anybody: neither is forwarded. */
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
  return async (hook, { id: event, attempt, since }) => {
    const result = await options.send(event, attempt);
    if (signal.aborted) return;
    const time = now() + exponentialDelay(attempt, firstDelay, longestDelay);
    const isOver = isDelivered(result) || time - since > giveUpAfter;
    await ledger.write('forwardAttempt', { event, record: JSON.stringify(result), next: isOver ? null : time });
    if (isDelivered(result)) reported.delete(hook);
    else if (isOver) await reportOnce(hook, event, result);
  };
}
