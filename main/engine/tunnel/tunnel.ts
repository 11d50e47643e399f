import { isDeepStrictEqual } from 'node:util';
import type { Settings, TunnelStatus } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import { tunnelMessages, tunnelUnavailable } from '../messages/index.ts';
import type { FindProxy } from '../ports.ts';
import { days, minutes } from '../timing/index.ts';
import type { CandidateTimings } from './candidate.ts';
import { createDemand } from './demand.ts';
import { configuredProviders, createFailover, type Failover } from './failover.ts';
import { statusProblem } from './problem.ts';
import { configuredUrl } from './providers/index.ts';
import { createStatusReport } from './status-report.ts';
import { createWaiters, type Waiters } from './waiters.ts';

/** Makes this computer reachable from outside, and knows whether it is. */
export interface Tunnel {
  readonly status: TunnelStatus;
  /** Of the used provider: if configured, always; if assigned, while its connection is open, up or not. */
  readonly url: string | undefined;
  /** Switches to other settings, or another port of the receiver; with the same ones it checks again. */
  use(settings: TunnelSettings, port?: number): void;
  /** Sends an echo now; resolves with the result. Opens the tunnel where it is closed until needed. */
  check(): Promise<TunnelStatus>;
  /** The public URL: opens the tunnel where it is closed, and waits for it. Throws where there is none, or none in time. */
  awaitUrl(): Promise<string>;
  /** To be called when the result of `needed` may have changed. */
  updateNeed(): void;
  /** A provider's delivery arrived through this callback URL, which verifies a public URL that the echo cannot reach. */
  confirm(callbackUrl: string): void;
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
  /** Of connections that carry callbacks; all are direct when absent. */
  readonly findProxy?: FindProxy;
  /** Of the programs that carry callbacks; that of this process when absent. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Whether anything waits for callbacks; called only where the tunnel is open only when needed. */
  needed(): boolean;
  /** Whether something waits for a callback, so that a failure must be noticed soon. */
  awaited?(): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: Log;
  /** Never called before `openTunnel` has returned, nor after `close` was called. */
  changed(status: TunnelStatus): void;
  /** What is known of a failed echo beyond the response. */
  explain?(failure: RingbackError): RingbackError;
  readonly timings?: Partial<TunnelTimings>;
}

/** All in milliseconds. */
export interface TunnelTimings extends CandidateTimings {
  /** How long it stays open after it was last needed. */
  readonly closeAfter: number;
  /** How long `awaitUrl` waits. */
  readonly urlDeadline: number;
}

export const defaultTimings: TunnelTimings = {
  openDeadline: 10_000,
  echoDeadline: 5_000,
  // Two echoes must fail before the tunnel counts as down: within 60 s, and within 15 s while something waits.
  echoInterval: 48_000,
  urgentInterval: 10_000,
  urgentDeadline: 3_000,
  urgentRepeatDeadline: 1_900,
  pause: 1_000,
  minRetryDelay: 1_000,
  maxRetryDelay: minutes(1),
  maxRetryDelayOffline: 8_000,
  unauthorizedRetryDelay: minutes(5),
  settleAfter: 5_000,
  recoveryPeriod: minutes(5),
  lingerFor: minutes(10),
  confirmationLifetime: days(1),
  closeAfter: minutes(2),
  urlDeadline: 30_000,
};

/** Never throws and never rejects, except for `awaitUrl`: what goes wrong is in the status. */
export function openTunnel(options: TunnelOptions): Tunnel {
  const { echo, fetch, findProxy, now, log, changed, needed, awaited, explain, environment = process.env } = options;
  const timings = { ...defaultTimings, ...options.timings };
  const waiters = createWaiters();
  let { settings, port } = options;
  let closed = false;
  /** The status while the tunnel is not open. */
  let closedStatus: TunnelStatus | undefined = statusOff(settings);
  const report = createStatusReport({ initial: closedStatus, now, log, changed });
  const onChange = (): void => {
    report.set(closedStatus ?? failover.status);
    waiters.notify();
  };
  const given = {
    ...(awaited ? { awaited } : {}),
    ...(explain ? { explain } : {}),
    ...(findProxy ? { findProxy } : {}),
  };
  const monitored = { echo, fetch, environment, log, timings, now, ...given };
  const failover = createFailover({ ...monitored, onChange, onSettled: waiters.notify });
  /** Opens, changes or closes the providers as the settings and the need say. */
  const apply = (): void => {
    demand.cancelClosing();
    closedStatus = closed ? statusOff(settings) : closedStatusOf(settings, port, () => demand.isNeeded);
    const providers = closedStatus ? [] : configuredProviders(settings.tunnel, settings.tunnelFallbacks);
    failover.use(providers, port ?? 0);
  };
  const isOpen = (): boolean => closedStatus === undefined;
  const isOnDemand = (): boolean => settings.tunnelWhenNeeded;
  const demand = createDemand({ isOnDemand, needed, isOpen, apply, closeAfter: timings.closeAfter });
  apply();
  report.start();
  return {
    get status() {
      return report.current;
    },
    get url() {
      return isOpen() ? failover.url : configuredUrl(settings.tunnel);
    },
    use(next, nextPort = port) {
      if (nextPort === port && isDeepStrictEqual(next, settings)) return failover.checkNow();
      [settings, port] = [next, nextPort];
      apply();
    },
    check: () =>
      demand.during(async () => {
        failover.checkNow();
        await waiters.until(() => !failover.busy);
        return report.current;
      }),
    awaitUrl: () => demand.during(() => awaitUrl(failover, isOpen, waiters, timings.urlDeadline)),
    updateNeed: demand.update,
    confirm: failover.confirm,
    wake() {
      failover.restartRecovery();
      failover.checkNow();
    },
    close() {
      closed = true;
      report.stop();
      apply();
      return failover.close();
    },
  };
}

/** The status where the tunnel is not to be open; undefined where it is. */
function closedStatusOf(
  settings: TunnelSettings,
  port: number | undefined,
  isNeeded: () => boolean,
): TunnelStatus | undefined {
  const { provider } = settings.tunnel;
  if (provider === 'off') return statusOff(settings);
  if (port === undefined) return { provider, state: 'down', ...statusProblem(tunnelMessages.receiverDown()) };
  return isNeeded() ? undefined : { provider, state: 'idle' };
}

function statusOff({ tunnel: { provider } }: TunnelSettings): TunnelStatus {
  return { provider, state: 'off' };
}

async function awaitUrl(failover: Failover, isOpen: () => boolean, waiters: Waiters, timeout: number): Promise<string> {
  if (!isOpen()) throw new RingbackError('conflict', tunnelMessages.notConfigured());
  if (failover.url === undefined && failover.status.state === 'down') failover.checkNow();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    waiters.notify();
  }, timeout);
  await waiters.until(() => isLate || !isOpen() || hasOutcome(failover));
  clearTimeout(timer);
  if (failover.url !== undefined) return failover.url;
  const { problem, reason } = failover.status;
  const message = problem === undefined ? tunnelMessages.connecting() : tunnelUnavailable(problem, reason);
  throw new RingbackError('conflict', message);
}

/** Whether there is a URL to use, or waiting for one is pointless. */
function hasOutcome({ url, isUserUrl, status, allFailed, busy }: Failover): boolean {
  if (url !== undefined) return isUserUrl || status.state !== 'connecting';
  return allFailed && !busy;
}
