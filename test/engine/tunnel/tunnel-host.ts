import { createServer, type RequestListener, type Server } from 'node:http';
import { onTestFinished } from 'vitest';
import { createEcho } from '../../../main/engine/ingress/echo.ts';
import { openReceiver } from '../../../main/engine/ingress/receiver.ts';
import { openTunnel, type TunnelOptions } from '../../../main/engine/tunnel/tunnel.ts';
import { startRelay } from '../../../main/sandbox/relay/relay.ts';
import type { TunnelSettings, TunnelStatus } from '../../../preload/contract/index.ts';
import { listening } from '../../support/listening.ts';
import { collectingLog } from '../../support/log.ts';
import { eventually } from '../../support/temporary.ts';

/** Short enough for a test, long enough for two busy cores. */
const timings = {
  openDeadline: 5_000,
  echoDeadline: 2_000,
  echoInterval: 60_000,
  pause: 30,
  minRetryDelay: 40,
  maxRetryDelay: 200,
  maxRetryDelayOffline: 100,
  unauthorizedRetryDelay: 200,
  settleAfter: 100,
  recoveryPeriod: 400,
  lingerFor: 150,
  closeAfter: 100,
  urlDeadline: 3_000,
};

/** The providers in the user's order, and whether they are open only when needed. */
export interface ProviderOrder {
  readonly providers: readonly TunnelSettings[];
  readonly whenNeeded?: boolean;
}

/** The part of the settings that is the tunnel's. */
export function tunnelSettings(settings: TunnelSettings | ProviderOrder) {
  const { providers, whenNeeded = false } = 'providers' in settings ? settings : { providers: [settings] };
  const [tunnel = { provider: 'off' as const }, ...tunnelFallbacks] = providers;
  return { tunnel, tunnelFallbacks, tunnelWhenNeeded: whenNeeded };
}

/** A tunnel with a receiver that answers the echo; all is closed when the test ends. */
export async function reachable(settings: TunnelSettings | ProviderOrder, options: Partial<TunnelOptions> = {}) {
  const echo = createEcho();
  const receiver = await openReceiver({
    port: 0,
    match: (key) =>
      key === echo.key
        ? { receive: async ({ body }) => ({ status: 200, text: echo.answer(body) }), tooLarge: () => {} }
        : undefined,
  });
  const reported: TunnelStatus[] = [];
  const logged: string[] = [];
  const tunnel = openTunnel({
    port: receiver.port,
    settings: tunnelSettings(settings),
    needed: () => true,
    echo,
    fetch,
    now: Date.now,
    log: collectingLog(logged),
    changed: (status) => reported.push(status),
    ...options,
    timings: { ...timings, ...options.timings },
  });
  onTestFinished(async () => {
    await tunnel.close();
    await receiver.close();
  });
  const state = async (wanted: TunnelStatus['state']): Promise<TunnelStatus> => {
    await eventually(() => {
      if (tunnel.status.state !== wanted)
        throw new Error(`still ${JSON.stringify(tunnel.status)}\n${logged.join('\n')}`);
    });
    return tunnel.status;
  };
  return { tunnel, receiver, echo, reported, logged, state };
}

/** A relay; for `graceMs` it remembers a client without sockets. */
export async function relay(graceMs = 40) {
  const started = await startRelay({ graceMs });
  onTestFinished(() => started.stop());
  return started;
}

/** Any HTTP server on loopback; closed when the test ends. */
export async function serve(listener: RequestListener): Promise<{ url: string; port: number; server: Server }> {
  const server = createServer(listener);
  const url = await listening(server);
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url, port: Number(new URL(url).port), server };
}
