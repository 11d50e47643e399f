import { expect, test } from 'vitest';
import { RecentMap } from '../../../main/engine/timing/index.ts';

test('the latest keys are remembered, however many come', () => {
  const map = new RecentMap<string, number>(3);
  for (let number = 0; number < 1000; number += 1) map.set(`key ${number}`, number);
  expect([...map]).toEqual([
    ['key 997', 997],
    ['key 998', 998],
    ['key 999', 999],
  ]);
});

test('a key that is set again counts as the latest', () => {
  const map = new RecentMap<string, number>(2).set('a', 1).set('b', 2).set('a', 3).set('c', 4);
  expect([...map.keys()]).toEqual(['a', 'c']);
});
