import { createHmac } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../main/sandbox/sandbox.ts';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { extent } from './extent.ts';

const rounds = extent({ full: 20, short: 5 });
const senders = 8;

test(`after kill -9 at ${rounds} random moments under load every acknowledged delivery is listed exactly once`, async () => {
  const folder = await temporaryFolder();
  const { path, secret } = await register(folder);
  const acknowledged = new Set<string>();
  const sent = { count: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const host = spawnHost(folder);
    const { receiver } = await host.ask('status.get', {});
    const url = `http://127.0.0.1:${receiver.port}${path}`;
    const load = Promise.all(Array.from({ length: senders }, () => send(url, secret, sent, acknowledged)));
    const enough = acknowledged.size + 5 + Math.floor(Math.random() * 60);
    await until(() => acknowledged.size >= enough, 60_000);
    await kill(host);
    await load;
  }
  const host = spawnHost(folder);
  const listed = await deliveryIds(host);
  expect(acknowledged.size).toBeGreaterThanOrEqual(rounds * 5);
  expect(listed.length).toBe(new Set(listed).size);
  expect([...acknowledged].filter((id) => !listed.includes(id))).toEqual([]);
  expect((await host.ask('status.get', {})).warnings).toEqual([]);
});

/** A connection and a hook made through the real interface; its path and secret survive every kill. */
async function register(folder: string): Promise<{ path: string; secret: string }> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const host = spawnHost(folder);
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
  await kill(host);
  return { path: new URL(hook.callbackUrl).pathname, secret: secret ?? '' };
}

/** Sends until the host is gone; each delivery that got its 2xx is noted. Half of them are repeated at once. */
async function send(url: string, secret: string, sent: { count: number }, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    const id = `delivery-${sent.count++}`;
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
    const signature = `sha1hash=${createHmac('sha1', secret).update(body).digest('hex')}`;
    const headers = { 'x-adsk-signature': signature, 'x-adsk-delivery-id': id };
    try {
      for (let times = 0; times <= sent.count % 2; times += 1) {
        const { status } = await fetch(url, { method: 'POST', body, headers });
        expect(status).toBe(204);
        acknowledged.add(id);
      }
    } catch (error) {
      if (error instanceof TypeError) return;
      throw error;
    }
  }
}

async function deliveryIds(host: Spawned): Promise<string[]> {
  const ids: string[] = [];
  for (let before: string | undefined; ; ) {
    const page = await host.ask('events.list', { limit: 500, before });
    ids.push(...page.events.map(({ deliveryId }) => deliveryId ?? ''));
    if (!page.next) return ids;
    before = page.next;
  }
}
