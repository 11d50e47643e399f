import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Ports } from '../../../main/engine/ports.ts';
import type { Backup } from '../../../preload/contract/index.ts';
import { type BackupScene, openBackupScene } from '../../support/backup-connector.ts';
import { until } from '../../support/temporary.ts';

const lastTwo = { last: 2, daily: 0, weekly: 0, monthly: 0 };

async function make(scene: BackupScene, count: number): Promise<Backup[]> {
  const made: Backup[] = [];
  for (let number = 0; number < count; number += 1) {
    const { id } = await scene.host.ask('backups.start', { connection: scene.connection });
    await scene.reach('requested', id);
    await scene.call(`handle-${id}`);
    made.push(await scene.reach('done', id));
  }
  return made;
}

async function openScene(ports: Partial<Ports> = {}): Promise<BackupScene> {
  return openBackupScene({ ports });
}

test('the preview names what is retained, why, and what is removed; only that is removed, with its manifest', async () => {
  const scene = await openScene();
  const { host, connection } = scene;
  const [first, second, third] = await make(scene, 3);
  expect((await host.ask('backups.tidy', { connection })).remove).toEqual([]);
  // No backup follows the new plan, so nothing is removed automatically.
  await host.ask('backups.plan', { connection, keep: lastTwo });
  const preview = await host.ask('backups.tidy', { connection });
  expect(preview).toEqual({
    keep: [
      { id: third?.id, reasons: ['last'] },
      { id: second?.id, reasons: ['last'] },
    ],
    remove: [first?.id],
  });
  expect(existsSync(first?.file ?? '')).toBe(true);
  await host.ask('backups.tidy', { connection, apply: [second?.id ?? '', first?.id ?? ''] });
  expect([first, second, third].map((backup) => existsSync(backup?.file ?? ''))).toEqual([false, true, true]);
  expect(existsSync(`${first?.file}.ringback.json`)).toBe(false);
  const backups = await host.ask('backups.list', {});
  expect(backups.map(({ removedAt }) => removedAt !== undefined)).toEqual([false, false, true]);
  expect(await host.engine.ask('backups.verify', { id: first?.id })).toMatchObject({ ok: false });
});

test('a plan can be previewed before it is saved, and cannot be applied before', async () => {
  const scene = await openScene();
  const { host, connection } = scene;
  const [first, second] = await make(scene, 2);
  const draft = { ...lastTwo, last: 1 };
  expect((await host.ask('backups.tidy', { connection, keep: draft })).remove).toEqual([first?.id]);
  const applied = await host.engine.ask('backups.tidy', { connection, keep: draft, apply: [first?.id ?? ''] });
  expect(applied).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
  expect((await host.ask('backups.tidy', { connection })).remove).toEqual([]);
  await host.ask('backups.plan', { connection, keep: draft });
  const everything = await host.ask('backups.tidy', { connection, keep: null });
  expect([everything.remove, everything.keep.map(({ id }) => id)]).toEqual([[], [second?.id, first?.id]]);
});

test('after each verified backup the retention is applied automatically, through the recycle bin where there is one', async () => {
  const binned: string[] = [];
  const trash = async (path: string): Promise<void> => {
    binned.push(path);
    await rename(path, `${path}.binned`);
  };
  const scene = await openScene({ trash });
  await scene.host.ask('backups.plan', { connection: scene.connection, keep: lastTwo });
  const [first] = await make(scene, 3);
  await until(() => binned.length === 2);
  expect(binned).toEqual([first?.file, `${first?.file}.ringback.json`]);
  await until(async () => (await scene.host.ask('backups.list', {})).some(({ removedAt }) => removedAt));
});

test('a later backup that took the name of a moved one is not removed in its place', async () => {
  const scene = await openScene();
  const { host, connection } = scene;
  const [first] = await make(scene, 2);
  for (const extension of ['', '.ringback.json'])
    await rename(`${first?.file}${extension}`, `${first?.file}.moved${extension}`);
  const [third] = await make(scene, 1);
  expect(third?.file).toBe(first?.file);
  await host.ask('backups.plan', { connection, keep: { ...lastTwo, last: 1 } });
  const { remove } = await host.ask('backups.tidy', { connection });
  expect(remove).toContain(first?.id);
  await host.ask('backups.tidy', { connection, apply: remove });
  expect(existsSync(third?.file ?? '')).toBe(true);
});

test('the newest is retained although a clock that ran ahead stamped an older one, after a restart too', async () => {
  const clock = { ahead: 0 };
  const ports = { now: () => Date.now() + clock.ahead };
  const scene = await openBackupScene({ ports });
  const { connection } = scene;
  clock.ahead = 365 * 24 * 3600_000;
  const [first] = await make(scene, 1);
  clock.ahead = 0;
  const [second] = await make(scene, 1);
  await scene.host.ask('backups.plan', { connection, keep: { ...lastTwo, last: 1 } });
  const expected = { keep: [{ id: second?.id, reasons: ['last'] }], remove: [first?.id] };
  expect(await scene.host.ask('backups.tidy', { connection })).toEqual(expected);
  const { folder, values } = scene.host;
  await scene.host.engine.close();
  const again = await openBackupScene({ ports, folder, values }, scene.depot);
  expect(await again.host.ask('backups.tidy', { connection })).toEqual(expected);
  expect((await again.host.ask('backups.list', {})).map(({ id }) => id)).toEqual([second?.id, first?.id]);
});

test('where none of the retained backups is on disk, nothing is removed', async () => {
  const scene = await openScene();
  const { host, connection } = scene;
  const [first, second] = await make(scene, 2);
  await host.ask('backups.plan', { connection, keep: { ...lastTwo, last: 1 } });
  await rm(second?.file ?? '');
  const reply = await host.engine.ask('backups.tidy', { connection, apply: [first?.id ?? ''] });
  expect(reply).toMatchObject({ ok: false, problem: { code: 'conflict' } });
  expect(existsSync(first?.file ?? '')).toBe(true);
});

test('a backup known to be missing does not count, and the last verified one is retained', async () => {
  const scene = await openScene();
  const { host, connection } = scene;
  const [first, second] = await make(scene, 2);
  await host.ask('backups.plan', { connection, keep: { ...lastTwo, last: 1 } });
  await rm(second?.file ?? '');
  await host.ask('backups.verify', { id: second?.id ?? '' });
  const { keep, remove } = await host.ask('backups.tidy', { connection });
  expect(keep.map(({ id }) => id)).toContain(first?.id);
  expect(remove).toEqual([]);
});

test('a removal that fails causes a warning, and the new backup is verified nevertheless', async () => {
  const trash = async (): Promise<void> => Promise.reject(new Error('the recycle bin is full'));
  const scene = await openScene({ trash });
  await scene.host.ask('backups.plan', { connection: scene.connection, keep: { ...lastTwo, last: 1 } });
  await make(scene, 2);
  await until(async () =>
    (await scene.host.ask('status.get', {})).warnings.some(({ message }) => /could not be removed/.test(message)),
  );
  expect((await scene.host.ask('backups.list', {})).map(({ state }) => state)).toEqual(['done', 'done']);
});
