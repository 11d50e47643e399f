import { expect, test } from 'vitest';
import { isRecent } from '../../../main/engine/timing/index.ts';

test.each([
  ['now', 1000, true],
  ['almost the span ago', 901, true],
  ['the span ago', 900, false],
  ['almost the span ahead, by a clock that was set back', 1099, true],
  ['the span ahead', 1100, false],
  ['never', Number.NEGATIVE_INFINITY, false],
])('a time is recent for a span before and after it: %s', (_when, time, recent) => {
  expect(isRecent(time, 100, 1000)).toBe(recent);
});
