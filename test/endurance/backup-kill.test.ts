import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/temporary.ts';
import { digestOf, openScene, reach } from './backup-scene.ts';
import { extent } from './extent.ts';

const size = extent({ full: 24, short: 12 }) * 1024 * 1024;

const file = { kind: 'bytes', size, name: 'owner.bin' } as const;

test('kill -9 before the callback loses neither request nor callback, and at half of the download at most 1 MiB', async () => {
  const { autoflex, host, revive } = await openScene({
    file,
    callback: { after: 3_600_000 },
    download: { bytesPerSecond: size, holdAt: Math.floor(0.8 * size) },
  });
  await reach(host, 'requested');
  const second = await revive();
  await second.ask('status.get', {});
  autoflex.change({ callback: { after: 0 } });
  await autoflex.callAgain();
  // It holds before its end, so that the kill meets it however late this test looks; the progress is reported each quarter of a second.
  const half = await until(async () => {
    const { bytes = 0 } = await reach(second, 'downloading');
    return bytes >= size / 2 ? bytes : undefined;
  });
  expect(autoflex.callbacks).toMatchObject([{ status: 200 }]);

  const third = await revive(() => autoflex.change({ download: { bytesPerSecond: 0, holdAt: null } }));
  const { file: path = '', sha256 } = await reach(third, 'done');
  expect(autoflex.transfers).toHaveLength(2);
  expect(autoflex.transfers[1]?.from).toBeGreaterThanOrEqual(half - 1024 * 1024);
  expect(sha256).toBe(await digestOf(autoflex, size));
  expect(
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  ).toBe(sha256);
  expect(await readdir(dirname(path))).toEqual(['owner.bin', 'owner.bin.ringback.json']);
  expect(autoflex.orders).toHaveLength(1);
  expect(autoflex.callbacks).toMatchObject([{ status: 200 }]);
  await until(async () => (await third.ask('notifications.list', {})).length === 1);
});
