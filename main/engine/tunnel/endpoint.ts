import { isDeepStrictEqual } from 'node:util';
import type { Settings, Status } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import { type Echo, openReceiver, type Receiver, type Router } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import { type StatusProblem, statusProblem } from './problem.ts';
import { openTunnel, type Tunnel, type TunnelSettings } from './tunnel.ts';

/** The receiver and the tunnel that leads to it. */
export interface Endpoint {
  readonly receiver: Status['receiver'];
  readonly tunnel: Tunnel;
  /** Moves to another port or tunnel. Throws a conflict where the port is in use; then nothing has changed. */
  use(settings: Settings): Promise<void>;
  close(): Promise<void>;
}
export interface EndpointOptions {
  readonly settings: Settings;
  readonly router: Router;
  readonly echo: Echo;
  readonly fetch: typeof globalThis.fetch;
  /** Whether anything waits for callbacks. */
  needed(): boolean;
  now(): number;
  readonly log: Log;
  changed(): void;
}

/** How often a configured port that is in use is tried again, in milliseconds. */
const portRetryInterval = 10_000;

/** Starts even where the configured port is in use: the status says so, and the port is retried until it is free. */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { router, log, changed } = options;
  let { settings } = options;
  let receiver: Receiver | undefined;
  let problem: StatusProblem | undefined;
  let configuredPort = settings.receiver.port;
  let timer: NodeJS.Timeout | undefined;

  const retryPort = async (): Promise<void> => {
    await openConfiguredPort();
    if (receiver) tunnel.use(tunnelSettings(settings), receiver.port);
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
  const { echo, fetch, needed, now } = options;
  const parts = { echo, fetch, needed, now, log, changed };
  const tunnel = openTunnel({ ...parts, port: receiver?.port, settings: tunnelSettings(settings) });

  return {
    get receiver() {
      return { port: receiver?.port ?? configuredPort, ...problem };
    },
    tunnel,
    async use(next) {
      const { port } = next.receiver;
      // A random port that becomes the configured one is no move.
      const stays = port === configuredPort || port === receiver?.port;
      if (!stays) await moveReceiver(port);
      configuredPort = port;
      const isRerouted = !stays || !isDeepStrictEqual(tunnelSettings(next), tunnelSettings(settings));
      settings = next;
      if (isRerouted) tunnel.use(tunnelSettings(next), receiver?.port);
      changed();
    },
    async close() {
      clearTimeout(timer);
      await tunnel.close();
      await receiver?.close();
    },
  };
}

function tunnelSettings({ tunnel, tunnelFallbacks, tunnelWhenNeeded }: Settings): TunnelSettings {
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded };
}
