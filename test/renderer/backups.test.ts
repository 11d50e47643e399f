import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Backup, BackupAccount, BackupPlan } from '../../preload/contract/index.ts';
import { hoursText, percentOf, spanText } from '../../renderer/backups/amount.ts';
import { backupsKey, kindOf, putBackups, withChanged, withoutProgress } from '../../renderer/backups/backup-list.ts';
import { overdueOf } from '../../renderer/backups/overdue.ts';
import { faultsInPlan, planChange, startPlan, withSchedule } from '../../renderer/backups/plan-draft.ts';
import { dayTimeOf } from '../../renderer/clock.ts';
import { sizeText } from '../../renderer/numbers.ts';

const hour = 3_600_000;
const noon = new Date(2026, 2, 11, 12, 0).getTime();
const plain = (text: string) => text.replace(/\s/g, ' ');

function backup(id: string, more: Partial<Backup> = {}): Backup {
  const at = new Date(noon).toISOString();
  const base = {
    connection: 'c',
    request: 'owner',
    title: 'Backup',
    by: 'user',
    createdAt: at,
    updatedAt: at,
  } as const;
  return { id, ...base, state: 'done', file: '/b.zip', ...more };
}

test('progress of a download leaves the list as it was, everything else changes it', () => {
  const client = new QueryClient();
  client.setQueryData(backupsKey, [backup('b', { state: 'downloading', bytes: 1 }), backup('a')]);
  const list = new QueryObserver(client, {
    queryKey: backupsKey,
    select: withoutProgress,
    enabled: false,
    notifyOnChangeProps: ['data'],
  });
  let seen = 0;
  const end = list.subscribe(() => {
    seen += 1;
  });
  const before = list.getCurrentResult().data;
  for (const bytes of [2, 3, 4]) {
    const updatedAt = new Date(noon + bytes).toISOString();
    putBackups(client, [backup('b', { state: 'downloading', bytes, rate: bytes, remaining: 9, updatedAt })]);
  }
  expect(list.getCurrentResult().data).toBe(before);
  expect(client.getQueryData<Backup[]>(backupsKey)?.[0]?.bytes).toBe(4);
  putBackups(client, [backup('b', { state: 'downloading', bytes: 4, problem: 'Slow.' })]);
  expect(list.getCurrentResult().data?.[0]?.problem).toBe('Slow.');
  expect(list.getCurrentResult().data?.[1]).toBe(before?.[1]);
  end();
  client.clear();
  expect(seen).toBeLessThanOrEqual(1);
});

test('a new backup comes on top of the list, a known one stays in its place', () => {
  const list = [backup('b'), backup('a')];
  const changed = [backup('a', { request: 'stock' }), backup('c')];
  expect(withChanged(list, changed).map(({ id, request }) => `${id} ${request}`)).toEqual([
    'c owner',
    'b owner',
    'a stock',
  ]);
});

test('a backup counts as good only while nothing speaks against it', () => {
  const found = (state: 'good' | 'altered' | 'missing') => ({ verification: { at: '', state } });
  expect(kindOf(backup('b'))).toBe('good');
  expect(kindOf(backup('b', found('good')))).toBe('good');
  expect(kindOf(backup('b', found('altered')))).toBe('altered');
  expect(kindOf(backup('b', { remark: 'Two entries are encrypted.' }))).toBe('remarked');
  expect(kindOf(backup('b', { remark: 'Two entries are encrypted.', ...found('good') }))).toBe('remarked');
  expect(kindOf(backup('b', { remark: 'Two entries are encrypted.', ...found('altered') }))).toBe('altered');
  expect(kindOf(backup('b', { ...found('missing'), removedAt: '' }))).toBe('removed');
  const { file: _, ...unfiled } = backup('b', { result: '{}' });
  expect(kindOf(unfiled)).toBe('result');
  expect(kindOf(backup('b', { state: 'timed-out' }))).toBe('timedOut');
  expect(kindOf(backup('b', { state: 'cancelled' }))).toBe('cancelled');
  expect(kindOf(backup('b', { state: 'resolved' }))).toBe('running');
});

