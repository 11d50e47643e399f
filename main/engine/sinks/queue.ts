import { describe, type Log } from '../log.ts';
import { type Ledger, selectNextSend } from '../storage/index.ts';
import { coalesce, hours, minutes, seconds } from '../timing/index.ts';
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

/** Notifications that wait to be sent, each sink in its own order: one that fails holds up those after it until it is given up. */
interface SinkQueue {
  /** Sends what is due. */
  wake(): void;
  /** Forgets what waits for the sink. */
  drop(sink: string): Promise<void>;
  close(): Promise<void>;
}

const giveUpAfter = hours(24);
const longestDelay = minutes(15);
/** How long what is being sent may take while Ringback ends. */
const closingTime = seconds(3);

/** Milliseconds until the next attempt after so many. */
export function retryDelay(attempts: number): number {
  return Math.min(seconds(5 * 2 ** Math.min(attempts - 1, 20)), longestDelay);
}

export function createSinkQueue(options: SinkQueueOptions): SinkQueue {
  const { ledger, log } = options;
  const closing = new AbortController();
  const aborting = new AbortController();
  const runs = new Map<string, () => Promise<void>>();
  const running = new Set<Promise<void>>();
  const timers = new Map<string, NodeJS.Timeout>();
  const recovered = forgetInterrupted(ledger, log);

  const run = (sink: string): void => {
    if (closing.signal.aborted) return;
    clearTimeout(timers.get(sink));
    const work = runs.get(sink) ?? coalesce(() => sendDue(sink));
    runs.set(sink, work);
    const done = work().catch((error: unknown) => {
      log.warn('notifications', `Sending stopped for now: ${describe(error)}`);
      runLater(sink, longestDelay);
    });
    running.add(done);
    void done.finally(() => running.delete(done));
  };
  const runLater = (sink: string, delay: number): void => {
    clearTimeout(timers.get(sink));
    if (!closing.signal.aborted)
      timers.set(
        sink,
        setTimeout(() => run(sink), delay),
      );
  };
  const sendDue = async (sink: string): Promise<void> => {
    await recovered;
    while (!closing.signal.aborted && options.sinks().includes(sink)) {
      const next = selectNextSend(ledger, sink);
      if (!next) return;
      const due = Number(next.due_at) - options.now();
      if (due > 0) return runLater(sink, Math.min(due, longestDelay));
      const attempt = { sink, notification: Number(next.notice), attempts: Number(next.attempts) + 1 };
      await sendOne({ ...attempt, since: Number(next.since) }, options, aborting.signal);
    }
  };
  return {
    wake() {
      for (const sink of options.sinks()) run(sink);
    },
    async drop(sink) {
      clearTimeout(timers.get(sink));
      await ledger.write('sendsDropped', sink);
    },
    async close() {
      closing.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      const limit = setTimeout(() => aborting.abort(), closingTime);
      await Promise.all(running);
      clearTimeout(limit);
    },
  };
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

interface Attempt {
  readonly sink: string;
  readonly notification: number;
  readonly attempts: number;
  readonly since: number;
}

async function sendOne(attempt: Attempt, options: SinkQueueOptions, signal: AbortSignal): Promise<void> {
  const { sink, notification, since } = attempt;
  const { ledger } = options;
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
    // Whether it was received stays open, as after a crash.
    if (signal.aborted) return;
    const next = nextAttempt(attempt, error, options.now());
    await ledger.write('sendEnded', { sink, notification, next });
    options.failed(sink, error, next === null);
    return;
  }
  await ledger.write('sendEnded', { sink, notification, next: null });
  options.sent(sink);
}

/** When it is sent again; null where it is not. */
export function nextAttempt(
  { attempts, since }: Pick<Attempt, 'attempts' | 'since'>,
  { isFinal, retryAfter = 0 }: Pick<SinkFailure, 'isFinal' | 'retryAfter'>,
  now: number,
): number | null {
  const next = now + Math.max(retryDelay(attempts), retryAfter);
  return isFinal || next - since > giveUpAfter ? null : next;
}
