import { isDeepStrictEqual } from 'node:util';
import type { Settings, TunnelStatus } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import { describe, type Log } from '../log.ts';
import { configuredProviders, type Failover, type FailoverTimings, openFailover } from './failover.ts';
import { configuredUrl } from './provider.ts';

/** Keeps this computer reachable from outside, and knows whether it is. */
export interface Tunnel {
  readonly status: TunnelStatus;
  /** Of the way that is used: the user's own address always; a granted one while it lives, whether or not it is up. */
  readonly url: string | undefined;
  /** Moves to other settings, or another port of the receiver; with the same ones it looks again. */
  use(settings: TunnelSettings, port?: number): void;
  /** Sends an echo now; resolves once it is clear what came of it. Opens the tunnel where it is closed until needed. */
  check(): Promise<TunnelStatus>;
  /** The public address, for somebody who needs it: opens the tunnel where it is closed, and waits for it. Throws where there is none, or none in time. */
  awaitUrl(): Promise<string>;
  /** To be called when what `needed` answers may have changed. */
  updateNeed(): void;
  /** To be called when the computer wakes or the network changes. */
  wake(): void;
  close(): Promise<void>;
}

/** The part of the settings that is the tunnel's. */
export type TunnelSettings = Pick<Settings, 'tunnel' | 'tunnelFallbacks' | 'tunnelWhenNeeded'>;

export interface TunnelOptions {
  /** Where the receiver listens; undefined while it does not, then nothing is opened. */
  readonly port: number | undefined;
  readonly settings: TunnelSettings;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  /** Of the programs that carry callbacks; that of this process when absent. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether anything waits for callbacks; asked only where the tunnel is open only when needed. */
  needed(): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: Log;
  /** Never called before `openTunnel` has returned, nor after `close` was called. */
  changed(status: TunnelStatus): void;
  readonly timings?: Partial<TunnelTimings>;
}

/** All in milliseconds. */
export interface TunnelTimings extends FailoverTimings {
  /** So long it stays open after it was needed last. */
  readonly closeAfter: number;
  /** So long whoever needs the address waits for it. */
  readonly urlDeadline: number;
}

export const defaultTimings: TunnelTimings = {
  openDeadline: 10_000,
  echoDeadline: 5_000,
  echoInterval: 60_000,
  pause: 1_000,
  minRetryDelay: 1_000,
  maxRetryDelay: 60_000,
  maxRetryDelayOffline: 8_000,
  unauthorizedRetryDelay: 5 * 60_000,
  settleAfter: 5_000,
  recoveryPeriod: 5 * 60_000,
  lingerFor: 10 * 60_000,
  closeAfter: 2 * 60_000,
  urlDeadline: 30_000,
};

const noAddress =
  'There is no public address yet, so callbacks could not reach this computer. Set up a tunnel in the settings first.';