test('sizes, durations and percentages are formatted for people', () => {
  expect([812, 1_812_345_678, 999_600_000, 12_400_000, 781_308_641].map(sizeText).map(plain)).toEqual([
    '812 bytes',
    '1.8 GB',
    '1 GB',
    '12.4 MB',
    '781 MB',
  ]);
  expect([0.2, 59, 61, 3600, 4800].map(spanText)).toEqual(['1 sec', '59 sec', '2 min', '1 hr', '1 hr 20 min']);
  expect([0.5, 36, 180].map(hoursText).map(plain)).toEqual(['0.5 h', '36 h', '7 days']);
  expect([percentOf(999, 1000), percentOf(1000, 1000), percentOf(1, 0)]).toEqual([99, 100, 0]);
});

test('a day is named relative to today, then by weekday, then by date', () => {
  const at = (day: number, hours: number) =>
    plain(dayTimeOf(new Date(2026, 2, day, hours, 12).toISOString(), noon)).replace(/:12.*/, '');
  expect([at(11, 3), at(10, 23), at(12, 3), at(9, 3), at(1, 3)]).toEqual([
    'today 3',
    'yesterday 11',
    'tomorrow 3',
    'Mon 3',
    'Mar 1, 2026, 3',
  ]);
  expect(dayTimeOf('soon', noon)).toBe('soon');
});

test('an account is overdue from the hour on that the plan allows, also before the host says so', () => {
  const account = (hours: number, overdueHours: number | null): BackupAccount => ({
    ...{ connection: 'c', name: 'Nord', requests: [], overdue: false },
    lastProven: { id: 'a', at: new Date(noon - hours * hour).toISOString(), bytes: 1, file: '' },
    plan: { schedule: null, keep: null, overdueHours },
  });
  expect(overdueOf(account(35, 36), noon)).toBeUndefined();
  expect(overdueOf(account(37, 36), noon)).toEqual({ hours: 37 });
  expect(overdueOf(account(999, null), noon)).toBeUndefined();
  const { lastProven: _, ...bare } = account(0, 36);
  expect(overdueOf(bare, noon)).toBeUndefined();
  expect(overdueOf({ ...bare, overdue: true }, noon)).toEqual({});
});

const plan: BackupPlan = { schedule: { every: 'day', at: '03:00' }, keep: null, overdueHours: 36 };

test('an unchanged plan sends nothing', () => {
  for (const each of [plan, { ...plan, schedule: null }, { ...plan, overdueHours: null }]) {
    expect(planChange(startPlan(each), each)).toEqual({});
  }
});

test('only the parts of a plan that were changed are sent', () => {
  const draft = { ...startPlan(plan), retention: 'some' as const, monthly: 0 };
  expect(planChange(draft, plan)).toEqual({ keep: { last: 3, daily: 7, weekly: 4, monthly: 0 } });
  expect(planChange({ ...startPlan(plan), warn: false }, plan)).toEqual({ overdueHours: null });
  expect(planChange({ ...startPlan(plan), every: 'never' }, plan)).toEqual({ schedule: null });
});

test('a default alert follows the schedule, a custom one is retained', () => {
  expect(withSchedule(startPlan(plan), 'week').hours).toBe(180);
  expect(withSchedule(startPlan({ ...plan, overdueHours: 50 }), 'week').hours).toBe(50);
});

test('a plan must retain something and have a time', () => {
  const draft = startPlan(plan);
  const none = { ...draft, retention: 'some' as const, last: 0, daily: 0, weekly: '', monthly: 0 };
  expect(faultsInPlan(draft)).toEqual({});
  expect(faultsInPlan(none)).toEqual({ last: 'retainsNone' });
  expect(faultsInPlan({ ...draft, at: '', hours: '' })).toEqual({ at: 'required', hours: 'required' });
});
