import { expect, test } from 'vitest';
import { kill, type Spawned, spawnHost } from '../headless/spawned.ts';
import { registerHook, signed } from '../support/spawned-hook.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { extent } from './extent.ts';

const rounds = extent({ full: 20, short: 5 });
const senders = 8;

test(`after kill -9 at ${rounds} random moments under load every acknowledged delivery is listed exactly once`, async () => {
  const folder = await temporaryFolder();
  const { path, secret } = await registerHook(folder);
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

/** Sends until the host is gone; each delivery that got its 2xx is noted. Half of them are repeated at once. */
async function send(url: string, secret: string, sent: { count: number }, acknowledged: Set<string>): Promise<void> {
  for (;;) {
    const id = `delivery-${sent.count++}`;
    const body = JSON.stringify({ payload: { ItemUrn: `urn:${id}`, ItemDescription: id } });
    const headers = signed(secret, id, body);
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
