import { expect, test } from 'vitest';
import type { Connection, Hook } from '../../preload/contract/index.ts';
import { isBeginning, nextStep, stepsFor } from '../../renderer/events/next-step.ts';
import { stepOf } from '../../renderer/parts/step.ts';

const connections: Connection[] = [{ id: 'c', connector: 'x', name: 'X', settings: {} }];
const hook: Hook = { id: 'h', connection: 'c', event: 'e', scope: {}, status: 'active', callbackUrl: '', ours: true };

test('a newcomer is led from the connection over tunnel and hook to the first event', () => {
  expect(nextStep({ connections: [], tunnel: 'off', hooks: [] })).toBe('connection');
  expect(nextStep({ connections, tunnel: 'off', hooks: [] })).toBe('tunnel');
  expect(nextStep({ connections, tunnel: 'down', hooks: [] })).toBe('hook');
  expect(nextStep({ connections, tunnel: 'up', hooks: [{ ...hook, ours: false }] })).toBe('hook');
  expect(nextStep({ connections, tunnel: 'up', hooks: [hook] })).toBe('wait');
});

test('keys move within the list and never beyond its ends', () => {
  expect(stepOf('ArrowDown', -1, 10, 4)).toBe(0);
  expect(stepOf('ArrowDown', 9, 10, 4)).toBe(9);
  expect(stepOf('ArrowUp', 0, 10, 4)).toBe(0);
  expect(stepOf('PageDown', 3, 10, 4)).toBe(7);
  expect(stepOf('PageUp', 3, 10, 4)).toBe(0);
  expect(stepOf('Home', 5, 10, 4)).toBe(0);
  expect(stepOf('End', 5, 10, 4)).toBe(9);
  expect(stepOf('a', 5, 10, 4)).toBeUndefined();
  expect(stepOf('ArrowDown', -1, 0, 4)).toBeUndefined();
});

test('who only has backups is led to the first one, until it is verified', () => {
  const connectors = [
    { id: 'events', catalogue: { systems: [], regions: [] } },
    { id: 'copies', backups: [{ id: 'all', title: 'All' }] },
  ];
  const copies = stepsFor([{ connector: 'copies' }], connectors);
  expect(nextStep({ connections, tunnel: 'up', hooks: [] }, copies)).toBe('backup');
  expect(stepsFor([{ connector: 'copies' }, { connector: 'events' }], connectors)).toContain('hook');
  expect(stepsFor([], connectors)).toContain('hook');
  expect(isBeginning(false, [{}])).toBe(true);
  expect(isBeginning(false, [{ lastProven: { id: '1', at: '', bytes: 1, file: '' } }])).toBe(false);
  expect(isBeginning(true, [])).toBe(false);
});
