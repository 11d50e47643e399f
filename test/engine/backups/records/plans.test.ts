import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Ports } from '../../../../main/engine/ports.ts';
import type { BackupAccount } from '../../../../preload/contract/index.ts';
import { type BackupScene, openBackupScene } from '../../../support/backup-connector.ts';
import { until } from '../../../support/temporary.ts';

const nightly = { every: 'day', at: '03:00' } as const;

interface PlanScene extends BackupScene {
  /** Sets the clock to a local time of January 2026, and wakes the engine. */
  turn(date: number, hours: number, minutes?: number): void;
  account(): Promise<BackupAccount>;
  /** Waits until that many backups were requested, and calls the latest back. */
  complete(count: number): Promise<void>;
  /** From now on plans cannot be stored any more. */
  breakPlans(): void;
  /** Waits until the monitor has checked every account once. */
  settled(): Promise<void>;
}

async function openPlanScene(
  ports: Partial<Ports> = {},
  from?: PlanScene & { time: number },
): Promise<PlanScene & { time: number }> {
  const clock = { time: from?.time ?? new Date(2026, 0, 5, 12).getTime() };
  const options = { ports: { now: () => clock.time, ...ports } };
  const scene = from
    ? await openBackupScene({ ...options, folder: from.host.folder, values: from.host.values }, from.depot)
    : await openBackupScene(options);
  const { host, depot, connection } = scene;
  const account = async (): Promise<BackupAccount> => {
    const found = (await host.ask('backups.accounts', {})).find((one) => one.connection === connection);
    if (!found) throw new Error('the account no longer exists');
    return found;
  };
  return {
    ...scene,
    get time() {
      return clock.time;
    },
    turn(date, hours, minutes = 0) {
      clock.time = new Date(2026, 0, date, hours, minutes).getTime();
      host.engine.wake();
    },
    account,
    async complete(count) {
      await until(() => depot.callbackUrls.length === count);
      await scene.reach('requested');
      await scene.call(`handle-${count}`);
      await scene.reach('done');
    },
    breakPlans() {
      host.values.set = (key, value) => {
        if (key === 'backup-plans') throw new Error('the disk is full');
        return Map.prototype.set.call(host.values, key, value);
      };
    },
    async settled() {
      // A check sends an echo where a backup may start, and follows a change of settings, too.
      for (let times = 0; times < 3; times += 1) {
        host.engine.wake();
        await host.ask('tunnel.check', {});
      }
    },
  };
}

test('a daily backup starts at its time, once, by the schedule', async () => {
  const scene = await openPlanScene();
  const planned = await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  expect(planned).toMatchObject({ plan: { schedule: nightly, keep: null, overdueHours: 36 }, overdue: false });
  expect(planned.nextAt).toBe(new Date(2026, 0, 6, 3).toISOString());
  scene.turn(6, 2, 59);
  await scene.settled();
  expect(await scene.host.ask('backups.list', {})).toEqual([]);
  scene.turn(6, 3);
  await scene.complete(1);
  expect(await scene.host.ask('backups.list', {})).toMatchObject([{ by: 'plan', state: 'done' }]);
  await scene.settled();
  expect(await scene.host.ask('backups.list', {})).toHaveLength(1);
  expect((await scene.account()).nextAt).toBe(new Date(2026, 0, 7, 3).toISOString());
});

test('a schedule starts with its next slot, not with an earlier one', async () => {
  const scene = await openPlanScene();
  await scene.host.ask('backups.plan', { connection: scene.connection, overdueHours: null });
  scene.turn(9, 12);
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  await scene.settled();
  expect(await scene.host.ask('backups.list', {})).toEqual([]);
  expect((await scene.account()).nextAt).toBe(new Date(2026, 0, 10, 3).toISOString());
});

test('missed nights are made up for once, across restarts', async () => {
  const scene = await openPlanScene();
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  scene.turn(9, 8, 30);
  await scene.complete(1);
  await scene.host.engine.close();
  const again = await openPlanScene({}, scene);
  await again.settled();
  expect(await again.host.ask('backups.list', {})).toHaveLength(1);
  again.turn(10, 3, 1);
  await again.complete(2);
});

test('a backup that failed at its slot is not repeated before the next one', async () => {
  const scene = await openPlanScene();
  scene.depot.onRequest = () => Promise.reject(new TypeError('a bug'));
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  scene.turn(6, 3);
  await scene.reach('failed');
  await scene.settled();
  expect(await scene.host.ask('backups.list', {})).toHaveLength(1);
});

