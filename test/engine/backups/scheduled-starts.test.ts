import { expect, test } from 'vitest';
import type { BackupRecord } from '../../../main/engine/backups/records/index.ts';
import { ScheduledStarts, type ScheduledStartsOptions } from '../../../main/engine/backups/scheduled-starts.ts';
import { createLog } from '../../../main/engine/log.ts';

const hour = 3_600_000;
const due = Date.parse('2026-11-28T12:00:30');

/** A backup that is due each noon, which this computer made yesterday, in a team whose server cannot be asked. */
function openDueBackup() {
  const clock = { now: due };
  const scene = { clock, online: true, started: 0 };
  const yesterday = due - 24 * hour;
  const record = { connection: 'c', state: 'done', createdAt: yesterday } as BackupRecord;
  const starts = new ScheduledStarts({
    ports: { online: () => scene.online },
    settings: () => ({ skipMetered: false }),
    tunnel: () => ({ check: async () => ({ state: 'up', provider: 'fixed' }) }),
    start: async () => {
      scene.started += 1;
      return {};
    },
    coordinator: () => ({
      claim: async () => ({ kind: 'unknown' }),
      report: async () => true,
      release: async () => {},
    }),
    notifier: { muted: false, queue: async () => {}, show: async () => {} },
    log: createLog(() => {}),
    changed() {},
    now: () => clock.now,
    records: { all: [record] },
    plans: {
      of: () => ({ schedule: { every: 'day', at: '12:00' } }),
      progress: () => ({ settled: yesterday }),
      setHandledSlot() {},
      otherOf: () => undefined,
    },
  } as unknown as ScheduledStartsOptions);
  const check = () => starts.startDue({ connection: 'c', name: 'A', shared: 's' }, new AbortController().signal);
  return { scene, check, reason: () => starts.waitingOf('c')?.reason.code };
}

test('a due backup waits an hour for the team, and begins that hour once nothing else prevents it', async () => {
  const { scene, check, reason } = openDueBackup();
  scene.online = false;
  await check();
  expect(reason()).toBe('backups.waitingOffline');
  scene.clock.now += 1.5 * hour;
  scene.online = true;
  await check();
  expect(reason()).toBe('backups.waitingTeam');
  scene.clock.now += 0.9 * hour;
  await check();
  expect(scene.started).toBe(0);
  scene.clock.now += 0.1 * hour;
  await check();
  expect(scene.started).toBe(1);
});

test.each([-365 * 24, -1])(
  'a clock that is set by %i hours while a due backup waits for the team makes it wait an hour at most',
  async (hours) => {
    const { scene, check } = openDueBackup();
    scene.clock.now += Math.max(0, -hours) * hour;
    await check();
    scene.clock.now += hours * hour;
    for (let minute = 0; minute < 62; minute += 1) {
      await check();
      scene.clock.now += hour / 60;
    }
    expect(scene.started).toBe(1);
  },
);