/** Never throws and never rejects, but for `reach`: what goes wrong stands in the status. */
export function openTunnel(options: TunnelOptions): Tunnel {
  const { now, log, changed, environment = process.env } = options;
  const timings = { ...defaultTimings, ...options.timings };
  let { settings, port } = options;
  let status: TunnelStatus = { provider: settings.tunnel.provider, state: 'off' };
  let since = now();
  let waiting: (() => void)[] = [];
  let silent = true;
  let chain: Failover | undefined;
  let closing: Promise<void> = Promise.resolve();
  let closingTimer: NodeJS.Timeout | undefined;
  let held = false;
  let closed = false;

  const tell = (next: TunnelStatus): void => {
    if (isDeepStrictEqual(next, status)) return;
    if (next.state !== status.state || next.provider !== status.provider) {
      const reason = next.problem ? `: ${next.problem}` : '';
      log.info(
        'tunnel',
        `tunnel: ${next.provider} is ${next.state}${reason} (${status.provider} was ${status.state} for ${now() - since} ms)`,
      );
      since = now();
    }
    status = next;
    if (silent) return;
    try {
      changed(next);
    } catch (error) {
      log.warn('tunnel', `${describe(error)}`);
    }
  };
  /** Lets those who wait see for themselves whether they still have to. */
  const settle = (): void => {
    const asked = waiting;
    waiting = [];
    for (const look of asked) look();
  };
  const tellAll = (): void => {
    if (chain) tell(chain.status);
    settle();
  };
  const isNeeded = (): boolean => !settings.tunnelWhenNeeded || held || options.needed();
  const closeChain = (): void => {
    const last = chain;
    chain = undefined;
    if (last) closing = Promise.all([closing, last.close()]).then(() => {});
  };
  const open = (ways: ReturnType<typeof configuredProviders>, at: number): Failover =>
    openFailover({
      ...options,
      environment,
      providers: ways,
      port: at,
      timings,
      changed: tellAll,
      onSettled: settle,
      after: closing,
    });

  /** Opens, changes or closes the ways as settings and need say. */
  const arrange = (): void => {
    clearTimeout(closingTimer);
    closingTimer = undefined;
    const { provider } = settings.tunnel;
    const ways = configuredProviders(settings.tunnel, settings.tunnelFallbacks);
    if (ways.length === 0 || port === undefined) {
      closeChain();
      if (ways.length === 0) tell({ provider, state: 'off' });
      else tell({ provider, state: 'down', problem: 'The receiver is not listening.' });
    } else if (isNeeded()) {
      if (chain) chain.use(ways, port);
      else chain = open(ways, port);
      tell(chain.status);
    } else {
      closeChain();
      tell({ provider, state: 'idle' });
    }
    settle();
  };
  const consider = (): void => {
    if (closed || !settings.tunnelWhenNeeded) return;
    if (!isNeeded()) {
      if (chain) closingTimer ??= setTimeout(arrange, timings.closeAfter);
    } else if (chain) {
      clearTimeout(closingTimer);
      closingTimer = undefined;
    } else arrange();
  };
  /** Opens what is closed until needed, and keeps it open for a while. */
  const need = (): void => {
    held = true;
    consider();
    held = false;
    consider();
  };
  const until = (isClear: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => void (closed || isClear() ? resolve() : waiting.push(look));
      look();
    });

  arrange();
  silent = false;

  return {
    get status() {
      return status;
    },
    get url() {
      return chain ? chain.url : configuredUrl(settings.tunnel);
    },
    use(next, nextPort = port) {
      if (closed) return;
      const same = nextPort === port && isDeepStrictEqual(next, settings);
      settings = next;
      port = nextPort;
      if (same) chain?.checkNow();
      else arrange();
    },
    async check() {
      if (closed) return status;
      need();
      chain?.checkNow();
      await until(() => !chain?.busy);
      return status;
    },
    async awaitUrl() {
      need();
      if (!chain) throw new RingbackError('conflict', noAddress);
      if (chain.url === undefined && chain.status.state === 'down') chain.checkNow();
      const late = setTimeout(settle, timings.urlDeadline);
      const deadline = performance.now() + timings.urlDeadline;
      await until(() => !chain || isClear(chain) || performance.now() >= deadline);
      clearTimeout(late);
      const url = chain?.url;
      if (url !== undefined) return url;
      const reason = status.problem ?? 'It is still being connected.';
      throw new RingbackError(
        'conflict',
        `There is no public address yet. ${reason} Try again a little later, or look at the tunnel in the settings.`,
      );
    },
    updateNeed: consider,
    wake() {
      chain?.restartRecovery();
      chain?.checkNow();
    },
    async close() {
      closed = true;
      silent = true;
      clearTimeout(closingTimer);
      closeChain();
      settle();
      await closing;
      status = { provider: settings.tunnel.provider, state: 'off' };
    },
  };
}

/** Whether there is an address to give away, or waiting for one is in vain. */
function isClear({ url, isUserUrl: isGiven, status, allFailed: hopeless, busy }: Failover): boolean {
  if (url !== undefined) return isGiven || status.state !== 'connecting';
  return hopeless && !busy;
}
