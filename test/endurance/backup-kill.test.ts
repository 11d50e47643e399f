import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../support/temporary.ts';
import { digestOf, openScene, reach } from './backup-scene.ts';
import { extent } from './extent.ts';

const size = extent({ full: 24, short: 12 }) * 1024 * 1024;

const file = { kind: 'bytes', size, name: 'owner.bin' } as const;

test('kill -9 at half of a download costs at most 1 MiB, and the file is right', async () => {
  const { autoflex, host, revive } = await openScene({
    file,
    download: { bytesPerSecond: size, holdAt: Math.floor(0.8 * size) },
  });
  // It holds before its end, so that the kill meets it however late this test looks; the progress is reported each quarter of a second.
  const half = await until(async () => {
    const { bytes = 0 } = await reach(host, 'downloading');
    return bytes >= size / 2 ? bytes : undefined;
  });
  const second = await revive(() => autoflex.change({ download: { bytesPerSecond: 0, holdAt: null } }));
  const { file: path = '', sha256 } = await reach(second, 'done');
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
  await until(async () => (await second.ask('notifications.list', {})).length === 1);
});

test('kill -9 before the callback loses neither the request nor its callback', async () => {
  const { autoflex, host, revive } = await openScene({ file, callback: { after: 3_600_000 } });
  await reach(host, 'requested');
  const second = await revive();
  await second.ask('status.get', {});
  autoflex.change({ callback: { after: 0 } });
  await autoflex.callAgain();
  expect(await reach(second, 'done')).toMatchObject({ sha256: await digestOf(autoflex, size) });
  expect(autoflex.orders).toHaveLength(1);
  expect(autoflex.callbacks).toMatchObject([{ status: 200 }]);
});
