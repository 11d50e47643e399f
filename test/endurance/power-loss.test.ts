import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kill, spawnHost } from '../headless/spawned.ts';
import { powerCut } from '../support/disks/power-cut.ts';
import { registerHook } from '../support/spawned-hook.ts';
import { until } from '../support/temporary.ts';
import { digestOf, openScene, reach } from './backup-scene.ts';
import { deliveryIds, send } from './delivery-load.ts';
import { extent } from './extent.ts';

const rounds = extent({ full: 20, short: 2 });

test(`after ${rounds} power cuts at random moments every acknowledged delivery is listed exactly once`, async (context) => {
  const { folder, variables, cut } = await powerCut(context);
  let host = spawnHost(folder, variables);
  const { path, secret } = await registerHook(host);
  await kill(host);
  const acknowledged = new Set<string>();
  const sent = { count: 0, busy: 0 };
  for (let round = 0; round < rounds; round += 1) {
    await cut();
    host = spawnHost(folder, variables);
    const { receiver } = await host.ask('status.get', {});
    const url = `http://127.0.0.1:${receiver.port}${path}`;
    const load = Promise.all([1, 2, 3, 4].map(() => send(url, secret, sent, acknowledged)));
    const enough = acknowledged.size + 5 + Math.floor(Math.random() * 60);
    await until(() => acknowledged.size >= enough);
    // Every other time while the journal takes them: it is made once many have come within a second.
    const latest = performance.now() + 3_000;
    if (round % 2 === 1) {
      await until(() => existsSync(join(folder, 'events.journal-2')) || performance.now() > latest);
      await setTimeout(Math.random() * 300);
    }
    await kill(host);
    await load;
  }
  await cut();
  host = spawnHost(folder);
  const listed = await deliveryIds(host);
  expect(sent.busy).toBeLessThan(sent.count / 2);
  expect(listed.length).toBe(new Set(listed).size);
  expect([...acknowledged].filter((id) => !listed.includes(id))).toEqual([]);
  expect((await host.ask('status.get', {})).warnings).toEqual([]);
});

test('a backup that is reported done survives a power cut, and one in progress goes on after it', async (context) => {
  const { folder, variables, cut } = await powerCut(context);
  const size = 8 * 1024 * 1024;
  const file = { kind: 'bytes', size, name: 'owner.bin' } as const;
  const download = { bytesPerSecond: size, holdAt: Math.floor(0.8 * size) };
  const { autoflex, host, revive } = await openScene({ file, download }, folder, variables);
  await until(async () => ((await reach(host, 'downloading')).bytes ?? 0) >= size / 2);
  const second = await revive(async () => {
    autoflex.change({ download: { bytesPerSecond: 0, holdAt: null } });
    await cut();
  });
  const done = await reach(second, 'done');
  const third = await revive(cut);
  expect(await third.ask('backups.list', {})).toMatchObject([{ id: done.id, state: 'done', file: done.file }]);
  const stored = createHash('sha256').update(await readFile(done.file ?? ''));
  expect(stored.digest('hex')).toBe(await digestOf(autoflex, size));
  expect(autoflex.orders).toHaveLength(1);
});
