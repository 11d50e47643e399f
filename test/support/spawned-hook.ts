import { createHmac } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { startSandbox } from '../../main/sandbox/sandbox.ts';
import type { Spawned } from '../headless/spawned.ts';

/** A hook of a host that runs as a process of its own, and what a delivery to it needs. */
export interface SpawnedHook {
  readonly id: string;
  /** The path of its callback URL; the port is another one after each start. */
  readonly path: string;
  readonly secret: string;
}

/** Makes a connection and a hook through the real interface. */
export async function registerHook(host: Pick<Spawned, 'ask'>): Promise<SpawnedHook> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const { receiver } = await host.ask('status.get', {});
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url: `http://127.0.0.1:${receiver.port}` } });
  const { clientId, clientSecret, apsUrl } = sandbox;
  const connection = await host.ask('connections.add', {
    connector: 'aps-webhooks',
    settings: { clientId, baseUrl: apsUrl },
    secrets: { clientSecret },
  });
  const hook = await host.ask('hooks.create', {
    connection: connection.id,
    system: 'adsk.flc.production',
    event: 'item.update',
    scope: { workspace: 'urn:adsk.plm:tenant.workspace:ACME.57' },
  });
  const patch = sandbox.aps.requests.findLast(({ method }) => method === 'PATCH');
  const secret = /"token":"([0-9a-f]{64})"/.exec(patch?.body ?? '')?.[1];
  return { id: hook.id, path: new URL(hook.callbackUrl).pathname, secret: secret ?? '' };
}

/** The headers with which Autodesk delivers this body. */
export function signed(secret: string, deliveryId: string, body: string): Record<string, string> {
  const signature = `sha1hash=${createHmac('sha1', secret).update(body).digest('hex')}`;
  return { 'x-adsk-signature': signature, 'x-adsk-delivery-id': deliveryId };
}
