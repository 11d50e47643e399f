import type { Connection, TunnelSettings } from '../../preload/contract/index.ts';
import { ask } from '../engine/ask.ts';
import type { Engine } from '../engine/index.ts';

/** The URLs and credentials of the simulators of this run. */
export interface DemoServices {
  readonly apsUrl: string;
  readonly relayUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly autoflexUrl: string;
  readonly autoflex: { readonly username: string; readonly apiKey: string; readonly password: string };
}

/** The connections to the simulators. */
export interface DemoConnections {
  readonly aps: Connection;
  readonly manufacturing: Connection;
  readonly autoflex: Connection;
}

const names = { aps: 'Sandbox', manufacturing: 'Sandbox designs', autoflex: 'Sandbox garage' } as const;

/**
 * Updates the tunnel and the connections of the sandbox with the simulators' URLs, which change at each start. A tunnel
 * that the user set up stays unchanged. Throws the engine's problem.
 */
export async function connectDemo(engine: Pick<Engine, 'ask'>, services: DemoServices): Promise<DemoConnections> {
  const { tunnel } = await ask(engine, 'settings.get', {});
  if (!isOfTheUser(tunnel)) {
    await ask(engine, 'settings.set', { tunnel: { provider: 'localtunnel', host: services.relayUrl } });
  }
  for (const earlier of await ask(engine, 'connections.list', {})) {
    // Its simulator ended with the previous process, and its hooks with it.
    if (isSandbox(earlier)) await ask(engine, 'connections.remove', { id: earlier.id, keepHooks: true });
  }
  const { username, apiKey, password } = services.autoflex;
  const account = {
    settings: { clientId: services.clientId, baseUrl: services.apsUrl },
    secrets: { clientSecret: services.clientSecret },
  };
  const aps = await ask(engine, 'connections.add', { connector: 'aps-webhooks', name: names.aps, ...account });
  const manufacturing = await ask(engine, 'connections.add', {
    connector: 'aps-manufacturing',
    name: names.manufacturing,
    ...account,
  });
  const autoflex = await ask(engine, 'connections.add', {
    connector: 'autoflex',
    name: names.autoflex,
    settings: { username, baseUrl: services.autoflexUrl },
    secrets: { apiKey, password },
  });
  return { aps, manufacturing, autoflex };
}

function isOfTheUser(tunnel: TunnelSettings): boolean {
  if (tunnel.provider === 'localtunnel') return !isLoopback(tunnel.host);
  return tunnel.provider !== 'off';
}

function isSandbox(connection: Connection): boolean {
  return Object.values<string>(names).includes(connection.name) && isLoopback(connection.settings.baseUrl ?? '');
}

function isLoopback(url: string): boolean {
  return URL.parse(url)?.hostname === '127.0.0.1';
}
