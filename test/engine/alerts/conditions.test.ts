import { expect, test } from 'vitest';
import {
  diskCondition,
  teamCondition,
  teamReceiverCondition,
  updateCondition,
} from '../../../main/engine/alerts/conditions.ts';
import { installationMessages, type Message, teamMessages } from '../../../main/engine/messages/index.ts';
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

type Standing = ReturnType<Parameters<typeof teamCondition>[0]>;

test('a server of the team that stays away is reported after a while, and its return with the length of the outage', async () => {
  const problem = teamMessages.unreachable({ detail: 'connection refused' });
  let status: Standing = { role: 'receiver', state: 'down', team: 'Office', problem };
  const condition = teamCondition(
    () => status,
    () => 3_600_000,
  );
  const away = { title: { code: 'alerts.teamTitle' }, body: { code: 'alerts.teamReceiver' } };
  expect(condition.check(false)).toMatchObject({ state: 'bad', delay: 900_000, text: away });
  status = { ...status, role: 'member' };
  expect(condition.check(true)).toMatchObject({ state: 'bad', text: { body: { code: 'alerts.teamMember' } } });
  status = { ...status, state: 'connecting', problem: undefined };
  expect(condition.check(true)).toEqual({ state: 'unknown' });
  status = { ...status, state: 'up' };
  expect(condition.check(true)).toEqual({ state: 'good' });
  expect(await condition.over(0)).toMatchObject({ body: { code: 'alerts.teamOver', params: { time: 3_600_000 } } });
  status = { ...status, role: 'none' };
  expect(condition.check(true)).toEqual({ state: 'gone' });
});

test.each<[string, Omit<Standing, 'team'>, object]>([
  [
    'a receiver that cannot publish, with the reason',
    { role: 'receiver', state: 'connecting', problem: teamMessages.storageDisabled() },
    { state: 'bad', text: { title: { code: 'alerts.teamProblemTitle' }, body: { code: 'team.storageDisabled' } } },
  ],
  [
    'a key that the server does not accept',
    { role: 'member', state: 'down', problem: teamMessages.keyRejected() },
    { state: 'bad', text: { body: { code: 'team.keyRejected' } } },
  ],
  [
    'no standby that waits',
    { role: 'receiver', state: 'up', problem: teamMessages.replaced({ computer: 'desk' }) },
    { state: 'good' },
  ],
  [
    'no member whose receiver is to send a key',
    { role: 'member', state: 'connecting', problem: teamMessages.keyMissing() },
    { state: 'good' },
  ],
  [
    'no copied data that the user has not decided about',
    { role: 'receiver', state: 'down', problem: installationMessages.copied() },
    { state: 'gone' },
  ],
])('a team reports %s', (_what, standing, expected) => {
  const condition = teamCondition(
    () => ({ team: 'Office', ...standing }),
    () => 0,
  );
  expect(condition.check(false)).toMatchObject(expected);
});

test('a team without a receiver is reported after a while; its server is asked at most once a minute', async () => {
  const clock = { now: 0 };
  const standing: Parameters<typeof teamReceiverCondition>[0]['standing'] = { role: 'member', team: 'Office' };
  let absence: Message | 'none' | 'unknown' = teamMessages.receiverAway({ computer: 'server' });
  let asked = 0;
  let [isWanted, isAwaited] = [true, false];
  const team = {
    standing,
    ...{ isWanted: () => isWanted, isAwaited: () => isAwaited },
    absence: async () => {
      asked += 1;
      return absence;
    },
  };
  const condition = teamReceiverCondition(team, () => clock.now);
  const away = { state: 'bad', delay: 900_000, text: { body: { code: 'team.receiverAway' } } };
  expect(await condition.check(false)).toMatchObject(away);
  clock.now += 15_000;
  expect(await condition.check(false)).toEqual({ state: 'unknown' });
  expect(asked).toBe(1);
  clock.now += 60_000;
  absence = 'unknown';
  expect(await condition.check(false)).toEqual({ state: 'unknown' });
  // The clock was set back.
  clock.now -= 3_600_000;
  absence = 'none';
  expect(await condition.check(true)).toEqual({ state: 'good' });
  expect(await condition.over(clock.now - 120_000)).toMatchObject({ body: { params: { time: 120_000 } } });
  clock.now += 60_000;
  absence = teamMessages.receiverAsleep({ computer: 'desk', since: '2026-01-01T00:00:00Z' });
  expect(await condition.check(false)).toMatchObject({ state: 'bad', delay: 12 * 3_600_000 });
  clock.now += 60_000;
  isAwaited = true;
  expect(await condition.check(false)).toMatchObject({ state: 'bad', delay: 900_000 });
  isWanted = false;
  expect(await condition.check(true)).toEqual({ state: 'gone' });
  isWanted = true;
  const without = teamReceiverCondition({ ...team, standing: { role: 'none', team: '' } }, () => clock.now);
  expect(await without.check(true)).toEqual({ state: 'gone' });
});
