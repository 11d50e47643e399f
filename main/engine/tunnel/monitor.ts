import { setTimeout as delay } from 'node:timers/promises';
import { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import { describe, type Log } from '../log.ts';
import { probe } from './probe.ts';
import { CooldownError, configuredUrl, type ProviderConnection, type ProviderSettings } from './provider.ts';
import { openProvider } from './providers.ts';

/** How a way stands at present. */
export interface ProviderState {
  readonly state: 'connecting' | 'up' | 'down';
  readonly url?: string;
  readonly problem?: string;
}

/** One way, opened again and again until it is stopped. */
export interface ProviderMonitor {
  /** The address the user gave, or the one of the way that is open at present. */
  readonly url: string | undefined;
  /** True while it is not yet clear how things stand. */
  readonly busy: boolean;
  /** Looks at once instead of waiting on, and forgets the back-off. */
  checkNow(): void;
  /** Complete: the way is closed. */
  stop(): Promise<void>;
}

export interface MonitorOptions {
  readonly settings: ProviderSettings;
  readonly port: number;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly timings: MonitorTimings;
  /** The way before this one: its name and port are free once it is closed. */
  readonly after: Promise<void>;
  /** "down" is told each time it failed. */
  onChange(news: ProviderState): void;
  /** Called whenever it is clear how things stand and nothing is under way. */
  onSettled(): void;
}

/** All in milliseconds. */
export interface MonitorTimings {
  readonly openDeadline: number;
  readonly echoDeadline: number;
  readonly echoInterval: number;
  /** Between a first echo that failed and the second. */
  readonly pause: number;
  /** The first wait of the back-off, and the longest. */
  readonly minRetryDelay: number;
  readonly maxRetryDelay: number;
  /** The longest wait while nobody answers at all: asking then costs nobody anything, and the network may be back any moment. */
  readonly maxRetryDelayOffline: number;
  /** The wait after a sign-in was refused: servers shut out who tries too often. */
  readonly unauthorizedRetryDelay: number;
}

/** Echoes that must fail in a row before a way counts as down. */
const maxMissedEchoes = 2;

/** What an attempt ended with, and how long to wait before the next. */
interface Failure {
  readonly message: string;
  readonly mostWait: number;
  readonly leastWait?: number;
  /** Not even a look ends the wait earlier. */
  readonly firm?: boolean;
}

export function startMonitor({
  settings,
  port,
  echo,
  fetch,
  log,
  timings,
  after,
  ...options
}: MonitorOptions): ProviderMonitor {
  const ending = new AbortController();
  const { signal } = ending;
  let way: ProviderConnection | undefined;
  let opened = false;
  let attempts = 0;
  let asked = false;
  let doubtful = false;
  let busy = true;
  let endRest = (): void => {};

  const url = (): string | undefined => configuredUrl(settings) ?? way?.url;
  const tell = (state: ProviderState['state'], problem?: string): void => {
    const address = url();
    if (!signal.aborted)
      options.onChange({ state, ...(address ? { url: address } : {}), ...(problem ? { problem } : {}) });
  };
  const settle = (): void => {
    busy = false;
    options.onSettled();
  };
  const rest = async (milliseconds: number, firm = false): Promise<void> => {
    if (signal.aborted || (!firm && (asked || doubtful))) return;
    settle();
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        busy = true;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
      endRest = firm ? settle : end;
    });
    endRest = () => {};
  };
  const backOff = (most: number): number => {
    const wait = Math.min(most, timings.minRetryDelay * 1.6 ** attempts++);
    return Math.max(timings.minRetryDelay, wait * (0.75 + Math.random() / 4));
  };

  /** Ends when the way was lost, or its echoes failed for longer than it may take to repair itself; with what was wrong. */
  const watchOver = async (
    { url, remark, startupGrace: settles = 0, reconnectGrace: repairs = 0 }: ProviderConnection,
    lost: AbortSignal,
  ): Promise<unknown> => {
    let misses = 0;
    let answers = 0;
    let answeredAt = performance.now();
    for (;;) {
      signal.throwIfAborted();
      asked = false;
      doubtful = false;
      const either = AbortSignal.any([signal, lost]);
      const failure = await probe({ url, echo, fetch, deadline: timings.echoDeadline, signal: either });
      signal.throwIfAborted();
      if (lost.aborted) return lost.reason;
      const silent = performance.now() - answeredAt;
      if (!failure) {
        misses = 0;
        answeredAt = performance.now();
        // A first answer alone does not end the back-off: a relay that drops us again and again would be asked without end.
        if (++answers > 1) attempts = 0;
        tell('up', remark);
        await rest(timings.echoInterval);
      } else if ((answers === 0 && silent < settles) || ++misses < maxMissedEchoes) {
        await delay(timings.pause, undefined, { signal: either }).catch(() => {});
      } else if (silent < repairs) {
        misses = 0;
        tell('down', failure.message);
        await rest(backOff(timings.maxRetryDelayOffline));
      } else return failure;
      if (lost.aborted) return lost.reason;
    }
  };
  const attempt = async (): Promise<unknown> => {
    const { openDeadline: deadline, pause } = timings;
    const losing = new AbortController();
    const trouble = (reason?: RingbackError): void => {
      if (reason) losing.abort(reason);
      doubtful = true;
      endRest();
    };
    const { environment } = options;
    opened = false;
    try {
      way = await openProvider(settings, { port, fetch, environment, deadline, pause, signal, onInterrupted: trouble });
      opened = true;
      return await watchOver(way, losing.signal);
    } catch (error) {
      return error;
    } finally {
      const last = way;
      way = undefined;
      await last?.close();
    }
  };
  const failureOf = (error: unknown): Failure => {
    const {
      maxRetryDelay: retryMost,
      maxRetryDelayOffline: retryMostOffline,
      unauthorizedRetryDelay: retryRefused,
    } = timings;
    if (!(error instanceof RingbackError)) {
      if (!signal.aborted) log.warn('tunnel', `${describe(error)}`);
      return { message: 'The tunnel failed inside Ringback. The log has the details.', mostWait: retryMost };
    }
    const { message, code } = error;
    if (error instanceof CooldownError) return { message, mostWait: retryMost, leastWait: error.cooldown, firm: true };
    if (code === 'unauthorized') return { message, mostWait: retryMost, leastWait: retryRefused };
    // A relay that gave a name, and did not answer to it, would give another each time.
    const costsNobody = code === 'offline' && !(opened && settings.provider === 'localtunnel');
    return { message, mostWait: costsNobody ? retryMostOffline : retryMost };
  };
  const keepUp = async (): Promise<void> => {
    await after;
    while (!signal.aborted) {
      asked = false;
      const { message, mostWait, leastWait = 0, firm } = failureOf(await attempt());
      doubtful = false;
      tell('down', message);
      await rest(Math.max(backOff(mostWait), leastWait * (1 + Math.random() / 4)), firm);
    }
  };

  tell('connecting');
  const ended = keepUp();
  return {
    get url() {
      return url();
    },
    get busy() {
      return busy;
    },
    checkNow() {
      asked = true;
      attempts = 0;
      endRest();
    },
    stop() {
      ending.abort();
      return ended;
    },
  };
}
