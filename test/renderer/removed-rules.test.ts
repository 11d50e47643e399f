import { expect, test } from 'vitest';
import type { NotificationRule } from '../../preload/contract/index.ts';
import { removedRules, restoreRules } from '../../renderer/settings/notifications/removed-rules.ts';

const rule = (event: string, mode: NotificationRule['mode'] = 'off'): NotificationRule => ({ event, mode });
const [a, b, c, d] = [rule('a'), rule('b'), rule('c'), rule('d')];

test('a rule with another mode is not a removed one', () => {
  expect(removedRules([a, b, c], [rule('a', 'silent'), d, c])).toEqual([b]);
});

test('removed rules come back where they stood', () => {
  expect(restoreRules([b, d], [a, b, c, d], [a, c])).toEqual([a, b, c, d]);
  expect(restoreRules([a], [a, b, c], [b, c])).toEqual([a, b, c]);
});

test('rules that were added or changed meanwhile stay', () => {
  const added = rule('new', 'sound');
  expect(restoreRules([added, rule('c', 'silent')], [a, b, c], [a, b])).toEqual([added, a, b, rule('c', 'silent')]);
});

test('a rule that is there again is not added twice', () => {
  expect(restoreRules([rule('a', 'digest'), b], [a, b], [a])).toEqual([rule('a', 'digest'), b]);
});