test.each([
  ['is rejected', 1, (scene: PlanScene) => Object.assign(scene.depot.connector.backups ?? {}, { requests: [] })],
  ['cannot be recorded', 3, (scene: PlanScene) => scene.breakPlans()],
])('a scheduled backup that %s is reported with the reason, once for its slot', async (_, tries, spoil) => {
  const scene = await openPlanScene();
  const { host, connection, depot } = scene;
  await host.ask('backups.plan', { connection, schedule: nightly, overdueHours: 36 });
  spoil(scene);
  scene.turn(6, 3);
  await until(() => host.notes.length > 0);
  expect(host.notes).toMatchObject([
    {
      title: 'Backup failed: Garage',
      body: expect.stringMatching(/^Scheduled backup couldn't start\. The next one starts as scheduled\. .+/),
      page: 'backups',
    },
  ]);
  for (let count = 1; count <= tries; count += 1) {
    host.engine.wake();
    await until(() => host.lines.filter((line) => line.includes('could not start')).length >= count);
  }
  // They are shown in order: a report before the reminder has arrived with it.
  scene.turn(7, 2);
  const count = (words: string) => host.notes.filter(({ title }) => title.startsWith(words)).length;
  await until(() => count('No verified backup') > 0);
  await scene.settled();
  expect([count('Backup failed'), count('No verified backup'), depot.callbackUrls]).toEqual([1, 1, []]);
});

test('a backup that the user made after the slot serves it', async () => {
  const online = { value: false };
  const scene = await openPlanScene({ online: () => online.value });
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  scene.turn(6, 9);
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.complete(1);
  online.value = true;
  await scene.settled();
  expect(await scene.host.ask('backups.list', {})).toMatchObject([{ by: 'user' }]);
});

test('a due backup waits for the network and for an unmetered connection, shows why, and then starts', async () => {
  const world = { online: false, metered: true };
  const scene = await openPlanScene({ online: () => world.online, metered: async () => world.metered });
  await scene.host.ask('settings.set', { backups: { skipMetered: true } });
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  scene.turn(6, 3);
  await until(async () => (await scene.account()).waiting === 'There is no network connection.');
  world.online = true;
  scene.turn(6, 3, 5);
  await until(async () => (await scene.account()).waiting === 'The network connection is metered.');
  expect(scene.depot.callbackUrls).toEqual([]);
  await scene.host.ask('settings.set', { backups: { skipMetered: false } });
  await scene.complete(1);
  expect((await scene.account()).waiting).toBeUndefined();
});

test('a due backup waits until the public URL is up', async () => {
  const scene = await openPlanScene();
  const { tunnel } = await scene.host.ask('settings.get', {});
  await scene.host.ask('backups.plan', { connection: scene.connection, schedule: nightly });
  await scene.host.ask('settings.set', { tunnel: { provider: 'off' } });
  scene.turn(6, 3);
  await until(async () => (await scene.account()).waiting === 'No tunnel is set.');
  await scene.host.ask('settings.set', { tunnel });
  await scene.complete(1);
});

test('an account without a verified backup causes a reminder after the hours of its plan, each day again, until there is one', async () => {
  const scene = await openPlanScene();
  const { host, connection } = scene;
  await host.ask('backups.start', { connection });
  await scene.complete(1);
  const titles = (): string[] =>
    host.notes.map(({ title }) => title).filter((title) => title.startsWith('No verified'));
  scene.turn(6, 23, 59);
  await scene.settled();
  expect([titles(), (await scene.account()).overdue]).toEqual([[], false]);
  const before = scene.host.changes.filter(({ type }) => type === 'backups').length;
  scene.turn(7, 1);
  await until(() => titles().length === 1);
  expect(scene.host.changes.filter(({ type }) => type === 'backups')).toHaveLength(before + 1);
  expect(titles()).toEqual(['No verified backup of Garage for 37 hours']);
  expect((await scene.account()).overdue).toBe(true);
  scene.turn(8, 0, 59);
  await scene.settled();
  expect(titles()).toHaveLength(1);
  scene.turn(8, 1);
  await until(() => titles().length === 2);
  await host.ask('backups.start', { connection });
  await scene.complete(2);
  scene.turn(9, 12);
  await scene.settled();
  expect(titles()).toHaveLength(2);
  expect((await scene.account()).overdue).toBe(false);
});

test('a backup that a clock stamped in the future stops neither schedule nor reminder nor verification', async () => {
  const scene = await openPlanScene();
  const { host, connection } = scene;
  const nextYear = 400;
  scene.turn(nextYear, 12);
  await host.ask('backups.start', { connection });
  await scene.complete(1);
  const { id } = await scene.reach('done');
  scene.turn(5, 13);
  const foundAhead = new Date(2026, 0, 5, 13).toISOString();
  // From here on the time at which the backup was found to lie in the future is stored.
  await until(async () => (await scene.reach('done', id)).updatedAt === foundAhead);
  expect((await scene.account()).lastProven?.at).toBe(foundAhead);
  scene.turn(7, 2);
  await until(() => host.notes.some(({ title }) => title === 'No verified backup of Garage for 37 hours'));
  scene.turn(12, 13);
  await until(async () => (await scene.reach('done', id)).verification?.state === 'good');
  await host.ask('backups.plan', { connection, schedule: nightly });
  scene.turn(13, 3);
  await scene.complete(2);
  expect(await scene.account()).toMatchObject({ overdue: false, lastProven: { id: (await scene.reach('done')).id } });
});

test('a request that a clock stamped in the future is not waited for until then', async () => {
  const scene = await openPlanScene();
  scene.turn(400, 12);
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('requested');
  scene.turn(5, 13);
  const foundAhead = new Date(2026, 0, 5, 13).toISOString();
  // From here on the wait for the callback counts from this time.
  await until(async () => (await scene.reach('requested')).updatedAt === foundAhead);
  scene.turn(5, 20);
  await scene.reach('timed-out');
});

test('while a backup is in progress there is no reminder', async () => {
  const scene = await openPlanScene();
  await scene.host.ask('settings.set', { backups: { patienceHours: 100 } });
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.reach('requested');
  scene.turn(7, 12);
  await scene.settled();
  expect(await scene.account()).toMatchObject({ overdue: true, running: { state: 'requested' } });
  expect(scene.host.notes).toEqual([]);
  await scene.host.ask('backups.cancel', { id: (await scene.reach('requested')).id });
  scene.turn(7, 13);
  await until(() => scene.host.notes.length === 1);
  expect(scene.host.notes[0]?.title).toBe('No verified backup of Garage for 49 hours');
});

test('the reminder survives a restart without being repeated, waits while notifications are paused, and ends with a new plan', async () => {
  const first = await openPlanScene();
  await first.host.ask('backups.plan', { connection: first.connection, overdueHours: 2 });
  await first.host.ask('settings.set', {
    notifications: { pausedUntil: new Date(2026, 0, 5, 16).toISOString() },
  });
  first.turn(5, 15);
  await first.settled();
  expect(first.host.notes).toEqual([]);
  first.turn(5, 16);
  await until(() => first.host.notes.length === 1);
  expect(first.host.notes[0]).toMatchObject({
    title: 'No verified backup of Garage for 3 hours',
    page: 'backups',
    urgent: true,
  });
  await until(async () => (await first.host.ask('notifications.list', {})).length === 1);
  await first.host.engine.close();
  const second = await openPlanScene({}, first);
  await second.settled();
  expect(second.host.notes).toEqual([]);
  await second.host.ask('backups.plan', { connection: second.connection, overdueHours: 3 });
  second.turn(6, 16);
  await until(() => second.host.notes.length === 1);
  await second.host.ask('backups.plan', { connection: second.connection, overdueHours: null });
  second.turn(9, 16);
  await second.settled();
  expect(second.host.notes).toHaveLength(1);
});

test('an account of which no backup was ever requested causes no reminder', async () => {
  const scene = await openPlanScene();
  scene.turn(30, 12);
  await scene.settled();
  expect(scene.host.notes).toEqual([]);
  expect((await scene.account()).overdue).toBe(false);
});

test('the newest backup is verified again each week, and a difference is notified', async () => {
  const scene = await openPlanScene();
  await scene.host.ask('backups.plan', { connection: scene.connection, overdueHours: null });
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.complete(1);
  scene.turn(12, 11, 59);
  await scene.settled();
  expect((await scene.reach('done')).verification).toBeUndefined();
  scene.turn(12, 12);
  await until(async () => (await scene.reach('done')).verification?.state === 'good');
  const { file = '', verification } = await scene.reach('done');
  expect(verification?.at).toBe(new Date(2026, 0, 12, 12).toISOString());
  const content = await readFile(file);
  await writeFile(file, content.subarray(1));
  scene.turn(18, 12);
  await scene.settled();
  expect((await scene.reach('done')).verification?.state).toBe('good');
  scene.turn(19, 12);
  await until(() => scene.host.notes.some(({ title }) => title === 'Backup damaged: Garage'));
  expect((await scene.account()).lastProven).toBeUndefined();
});

test('the weekly verification can be disabled and enabled', async () => {
  const scene = await openPlanScene();
  await scene.host.ask('settings.set', { backups: { verifyWeekly: false } });
  await scene.host.ask('backups.start', { connection: scene.connection });
  await scene.complete(1);
  scene.turn(28, 12);
  await scene.settled();
  scene.turn(29, 12);
  await scene.host.ask('settings.set', { backups: { verifyWeekly: true } });
  const { at } = await until(async () => (await scene.reach('done')).verification);
  expect(at).toBe(new Date(2026, 0, 29, 12).toISOString());
});

test('a weekly plan is overdue after a week and half a day, unless the user sets another time', async () => {
  const scene = await openPlanScene();
  const { connection } = scene;
  const weekly = { every: 'week', at: '03:00', weekday: 0 } as const;
  expect(await scene.host.ask('backups.plan', { connection, schedule: weekly })).toMatchObject({
    plan: { overdueHours: 180 },
    nextAt: new Date(2026, 0, 11, 3).toISOString(),
  });
  expect(await scene.host.ask('backups.plan', { connection, overdueHours: 200 })).toMatchObject({
    plan: { schedule: weekly, overdueHours: 200 },
  });
  const reply = await scene.host.engine.ask('backups.plan', { connection, schedule: { every: 'week', at: '03:00' } });
  expect(reply).toMatchObject({ ok: false, problem: { code: 'invalid-input' } });
});
