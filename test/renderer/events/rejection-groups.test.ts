import { expect, test } from 'vitest';
import { groupWith, rejectionGroups } from '../../../renderer/events/rejected/rejection-groups.ts';

test('rejections are grouped by hook and reason, the latest first', () => {
  const rejections = [
    { receivedAt: '2026-05-04T10:00:00.000Z', hook: 'a', reason: 'forged' },
    { receivedAt: '2026-05-04T09:00:00.000Z', hook: 'b', reason: 'forged' },
    { receivedAt: '2026-05-04T08:00:00.000Z', hook: 'a', reason: 'forged' },
    { receivedAt: '2026-05-04T07:00:00.000Z', hook: 'a', reason: 'malformed' },
    { receivedAt: '2026-05-04T11:00:00.000Z', reason: 'forged' },
  ];
  expect(rejectionGroups(rejections).map(({ hook, reason, count }) => [hook, reason, count])).toEqual([
    [undefined, 'forged', 1],
    ['a', 'forged', 2],
    ['b', 'forged', 1],
    ['a', 'malformed', 1],
  ]);
  expect(rejectionGroups(rejections)[1]).toMatchObject({
    firstAt: '2026-05-04T08:00:00.000Z',
    lastAt: '2026-05-04T10:00:00.000Z',
  });
});

test('the group of a delivery holds all its deliveries, the latest first', () => {
  const groups = rejectionGroups([
    { id: '1', receivedAt: '2026-05-04T08:00:00.000Z', hook: 'a', reason: 'forged' },
    { id: '2', receivedAt: '2026-05-04T09:00:00.000Z', hook: 'a', reason: 'forged' },
    { id: '3', receivedAt: '2026-05-04T09:30:00.000Z', hook: 'b', reason: 'forged' },
  ]);
  expect(groupWith(groups, '1')?.deliveries.map(({ id }) => id)).toEqual(['2', '1']);
  expect(groupWith(groups, '4')).toBeUndefined();
});
