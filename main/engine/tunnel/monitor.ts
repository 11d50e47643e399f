import { setTimeout as delay } from 'node:timers/promises';
import type { TunnelStatus } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import { describe, type Log } from '../log.ts';
import { tunnelMessages } from '../messages/index.ts';
import type { FindProxy } from '../ports.ts';
import { type CheckTimer, createCheckTimer } from './check-timer.ts';
import { type EchoHistory, judgeEcho } from './echo-history.ts';
import { probe } from './probe.ts';
import { type StatusProblem, statusProblem } from './problem.ts';
import { configuredUrl, openProvider, type ProviderConnection, type ProviderSettings } from './providers/index.ts';
import { classifyFailure, type RetryTimings, retryDelay } from './retry.ts';

/** Details of a state: a problem, and what counts in place of the echo. */
type StateDetails = Partial<StatusProblem> & Pick<TunnelStatus, 'verifiedBy'>;

export interface ProviderState extends StateDetails {
  readonly state: 'connecting' | 'up' | 'down';
  readonly url?: string;
}

/** Keeps one provider connected, and reconnects it until it is stopped. */
export interface ProviderMonitor {
  /** The configured URL, or that of the connection while it is open. */
  readonly url: string | undefined;
  /** True while a check is in progress. */
  readonly busy: boolean;
  /** Checks at once instead of waiting, and resets the back-off. */
  checkNow(): void;
  /** A provider's delivery arrived through this callback URL. */
  confirm(callbackUrl: string): void;
  /** What a delivery verified does not count any more. */
  forgetConfirmation(): void;
  /** Complete: the connection is closed. */
  stop(): Promise<void>;
}

export interface MonitorOptions {
  readonly settings: ProviderSettings;
  readonly port: number;
  readonly echo: Pick<Echo, 'key' | 'nonce' | 'isAnswer'>;
  readonly fetch: typeof globalThis.fetch;
  readonly findProxy?: FindProxy;
  readonly environment: NodeJS.ProcessEnv;
  readonly log: Log;
  readonly timings: MonitorTimings;
  /** Whether something waits for a callback; nothing does when absent. */
  awaited?(): boolean;
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves when the connection before this one is closed, and with it its name and port are free. */
  readonly after: Promise<void>;
  /** "down" is reported for each failure. */
  onChange(state: ProviderState): void;
  /** What is known of a failed echo beyond the response. */
  explain?(failure: RingbackError): RingbackError;
  /** Called whenever a check is complete. */
  onSettled(): void;
}

/** All in milliseconds. */
export interface MonitorTimings extends RetryTimings {
  readonly openDeadline: number;
  readonly echoDeadline: number;
  readonly echoInterval: number;
  /** The same while something waits for a callback. */
  readonly urgentInterval: number;
  /** How long an echo, and one that repeats it, may take where something waits and the last echo was answered quickly. */
  readonly urgentDeadline: number;
  readonly urgentRepeatDeadline: number;
  /** Between a first failed echo and the second. */
  readonly pause: number;
  /** How long a delivery stands in for the echo. */
  readonly confirmationLifetime: number;
}

interface Session {
  readonly options: MonitorOptions;
  readonly signal: AbortSignal;
  readonly timer: CheckTimer;
  /** The URL that the user configured: each delivery is compared with it. */
  readonly configured: string | undefined;
  connection: ProviderConnection | undefined;
  /** Failed attempts since the connection was last stable. */
  attempts: number;
  /** When a delivery arrived while the echo failed. */
  confirmedAt: number | undefined;
  /** When a delivery last arrived through the public URL, as `performance.now` counts. */
  deliveredAt: number;
  state: ProviderState['state'];
}

export function startMonitor(options: MonitorOptions): ProviderMonitor {
  const stopping = new AbortController();
  const { signal } = stopping;
  const timer = createCheckTimer(signal, options.onSettled);
  const session: Session = {
    ...{ options, signal, timer, attempts: 0, state: 'connecting' },
    configured: configuredUrl(options.settings),
    ...{ connection: undefined, confirmedAt: undefined, deliveredAt: Number.NEGATIVE_INFINITY },
  };
  report(session, 'connecting');
  const ended = keepConnected(session);
  return {
    get url() {
      return urlOf(session);
    },
    get busy() {
      return timer.busy;
    },
    checkNow() {
      session.attempts = 0;
      timer.request();
    },
    confirm(callbackUrl) {
      if (!callbackUrl.startsWith(`${urlOf(session)}/in/`)) return;
      session.deliveredAt = performance.now();
      const isEchoed = session.state === 'up' && session.confirmedAt === undefined;
      if (isEchoed) return;
      session.confirmedAt = options.now();
      report(session, 'up', substituteFor(session));
    },
    forgetConfirmation() {
      session.confirmedAt = undefined;
    },
    stop() {
      stopping.abort();
      return ended;
    },
  };
}

function urlOf({ configured, connection }: Session): string | undefined {
  return configured ?? connection?.url;
}

function report(session: Session, state: ProviderState['state'], details?: StateDetails): void {
  if (session.signal.aborted) return;
  session.state = state;
  const url = urlOf(session);
  session.options.onChange({ state, ...(url ? { url } : {}), ...details });
}

function nextDelay(session: Session, maximum: number): number {
  return retryDelay(session.attempts++, maximum, session.options.timings);
}

async function keepConnected(session: Session): Promise<void> {
  const { options, signal, timer } = session;
  await options.after;
  while (!signal.aborted) {
    timer.answerRequests();
    const { error, wasOpen } = await connectOnce(session);
    if (!(error instanceof RingbackError) && !signal.aborted) options.log.warn('tunnel', describe(error));
    const { provider } = options.settings;
    const { problem, maxDelay, minDelay, isCooldown } = classifyFailure(error, options.timings, { provider, wasOpen });
    timer.answerSuspicions();
    report(session, 'down', problem);
    const wait = Math.max(nextDelay(session, maxDelay), minDelay * (1 + Math.random() / 4));
    await (isCooldown ? timer.waitFully(wait) : timer.wait(wait));
  }
}

