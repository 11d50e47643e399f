import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { kill, type Spawned } from '../headless/spawned.ts';
import { until } from '../support/temporary.ts';
import { digestOf, openScene, type Scene } from './backup-scene.ts';
import { extent } from './extent.ts';

const size = 4_000_000;
const rounds = extent({ full: 25, short: 1 });
const kills = 4;

/**
 * Requests again, or lets the provider call again, what a kill has cut off. A step that was killed twice before it came any further is
 * not repeated by itself.
 */
async function goOn(host: Spawned, { autoflex }: Scene): Promise<boolean> {
  const [newest] = await host.ask('backups.list', {});
  if (newest?.state === 'done') return true;
  if (newest?.resumable) await host.ask('backups.resume', { id: newest.id });
  else if (newest?.state === 'requested' || newest?.state === 'failed') {
    if (autoflex.orders.length === 0) await host.ask('backups.start', { connection: newest.connection });
    else if (autoflex.callbacks.every(({ status }) => status !== 200)) await autoflex.callAgain();
  }
  return false;
}

test.each(Array.from({ length: rounds }, (_, round) => round))(
  `a backup that was killed at ${kills} random moments from its request to its end is made once, and is right (%i)`,
  async () => {
    const scene = await openScene({
      file: { kind: 'bytes', size, name: 'owner.bin' },
      callback: { after: 200 },
      download: { bytesPerSecond: size },
    });
    let { host } = scene;
    for (let count = 0; count < kills; count += 1) {
      await delay(Math.random() * 1000);
      host = await scene.revive();
      await host.ready();
    }
    await until(() => goOn(host, scene), 60_000);
    const made = (await host.ask('backups.list', {})).filter(({ state }) => state === 'done');
    expect(made).toHaveLength(1);
    const [{ file: path = '', sha256 } = {}] = made;
    expect(sha256).toBe(await digestOf(scene.autoflex, size));
    const stored = await readFile(path);
    expect(createHash('sha256').update(stored).digest('hex')).toBe(sha256);
    expect(await readdir(dirname(path))).toEqual(['owner.bin', 'owner.bin.ringback.json']);
    expect(scene.autoflex.orders).toHaveLength(1);
    expect((await host.ask('status.get', {})).warnings).toEqual([]);
    await kill(host);
  },
);
