import type { Connection, TunnelSettings } from '../../preload/contract.ts';
import { ask } from './ask.ts';
import type { Engine } from './index.ts';

/** Where the stand-ins of this run are. */
export interface Trial {
  readonly apsUrl: string;
  readonly relayUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const name = 'Sandbox';

/**
 * Points the tunnel and the connection "Sandbox" at the stand-ins, whose addresses are new at every start.
 * A tunnel of the user's own is left alone. Throws what the engine answers.
 */
export async function enterTrial(engine: Pick<Engine, 'ask'>, trial: Trial): Promise<Connection> {
  const { tunnel } = await ask(engine, 'settings.get', {});
  if (!isOfTheUser(tunnel)) {
    await ask(engine, 'settings.set', { tunnel: { provider: 'localtunnel', host: trial.relayUrl } });
  }
  for (const earlier of await ask(engine, 'connections.list', {})) {
    // Its stand-in ended with the process that ran it, and the hooks with it.
    if (isSandbox(earlier)) await ask(engine, 'connections.remove', { id: earlier.id, keepHooks: true });
  }
  const settings = { clientId: trial.clientId, baseUrl: trial.apsUrl };
  const secrets = { clientSecret: trial.clientSecret };
  return ask(engine, 'connections.add', { connector: 'aps-webhooks', name, settings, secrets });
}

function isOfTheUser(tunnel: TunnelSettings): boolean {
  if (tunnel.provider === 'localtunnel') return !isLoopback(tunnel.host);
  return tunnel.provider === 'fixed';
}

function isSandbox(connection: Connection): boolean {
  return connection.name === name && isLoopback(connection.settings.baseUrl ?? '');
}

function isLoopback(url: string): boolean {
  return URL.parse(url)?.hostname === '127.0.0.1';
}
