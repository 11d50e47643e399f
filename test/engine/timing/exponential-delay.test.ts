import { expect, test } from 'vitest';
import { exponentialDelay } from '../../../main/engine/timing/index.ts';

test('the delay doubles with each attempt up to the longest', () => {
  expect([1, 2, 3, 4].map((attempts) => exponentialDelay(attempts, 1000, 5000))).toEqual([1000, 2000, 4000, 5000]);
});

test('any number of attempts has a delay between the first and the longest', () => {
  expect([-1, 0, 1, 1e6, Infinity].map((attempts) => exponentialDelay(attempts, 1000, 5000))).toEqual([
    1000, 1000, 1000, 5000, 5000,
  ]);
});
