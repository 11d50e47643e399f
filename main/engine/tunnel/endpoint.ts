import { isDeepStrictEqual } from 'node:util';
import type { Settings, Status } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import {
  type Echo,
  type Misroute,
  openReceiver,
  type Receiver,
  type Router,
  type UnmatchedRecorder,
} from '../ingress/index.ts';
import type { Log } from '../log.ts';
import { type Message, tunnelMessages } from '../messages/index.ts';
import type { FindProxy } from '../ports.ts';
import { seconds } from '../timing/index.ts';
import { type StatusProblem, statusProblem } from './problem.ts';
import { openTunnel, type Tunnel, type TunnelSettings } from './tunnel.ts';

/** The receiver and the tunnel that leads to it. */
export interface Endpoint {
  readonly receiver: Status['receiver'];
  readonly unmatched: Pick<UnmatchedRecorder, 'misroute'>;
  readonly tunnel: Tunnel;
  /** Moves to another port or tunnel. Throws a conflict where the port is in use; then nothing has changed. */
  use(settings: Settings): Promise<void>;
  close(): Promise<void>;
}
export interface EndpointOptions {
  readonly settings: Settings;
  readonly router: Router;
  readonly echo: Echo;
  readonly unmatched: UnmatchedRecorder;
  readonly fetch: typeof globalThis.fetch;
  readonly findProxy?: FindProxy;
  /** The tunnel stays closed: another computer may be using it. */
  isHeld?(): boolean;
  /** Whether anything waits for callbacks. */
  needed(): boolean;
  /** Whether something waits for a callback right now. */
  awaited?(): boolean;
  now(): number;
  readonly log: Log;
  changed(): void;
}

/** How long a request at a wrong path explains a failed echo. */
const misrouteLifetime = seconds(30);
/** How often a configured port that is in use is tried again */
const portRetryInterval = seconds(10);

/** Starts even where the configured port is in use: the status says so, and the port is retried until it is free. */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { router, unmatched, echo, fetch, findProxy, needed, now, log, changed } = options;
  const { isHeld = () => false } = options;
  let { settings } = options;
  const providers = (from: Settings): TunnelSettings =>
    isHeld() ? { ...tunnelSettings(from), ...closed } : tunnelSettings(from);
  let used = providers(settings);
  let receiver: Receiver | undefined;
  let problem: StatusProblem | undefined;
  let configuredPort = settings.receiver.port;
  let timer: NodeJS.Timeout | undefined;

  const retryPort = async (): Promise<void> => {
    await openConfiguredPort();
    if (receiver) tunnel.use(providers(settings), receiver.port);
    changed();
  };
  const openConfiguredPort = async (): Promise<void> => {
    try {
      receiver = await openReceiver({ port: configuredPort, ...router });
      problem = undefined;
    } catch (error) {
      if (!(error instanceof RingbackError)) throw error;
      problem = statusProblem(error);
      log.warn('tunnel', problem.problem);
      timer = setTimeout(retryPort, portRetryInterval);
    }
  };
  const moveReceiver = async (port: number): Promise<void> => {
    const next = await openReceiver({ port, ...router });
    clearTimeout(timer);
    await receiver?.close();
    receiver = next;
    problem = undefined;
  };
  await openConfiguredPort();
  const explain = (failure: RingbackError): RingbackError => explainMisroute(failure, unmatched.misroute, now());
  const parts = {
    echo,
    fetch,
    needed,
    now,
    log,
    changed,
    explain,
    ...(findProxy ? { findProxy } : {}),
    ...(options.awaited ? { awaited: options.awaited } : {}),
  };
  const tunnel = openTunnel({ ...parts, port: receiver?.port, settings: used });

  return {
    unmatched,
    get receiver() {
      return { port: receiver?.port ?? configuredPort, ...problem, ...unmatchedStatus(unmatched) };
    },
    tunnel,
    async use(next) {
      const { port } = next.receiver;
      // A random port that becomes the configured one is no move.
      const stays = port === configuredPort || port === receiver?.port;
      if (!stays) await moveReceiver(port);
      configuredPort = port;
      settings = next;
      const isRerouted = !stays || !isDeepStrictEqual(providers(next), used);
      used = providers(next);
      if (isRerouted) tunnel.use(used, receiver?.port);
      changed();
    },
    async close() {
      clearTimeout(timer);
      await tunnel.close();
      await receiver?.close();
    },
  };
}

function unmatchedStatus({ requests }: UnmatchedRecorder): Pick<Status['receiver'], 'unmatched'> {
  if (!requests) return {};
  const { since, lastAt, ...rest } = requests;
  return { unmatched: { ...rest, since: new Date(since).toISOString(), lastAt: new Date(lastAt).toISOString() } };
}

/** A failed echo that arrived at a wrong path says more than the status it was answered with. */
function explainMisroute(failure: RingbackError, misroute: Misroute | undefined, now: number): RingbackError {
  if (!misroute || now - misroute.at > misrouteLifetime || failure.code !== 'provider') return failure;
  return new RingbackError('provider', misrouteMessage(misroute), { cause: failure });
}

function misrouteMessage({ kind, added }: Misroute): Message {
  if (kind === 'prefix') return tunnelMessages.prefixAdded({ prefix: added });
  if (kind === 'suffix') return tunnelMessages.suffixAdded({ suffix: added });
  return tunnelMessages.doubleSlash();
}

const closed = { tunnel: { provider: 'off' }, tunnelFallbacks: [] } as const satisfies Partial<TunnelSettings>;

function tunnelSettings({ tunnel, tunnelFallbacks, tunnelWhenNeeded }: Settings): TunnelSettings {
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded };
}
