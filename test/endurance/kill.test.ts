import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kill, spawnHost } from '../headless/spawned.ts';
import { registerHook } from '../support/spawned-hook.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { deliveryIds, send } from './delivery-load.ts';
import { extent } from './extent.ts';

const rounds = extent({ full: 20, short: 2 });
const senders = 8;

test(`after kill -9 at ${rounds} random moments under load every acknowledged delivery is listed exactly once`, async () => {
  const folder = await temporaryFolder();
  let host = spawnHost(folder);
  const { path, secret } = await registerHook(host);
  // Both the connection and the hook survive it right after they were made.
  await kill(host);
  const acknowledged = new Set<string>();
  const sent = { count: 0, busy: 0 };
  for (let round = 0; round < rounds; round += 1) {
    host = spawnHost(folder);
    const { receiver } = await host.ask('status.get', {});
    const url = `http://127.0.0.1:${receiver.port}${path}`;
    const load = Promise.all(Array.from({ length: senders }, () => send(url, secret, sent, acknowledged)));
    const enough = acknowledged.size + 5 + Math.floor(Math.random() * 60);
    await until(() => acknowledged.size >= enough, 60_000);
    // Every other time while the journal takes them: it is made once many have come within a second.
    const latest = performance.now() + 3_000;
    if (round % 2 === 1) {
      await until(() => existsSync(join(folder, 'events.journal-2')) || performance.now() > latest);
      await setTimeout(Math.random() * 300);
    }
    await kill(host);
    await load;
  }
  host = spawnHost(folder);
  const listed = await deliveryIds(host);
  expect(sent.busy).toBeLessThan(sent.count / 2);
  expect(acknowledged.size).toBeGreaterThanOrEqual(rounds * 5);
  expect(listed.length).toBe(new Set(listed).size);
  expect([...acknowledged].filter((id) => !listed.includes(id))).toEqual([]);
  expect((await host.ask('status.get', {})).warnings).toEqual([]);
});
