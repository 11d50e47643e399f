import { isDeepStrictEqual } from 'node:util';
import type { Settings, Status } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import type { Echo, Misroute, Router, UnmatchedRecorder } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import { type Message, tunnelMessages } from '../messages/index.ts';
import type { FindProxy, ReceiverAccess } from '../ports.ts';
import { seconds } from '../timing/index.ts';
import { openReceiverPort } from './receiver-port.ts';
import { openTunnel, type Tunnel, type TunnelSettings, type TunnelTimings } from './tunnel.ts';

/** The receiver and the tunnel that leads to it. */
export interface Endpoint {
  readonly receiver: Status['receiver'];
  readonly unmatched: Pick<UnmatchedRecorder, 'misroute'>;
  readonly tunnel: Tunnel;
  /** Moves to another port or tunnel. Throws a conflict where the port is in use; then nothing has changed. */
  use(settings: Settings): Promise<void>;
  close(): Promise<void>;
}
interface EndpointOptions {
  readonly settings: Settings;
  readonly router: Router;
  readonly echo: Echo;
  readonly unmatched: UnmatchedRecorder;
  readonly fetch: typeof globalThis.fetch;
  readonly findProxy?: FindProxy;
  /** Read when it opens, and with new settings. */
  access?(): ReceiverAccess;
  /** Whether callbacks are accepted. */
  isHealthy?(): boolean;
  /** The tunnel stays closed: another computer may be using it. */
  isHeld?(): boolean;
  /** Whether anything waits for callbacks. */
  needed(): boolean;
  /** Whether something waits for a callback right now. */
  awaited?(): boolean;
  now(): number;
  readonly log: Log;
  readonly tunnelTimings?: Partial<TunnelTimings>;
  changed(): void;
}

/** How long a request at a wrong path explains a failed echo. */
const misrouteLifetime = seconds(30);

/** Starts even where the configured port is in use: the status says so, and the port is retried until it is free. */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { router, unmatched, echo, fetch, findProxy, needed, now, log, changed } = options;
  const { isHeld = () => false, access = () => ({}), isHealthy = () => true } = options;
  let { settings } = options;
  const providers = (from: Settings): TunnelSettings =>
    isHeld() ? { ...tunnelSettings(from), ...closed } : tunnelSettings(from);
  let used = providers(settings);
  const receiver = await openReceiverPort({
    ...{ port: settings.receiver.port, router, access, isHealthy, log },
    retried() {
      if (receiver.port !== undefined) tunnel.use(providers(settings), receiver.port);
      changed();
    },
  });
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
    ...(options.tunnelTimings ? { timings: options.tunnelTimings } : {}),
  };
  const tunnel = openTunnel({ ...parts, port: receiver.port, settings: used });

  return {
    unmatched,
    get receiver() {
      return { ...receiver.status, ...unmatchedStatus(unmatched) };
    },
    tunnel,
    async use(next) {
      const moved = await receiver.use(next.receiver.port);
      settings = next;
      const isRerouted = moved || !isDeepStrictEqual(providers(next), used);
      used = providers(next);
      if (isRerouted) tunnel.use(used, receiver.port);
      changed();
    },
    async close() {
      await tunnel.close();
      await receiver.close();
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
  if (kind === 'rewritten') return tunnelMessages.pathRewritten({ path: added });
  if (kind === 'protocol') return tunnelMessages.otherProtocol({ protocol: added });
  return tunnelMessages.doubleSlash();
}

const closed = { tunnel: { provider: 'off' }, tunnelFallbacks: [] } as const satisfies Partial<TunnelSettings>;

function tunnelSettings({ tunnel, tunnelFallbacks, tunnelWhenNeeded }: Settings): TunnelSettings {
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded };
}
