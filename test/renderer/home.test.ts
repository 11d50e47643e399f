import { expect, test } from 'vitest';
import type { Backup, BackupAccount, Change, Connection, Hook, Job } from '../../preload/contract/index.ts';
import { dayBounds } from '../../renderer/clock.ts';
import { type AttentionInput, attentionOf, rejectionsRead } from '../../renderer/home/attention.ts';
import { dateOf, totalsOf } from '../../renderer/home/days.ts';
import { staleAfterChange, staleAfterMethod } from '../../renderer/stale.ts';

const now = Date.parse('2026-05-04T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

const nothing: AttentionInput = {
  connections: [],
  hooks: [],
  accounts: [],
  backups: [],
  jobs: [],
  inactivity: [],
  rejections: [],
};
const hook = (id: string, more: Partial<Hook> = {}): Hook => ({
  ...{ id, connection: 'c', event: id, scope: {}, status: 'active', callbackUrl: 'https://a.example', ours: true },
  ...more,
});
const backup = (id: string, state: Backup['state'], createdAt: string): Backup => ({
  ...{ id, connection: 'c', request: 'owner', title: `Backup ${id}`, by: 'user', state, createdAt },
  updatedAt: createdAt,
});
const job = (id: string, more: Partial<Job>): Job => ({
  ...{ id, connection: 'c', kind: 'translation', urn: id, name: `${id}.rvt`, by: 'user', state: 'failed' },
  ...{ createdAt: hoursAgo(50), updatedAt: hoursAgo(1), overdue: false },
  ...more,
});

const attention = (input: Partial<AttentionInput>) =>
  attentionOf(
    { ...nothing, ...input },
    { now, isOverdue: ({ overdue }) => overdue, nameOf: ({ event }) => `name of ${event}` },
  );

test('nothing needs attention where all is well, also not what the user paused or others created', () => {
  const hooks = [
    hook('a'),
    hook('b', { status: 'inactive', paused: true }),
    hook('c', { status: 'inactive', ours: false }),
  ];
  const backups = [backup('old', 'failed', hoursAgo(5)), backup('new', 'done', hoursAgo(4))];
  const jobs = [job('early', { endedAt: hoursAgo(25) }), job('running', { state: 'running' })];
  const rejections = [{ receivedAt: hoursAgo(25), reason: 'forged' }];
  expect(attention({ hooks, backups, jobs, rejections })).toEqual([]);
});

test('one thing leads to itself, several to the page that lists them', () => {
  const one = attention({ hooks: [hook('a', { status: 'missing' })], jobs: [job('late', { endedAt: hoursAgo(1) })] });
  expect(one).toEqual([
    { kind: 'hooks', count: 1, names: ['name of a'], target: { page: 'hooks', hook: 'a' } },
    { kind: 'failedJobs', count: 1, names: ['late.rvt'], target: { page: 'jobs', job: 'late' } },
  ]);
  const hooks = [hook('a', { problem: 'refused' }), hook('b', { status: 'inactive' })];
  expect(attention({ hooks })).toMatchObject([{ kind: 'hooks', count: 2, target: { page: 'hooks' } }]);
  expect(attention({ hooks })[0]?.target).toEqual({ page: 'hooks' });
});

test('sign-ins, overdue and failed backups, inactive hooks and rejections are named in their order', () => {
  const connections = [{ id: 'c', name: 'Plant', signIn: { state: 'needed' } }] as unknown as Connection[];
  const accounts = [
    { name: 'Owner', overdue: true },
    { name: 'Other', overdue: false },
  ] as BackupAccount[];
  const found = attention({
    connections,
    accounts,
    backups: [backup('old', 'done', hoursAgo(5)), backup('new', 'timed-out', hoursAgo(4))],
    hooks: [hook('quiet')],
    inactivity: [{ hook: 'quiet', rule: 'usual', alarm: true }],
    jobs: [job('slow', { state: 'running', overdue: true })],
    rejections: [{ receivedAt: hoursAgo(2), reason: 'forged' }],
  });
  expect(found.map(({ kind, names }) => [kind, ...names])).toEqual([
    ['signIn', 'Plant'],
    ['overdue', 'Owner'],
    ['failedBackups', 'Backup new'],
    ['slowJobs', 'slow.rvt'],
    ['inactive', 'name of quiet'],
    ['rejected'],
  ]);
});

test('connections without their credentials lead to Connections', () => {
  const connections = [
    { id: 'c', name: 'Plant', incomplete: true },
    { id: 'd', name: 'Office' },
  ] as unknown as Connection[];
  expect(attention({ connections })).toEqual([
    { kind: 'credentials', count: 1, names: ['Plant'], target: { page: 'connections' } },
  ]);
});

test('as many rejections as are read may be more', () => {
  const rejections = Array.from({ length: rejectionsRead }, () => ({ receivedAt: hoursAgo(2), reason: 'forged' }));
  expect(attention({ rejections })).toMatchObject([{ kind: 'rejected', count: rejectionsRead, isCapped: true }]);
  expect(attention({ rejections: rejections.slice(1) })[0]).not.toHaveProperty('isCapped');
});

test('a job that timed out needs attention as one that failed', () => {
  const jobs = [job('stuck', { state: 'timeout', endedAt: hoursAgo(2) }), job('fine', { state: 'success' })];
  expect(attention({ jobs })).toMatchObject([{ kind: 'failedJobs', names: ['stuck.rvt'] }]);
});

test('an import makes stale all that it may bring', () => {
  const expected = ['settings.get', 'connections.list', 'hooks.list', 'notifications.rules', 'backups.accounts'];
  expect(staleAfterMethod('transfer.import')).toEqual(expect.arrayContaining(expected));
});

test('an event makes stale all that counts or lists events', () => {
  const change = { type: 'event', event: {} } as Change;
  expect(staleAfterChange(change)).toEqual(expect.arrayContaining(['events.list', 'events.counts']));
});

test('days begin at local midnight, the present one last', () => {
  const bounds = dayBounds(now, 14).map((time) => new Date(time));
  expect(bounds).toHaveLength(15);
  expect(new Set(bounds.map((date) => `${date.getHours()}:${date.getMinutes()}`))).toEqual(new Set(['0:0']));
  expect((bounds[13]?.getTime() ?? 0) <= now && now < (bounds[14]?.getTime() ?? 0)).toBe(true);
  expect(dateOf(new Date(2026, 1, 28, 23).toISOString(), 1)).toBe('2026-03-01');
});

test('outcomes without events are left out of the totals', () => {
  const counts = { from: '', success: 2, failed: 0, info: 1, other: 0, rejected: 0 };
  expect(totalsOf([counts, { ...counts, failed: 4 }])).toEqual([
    { kind: 'failed', count: 4 },
    { kind: 'success', count: 4 },
    { kind: 'info', count: 2 },
  ]);
});
