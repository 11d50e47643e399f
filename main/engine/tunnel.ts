import { isDeepStrictEqual } from 'node:util';
import type { TunnelSettings, TunnelStatus } from '../../preload/contract.ts';
import type { Echo } from './echo.ts';
import { describe, type Log } from './log.ts';
import { defaultTimings, startWatch, type TunnelTimings, type Watch } from './tunnel-watch.ts';
import { ownUrl } from './way.ts';

/** Keeps this computer reachable from outside, and knows whether it is. */
export interface Tunnel {
  readonly status: TunnelStatus;
  /** The user's own address always; a granted one while it lives, whether or not it is up. */
  readonly url: string | undefined;
  /** Moves to other settings, or another port of the receiver; with the same ones it looks again. */
  use(settings: TunnelSettings, port?: number): void;
  /** Sends an echo now; resolves once it is clear what came of it. */
  check(): Promise<TunnelStatus>;
  /** To be called when the computer wakes or the network changes. */
  wake(): void;
  close(): Promise<void>;
}

export interface TunnelOptions {
  /** Where the receiver listens; undefined while it does not, then nothing is opened. */
  readonly port: number | undefined;
  readonly settings: TunnelSettings;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: Log;
  /** Never called before `openTunnel` has returned, nor after `close` was called. */
  changed(status: TunnelStatus): void;
  readonly timings?: Partial<TunnelTimings>;
}

/** Never throws and never rejects: what goes wrong stands in the status. */
export function openTunnel(options: TunnelOptions): Tunnel {
  const { now, log, changed } = options;
  const timings = { ...defaultTimings, ...options.timings };
  let { settings, port } = options;
  let status: TunnelStatus = { provider: settings.provider, state: 'off' };
  let since = now();
  let waiting: ((status: TunnelStatus) => void)[] = [];
  let silent = true;

  const tell = (next: TunnelStatus): void => {
    if (isDeepStrictEqual(next, status)) return;
    if (next.state !== status.state) {
      log(
        `tunnel: ${next.state}${next.problem ? `: ${next.problem}` : ''} (was ${status.state} for ${now() - since} ms)`,
      );
      since = now();
    }
    status = next;
    if (silent) return;
    try {
      changed(next);
    } catch (error) {
      log(`tunnel: ${describe(error)}`);
    }
  };
  const settle = (): void => {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve(status);
  };
  const start = (after: Promise<void>): Watch | undefined => {
    const { provider } = settings;
    if (provider === 'off') tell({ provider, state: 'off' });
    else if (port === undefined) tell({ provider, state: 'down', problem: 'The receiver is not listening.' });
    else return startWatch({ ...options, settings, port, timings, tell, settle, after });
    settle();
  };
  let watch = start(Promise.resolve());
  let stopped = Promise.resolve();
  let closed = false;
  silent = false;

  return {
    get status() {
      return status;
    },
    get url() {
      return settings.provider === 'fixed' ? ownUrl(settings.url) : watch?.url;
    },
    use(nextSettings, nextPort = port) {
      if (closed) return;
      const same = nextPort === port && isDeepStrictEqual(nextSettings, settings);
      settings = nextSettings;
      port = nextPort;
      if (same) return watch?.look();
      stopped = Promise.all([stopped, watch?.stop()]).then(() => {});
      watch = start(stopped);
    },
    check: () =>
      new Promise((resolve) => {
        if (!watch) return resolve(status);
        waiting.push(resolve);
        watch.look();
      }),
    wake: () => watch?.look(),
    async close() {
      closed = true;
      silent = true;
      const last = watch;
      watch = undefined;
      await Promise.all([stopped, last?.stop()]);
      status = { provider: settings.provider, state: 'off' };
      settle();
    },
  };
}
