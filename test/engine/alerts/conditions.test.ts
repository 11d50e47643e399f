import { expect, test } from 'vitest';
import { diskCondition, teamCondition, updateCondition } from '../../../main/engine/alerts/conditions.ts';
import type { UpdateStatus } from '../../../preload/contract/index.ts';

test('a nearly full disk is bad below 500 MB, and good again only from 1 GB on', async () => {
  let free = 499_000_000;
  const condition = diskCondition('/data', async () => free);
  expect(await condition.check(false)).toMatchObject({
    state: 'bad',
    text: { title: { text: 'The disk is nearly full: 499 MB free' } },
  });
  free = 700_000_000;
  expect(await condition.check(true)).toMatchObject({ state: 'bad' });
  expect(await condition.check(false)).toEqual({ state: 'good' });
  free = 1_000_000_000;
  expect(await condition.check(true)).toEqual({ state: 'good' });
});

test.each<[UpdateStatus, string]>([
  [{ mode: 'install', state: 'failed', problem: 'No network.' }, 'bad'],
  [{ mode: 'install', state: 'checking' }, 'unknown'],
  [{ mode: 'install', state: 'none' }, 'unknown'],
  [{ mode: 'install', state: 'none', checkedAt: '2026-05-01T12:00:00Z' }, 'good'],
  [{ mode: 'install', state: 'ready' }, 'good'],
  [{ mode: 'off', state: 'none' }, 'gone'],
])('updates with %o are %s', async (status, state) => {
  expect(await updateCondition(() => status).check(false)).toMatchObject({ state });
});

test('a server of the team that stays away is reported after a while, and its return with the length of the outage', async () => {
  let status = { role: 'receiver', state: 'down', team: 'Office' } as Parameters<
    typeof teamCondition
  >[0] extends () => infer S
    ? S
    : never;
  const condition = teamCondition(
    () => status,
    () => 3_600_000,
  );
  expect(condition.check(false)).toMatchObject({
    state: 'bad',
    delay: 900_000,
    text: { body: { code: 'alerts.teamReceiver' } },
  });
  status = { ...status, role: 'member', state: 'connecting' };
  expect(condition.check(true)).toMatchObject({ state: 'bad', text: { body: { code: 'alerts.teamMember' } } });
  status = { ...status, state: 'up' };
  expect(condition.check(true)).toEqual({ state: 'good' });
  expect(await condition.over(0)).toMatchObject({ body: { code: 'alerts.teamOver', params: { time: 3_600_000 } } });
  status = { ...status, role: 'none' };
  expect(condition.check(true)).toEqual({ state: 'gone' });
});
