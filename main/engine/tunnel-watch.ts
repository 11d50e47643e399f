import { setTimeout as delay } from 'node:timers/promises';
import type { TunnelSettings, TunnelStatus } from '../../preload/contract.ts';
import type { Echo } from './echo.ts';
import { RingbackError } from './errors.ts';
import { describe, type Log } from './log.ts';
import { probe } from './probe.ts';
import { openWay, ownUrl, type Way } from './way.ts';

/** One way, opened again and again for as long as the settings stay the same. */
export interface Watch {
  /** The address of the way that is open at present. */
  readonly url: string | undefined;
  /** Looks at once instead of waiting on, and forgets the back-off. */
  look(): void;
  /** Complete: the way is closed. */
  stop(): Promise<void>;
}

export interface WatchOptions {
  readonly settings: Exclude<TunnelSettings, { provider: 'off' }>;
  readonly port: number;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  readonly log: Log;
  readonly timings: TunnelTimings;
  /** The way before this one: its name and port are free once it is closed. */
  readonly after: Promise<void>;
  tell(status: TunnelStatus): void;
  /** Called whenever it is clear how things stand and nothing is under way. */
  settle(): void;
}

/** All in milliseconds. */
export interface TunnelTimings {
  readonly openDeadline: number;
  readonly echoDeadline: number;
  readonly echoEvery: number;
  /** Between a first echo that failed and the second. */
  readonly pause: number;
  /** The first wait of the back-off, and the longest. */
  readonly retryFirst: number;
  readonly retryMost: number;
  /** The longest wait while nobody answers at all: asking then costs nobody anything, and the network may be back any moment. */
  readonly retryMostOffline: number;
}

export const defaultTimings: TunnelTimings = {
  openDeadline: 10_000,
  echoDeadline: 5_000,
  echoEvery: 60_000,
  pause: 1_000,
  retryFirst: 1_000,
  retryMost: 60_000,
  retryMostOffline: 8_000,
};

/** Echoes that must fail in a row before the tunnel counts as down. */
const missesUntilDown = 2;

interface Failure {
  readonly message: string;
  /** The longest wait before the next attempt. */
  readonly mostWait: number;
}

export function startWatch({ settings, port, echo, fetch, log, timings, after, ...options }: WatchOptions): Watch {
  const { provider } = settings;
  const ending = new AbortController();
  const { signal } = ending;
  let way: Way | undefined;
  let attempts = 0;
  let asked = false;
  let doubtful = false;
  let endRest = (): void => {};

  const tell = (state: TunnelStatus['state'], problem?: string): void => {
    const url = provider === 'fixed' ? ownUrl(settings.url) : way?.url;
    if (!signal.aborted) options.tell({ provider, state, ...(url ? { url } : {}), ...(problem ? { problem } : {}) });
  };
  const rest = (milliseconds: number): Promise<void> => {
    if (asked || doubtful || signal.aborted) return Promise.resolve();
    options.settle();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  const backOff = (most: number): number => {
    const wait = Math.min(most, timings.retryFirst * 1.6 ** attempts++);
    return Math.max(timings.retryFirst, wait * (0.75 + Math.random() / 4));
  };

  /** Ends when two echoes in a row have failed, with what was wrong. */
  const watchOver = async ({ url, remark }: Way): Promise<RingbackError> => {
    let misses = 0;
    let answers = 0;
    for (;;) {
      signal.throwIfAborted();
      asked = false;
      doubtful = false;
      const failure = await probe({ url, echo, fetch, deadline: timings.echoDeadline, signal });
      signal.throwIfAborted();
      if (failure && ++misses === missesUntilDown) return failure;
      if (failure) {
        await delay(timings.pause, undefined, { signal });
        continue;
      }
      misses = 0;
      // A first answer alone does not end the back-off: a relay that drops us again and again would be asked without end.
      if (++answers > 1) attempts = 0;
      tell('up', remark);
      await rest(timings.echoEvery);
    }
  };
  const trouble = (): void => {
    doubtful = true;
    endRest();
  };
  const attempt = async (): Promise<Failure> => {
    const { openDeadline: deadline, pause, retryMost, retryMostOffline } = timings;
    try {
      way = await openWay(settings, { port, fetch, deadline, pause, signal, trouble });
      const { code, message } = await watchOver(way);
      return { message, mostWait: provider === 'fixed' && code === 'offline' ? retryMostOffline : retryMost };
    } catch (error) {
      if (error instanceof RingbackError) {
        return { message: error.message, mostWait: error.code === 'offline' ? retryMostOffline : retryMost };
      }
      if (!signal.aborted) log(`tunnel: ${describe(error)}`);
      return { message: 'The tunnel failed inside Ringback. The log has the details.', mostWait: retryMost };
    } finally {
      const last = way;
      way = undefined;
      await last?.close();
    }
  };
  const keepUp = async (): Promise<void> => {
    await after;
    while (!signal.aborted) {
      asked = false;
      const { message, mostWait } = await attempt();
      doubtful = false;
      tell('down', message);
      await rest(backOff(mostWait));
    }
  };

  tell('connecting');
  const ended = keepUp();
  return {
    get url() {
      return way?.url;
    },
    look() {
      asked = true;
      attempts = 0;
      endRest();
    },
    stop() {
      ending.abort();
      endRest();
      return ended;
    },
  };
}