/** Opens a connection and checks it until it fails or is lost. */
async function connectOnce(session: Session): Promise<{ readonly error: unknown; readonly wasOpen: boolean }> {
  const { options, signal, timer } = session;
  const { openDeadline: deadline, pause } = options.timings;
  const { port, fetch, environment, findProxy = async () => undefined } = options;
  const lost = new AbortController();
  const onInterrupted = (reason?: RingbackError): void => {
    if (reason) lost.abort(reason);
    timer.suspect();
  };
  let wasOpen = false;
  try {
    const providerOptions = { port, fetch, findProxy, environment, deadline, pause, signal, onInterrupted };
    const connection = await openProvider(options.settings, providerOptions);
    session.connection = connection;
    wasOpen = true;
    return { error: await checkRepeatedly(session, connection, lost.signal), wasOpen };
  } catch (error) {
    return { error, wasOpen };
  } finally {
    const last = session.connection;
    session.connection = undefined;
    // The next connection may get another URL, which no delivery has verified.
    if (configuredUrl(options.settings) === undefined) session.confirmedAt = undefined;
    await last?.close();
  }
}

/** Ends when the connection was lost, or its echoes failed for longer than it may take to reconnect; with what was wrong. */
async function checkRepeatedly(session: Session, connection: ProviderConnection, lost: AbortSignal): Promise<unknown> {
  const { options, signal, timer } = session;
  const { echo, fetch, timings } = options;
  const either = AbortSignal.any([signal, lost]);
  const history: EchoHistory = { missed: 0, answered: 0, answeredAt: performance.now(), duration: undefined };
  for (;;) {
    signal.throwIfAborted();
    timer.answerRequests();
    timer.answerSuspicions();
    const { url, remark } = connection;
    const started = performance.now();
    const failed = await probe({ url, echo, fetch, deadline: deadlineFor(options, history), signal: either });
    const failure = failed && (options.explain?.(failed) ?? failed);
    signal.throwIfAborted();
    if (lost.aborted) return lost.reason;
    if (!failed) history.duration = performance.now() - started;
    const verdict = judgeEcho(history, failure !== undefined, performance.now(), connection);
    const substitute = verdict === 'up' || verdict === 'repeat' ? undefined : substituteFor(session, failure);
    if (substitute) {
      history.missed = 0;
      report(session, 'up', substitute);
      await timer.wait(timings.echoInterval);
    } else if (verdict === 'up') {
      session.confirmedAt = undefined;
      // The first answer alone does not reset the back-off: a relay that keeps dropping us would be queried without end.
      if (history.answered > 1) session.attempts = 0;
      report(session, 'up', remark && statusProblem(remark));
      await waitForNextEcho(session);
    } else if (verdict === 'repeat') {
      await delay(isUrgent(options, history) ? 0 : timings.pause, undefined, { signal: either }).catch(() => {});
    } else if (verdict === 'reconnecting') {
      report(session, 'down', failure && statusProblem(failure));
      await timer.wait(nextDelay(session, timings.maxRetryDelayOffline));
    } else return failure;
    if (lost.aborted) return lost.reason;
  }
}

/** Until the interval has passed since the last echo, or since a delivery arrived, which shows as much. */
async function waitForNextEcho(session: Session): Promise<void> {
  const { options, timer, signal } = session;
  const { echoInterval, urgentInterval } = options.timings;
  const echoedAt = performance.now();
  while (!signal.aborted && !timer.due) {
    const interval = options.awaited?.() ? Math.min(urgentInterval, echoInterval) : echoInterval;
    const rest = interval - (performance.now() - Math.max(echoedAt, session.deliveredAt));
    if (rest <= 0) return;
    // Something may begin to wait meanwhile.
    await timer.wait(Math.min(rest, urgentInterval));
  }
}

/** Something waits, and the tunnel is quick enough to be judged quickly. */
function isUrgent({ awaited, timings }: MonitorOptions, { duration }: EchoHistory): boolean {
  return duration !== undefined && duration < timings.urgentDeadline / 3 && awaited?.() === true;
}

function deadlineFor(options: MonitorOptions, history: EchoHistory): number {
  const { echoDeadline, urgentDeadline, urgentRepeatDeadline } = options.timings;
  if (!isUrgent(options, history)) return echoDeadline;
  return Math.min(echoDeadline, history.missed === 0 ? urgentDeadline : urgentRepeatDeadline);
}

/** What counts in place of a failed echo: a recent delivery, or the user's trust. */
function substituteFor({ options, confirmedAt }: Session, failure?: RingbackError): StateDetails | undefined {
  const { settings, timings, now } = options;
  // An echo that reached this computer changed shows what happens to deliveries as well.
  if (failure?.reason && reachedChanged.includes(failure.reason.code)) return undefined;
  if (confirmedAt !== undefined && now() - confirmedAt < timings.confirmationLifetime) {
    const at = new Date(confirmedAt).toISOString();
    return { ...statusProblem(tunnelMessages.confirmedByDelivery({ at })), verifiedBy: 'delivery' };
  }
  if (settings.provider !== 'fixed' || settings.trusted !== true) return undefined;
  return { ...statusProblem(tunnelMessages.trusted()), verifiedBy: 'trust' };
}

const reachedChanged: readonly string[] = [
  'tunnel.bodyChanged',
  'tunnel.prefixAdded',
  'tunnel.suffixAdded',
  'tunnel.doubleSlash',
  'tunnel.pathRewritten',
];
