import { expect, test } from 'vitest';
import { HookRecord } from '../../../main/engine/hooks/records/record.ts';

const key = (digit: string) => digit.repeat(32);
const earlierRegistration = (digit: string, state: string) => ({
  ...{
    key: key(digit),
    secret: 'encrypted:b',
    confirmed: true,
    former: [],
    callbackUrl: 'https://b.example/in/b',
    state,
  },
});
const earlier = {
  ...{ id: 'hook-1', connection: 'one', event: 'ring', scope: {}, status: 'inactive', createdAt: 0 },
  ...{ key: key('a'), secret: 'encrypted:a', confirmed: true, callbackUrl: 'https://a.example/in/a' },
  former: [{ secret: 'encrypted:old', until: 5 }],
  others: [earlierRegistration('b', 'arriving'), earlierRegistration('c', 'leaving'), earlierRegistration('d', 'left')],
  trouble: { message: 'No.', since: 3, told: true },
  mournedAt: 4,
};

test('a record of an earlier version keeps its secrets, registrations and failure', () => {
  const record = HookRecord.parse(earlier);
  expect(record).toMatchObject({
    previousSecrets: [{ secret: 'encrypted:old', until: 5 }],
    others: [{ state: 'pending', previousSecrets: [] }, { state: 'retiring' }, { state: 'retired' }],
    failure: { message: 'No.', since: 3, notified: true },
    disabledNotifiedAt: 4,
  });
  expect(Object.keys(record)).not.toEqual(expect.arrayContaining(['former']));
  expect(HookRecord.parse(record)).toEqual(record);
});

test('a disabled hook of a version that did not store who disabled it counts as paused by the user', () => {
  expect(HookRecord.parse(earlier).paused).toBe(true);
  expect(HookRecord.parse({ ...earlier, paused: false }).paused).toBe(false);
  expect(HookRecord.parse({ ...earlier, status: 'active' }).paused).toBe(false);
});
