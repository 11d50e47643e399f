import { isDeepStrictEqual } from 'node:util';
import type { Settings, Status } from '../../../preload/contract.ts';
import type { RingbackError } from '../errors.ts';
import type { Echo } from '../ingress/index.ts';
import { openReceiver, type Receiver, type Router } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import { openTunnel, type Tunnel, type TunnelSettings } from './tunnel.ts';

/** The receiver and the tunnel before it: how callbacks get in. */
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

/** Starts even where the configured port is in use: the status says so, and the port is tried again until it is free. */
export async function openEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { router, echo, log, changed } = options;
  let receiver: Receiver | undefined;
  let problem: string | undefined;
  let wanted = options.settings.receiver.port;
  let timer: NodeJS.Timeout | undefined;

  const bind = (port: number): Promise<Receiver> => openReceiver({ port, ...router });
  const tryPort = async (): Promise<void> => {
    try {
      receiver = await bind(wanted);
      problem = undefined;
    } catch (error) {
      problem = (error as RingbackError).message;
      log.info('tunnel', problem);
      timer = setTimeout(async () => {
        await tryPort();
        if (receiver) tunnel.use(tunnelOf(settings), receiver.port);
        changed();
      }, portRetryInterval);
    }
  };
  let settings = options.settings;
  await tryPort();
  const { fetch, needed, now } = options;
  const parts = { echo, fetch, needed, now, log, changed };
  const tunnel = openTunnel({ ...parts, port: receiver?.port, settings: tunnelOf(settings) });

  return {
    get receiver() {
      return { port: receiver?.port ?? wanted, ...(problem === undefined ? {} : { problem }) };
    },
    tunnel,
    async use(next) {
      // To be given for good the port it happens to have is no move.
      const stays = next.receiver.port === wanted || next.receiver.port === receiver?.port;
      if (!stays) {
        const fresh = await bind(next.receiver.port);
        clearTimeout(timer);
        await receiver?.close();
        receiver = fresh;
        problem = undefined;
      }
      wanted = next.receiver.port;
      const reroutes = !stays || !isDeepStrictEqual(tunnelOf(next), tunnelOf(settings));
      settings = next;
      if (reroutes) tunnel.use(tunnelOf(next), receiver?.port);
      changed();
    },
    async close() {
      clearTimeout(timer);
      await tunnel.close();
      await receiver?.close();
    },
  };
}

function tunnelOf({ tunnel, tunnelFallbacks, tunnelWhenNeeded }: Settings): TunnelSettings {
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded };
}
