import { describe, type Log } from '../log.ts';
import { type Ledger, selectNextSend } from '../storage/index.ts';
import { createDelayQueues, type DueItems, exponentialDelay, hours, minutes, seconds } from '../timing/index.ts';
import { SinkFailure } from './outgoing.ts';

interface SinkQueueOptions {
  readonly ledger: Ledger;
  readonly log: Log;
  now(): number;
  /** The sinks that are used now. */
  sinks(): readonly string[];
  /** Sends the notification once; throws a SinkFailure. */
  send(sink: string, notification: number, signal: AbortSignal): Promise<void>;
  /** The notification was sent. */
  sent(sink: string): void;
  /** The notification waited too long, and is not sent. */
  expired(sink: string): void;
  /** An attempt failed; the notification is not sent again where it is the last. */
  failed(sink: string, failure: SinkFailure, isLast: boolean): void;
}

/** Notifications waiting to be sent, in order for each sink: one that fails delays the next until it is given up. */
interface SinkQueue {
  /** Sends what is due. */
  wake(): void;
  /** Forgets what waits for the sink. */
  drop(sink: string): Promise<void>;
  close(): Promise<void>;
}

const giveUpAfter = hours(24);
const firstDelay = seconds(5);
const longestDelay = minutes(15);
/** How long a request in progress may take while Ringback closes. */
const closingTime = seconds(3);

/** A notification that waits for one sink. */
interface QueuedSend {
  /** The number of the notification. */
  readonly id: number;
  /** Counts from 1. */
  readonly attempt: number;
  /** When it was queued, in milliseconds since 1970. */
  readonly since: number;
}

export function createSinkQueue(options: SinkQueueOptions): SinkQueue {
  const { ledger, log, now } = options;
  const aborting = new AbortController();
  const recovered = forgetInterrupted(ledger, log);
  const queues = createDelayQueues<QueuedSend>({
    ...{ now, longestDelay },
    select: (sink, inProgress) => selectDue(options, sink, inProgress),
    process: (sink, queued) => sendOne(sink, queued, options, aborting.signal),
    failed: (error) => log.warn('notifications', `Sending stopped for now: ${describe(error)}`),
  });
  return {
    wake() {
      void recovered.then(() => {
        for (const sink of options.sinks()) queues.wake(sink);
      });
    },
    async drop(sink) {
      queues.cancel(sink);
      await ledger.write('sendsDropped', sink);
    },
    async close() {
      const limit = setTimeout(() => aborting.abort(), closingTime);
      await Promise.all([recovered, queues.close()]);
      clearTimeout(limit);
    },
  };
}

/** The oldest notification that waits for the sink: those after it wait for its end. */
function selectDue(
  { ledger, sinks, now }: SinkQueueOptions,
  sink: string,
  inProgress: ReadonlySet<number>,
): DueItems<QueuedSend> {
  const row = inProgress.size === 0 && sinks().includes(sink) ? selectNextSend(ledger, sink) : undefined;
  if (!row) return { due: [], next: undefined };
  const dueAt = Number(row.due_at);
  if (dueAt > now()) return { due: [], next: dueAt };
  const queued = { id: Number(row.notice), attempt: Number(row.attempts) + 1, since: Number(row.since) };
  return { due: [queued], next: undefined };
}

/** What was being sent when Ringback was killed may have been received, so it is not sent again. */
async function forgetInterrupted(ledger: Ledger, log: Log): Promise<void> {
  try {
    const { count } = await ledger.write('sendsInterrupted', {});
    if (count > 0)
      log.warn(
        'notifications',
        `Ringback ended while notifications were being sent (${count}). They are not sent again.`,
      );
  } catch (error) {
    log.warn('notifications', describe(error));
  }
}

async function sendOne(
  sink: string,
  queued: QueuedSend,
  options: SinkQueueOptions,
  signal: AbortSignal,
): Promise<void> {
  const { ledger } = options;
  const { id: notification, since } = queued;
  if (options.now() - since > giveUpAfter) {
    await ledger.write('sendEnded', { sink, notification, next: null });
    options.expired(sink);
    return;
  }
  await ledger.write('sendStarted', { sink, notification });
  try {
    await options.send(sink, notification, signal);
  } catch (error) {
    if (!(error instanceof SinkFailure)) throw error;
    // Whether it was received is not known, as after a crash: the next start does not send it again.
    if (signal.aborted) return;
    const next = nextAttempt(queued, error, options.now());
    await ledger.write('sendEnded', { sink, notification, next });
    options.failed(sink, error, next === null);
    return;
  }
  await ledger.write('sendEnded', { sink, notification, next: null });
  options.sent(sink);
}

/** When it is sent again, in milliseconds since 1970; null if it is given up. */
export function nextAttempt(
  { attempt, since }: Pick<QueuedSend, 'attempt' | 'since'>,
  { isFinal, retryAfter = 0 }: Pick<SinkFailure, 'isFinal' | 'retryAfter'>,
  now: number,
): number | null {
  const next = now + Math.max(exponentialDelay(attempt, firstDelay, longestDelay), retryAfter);
  return isFinal || next - since > giveUpAfter ? null : next;
}
