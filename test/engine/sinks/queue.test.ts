import { expect, test } from 'vitest';
import { nextAttempt } from '../../../main/engine/sinks/queue.ts';

const at = (attempt: number, now: number, failure = {}): number | null =>
  nextAttempt({ attempt, since: 0 }, { isFinal: false, retryAfter: undefined, ...failure }, now);

test('a notification that was not accepted is sent again after 5 s, and then ever later, up to 15 minutes', () => {
  expect([1, 2, 3, 20].map((attempt) => at(attempt, 0))).toEqual([5_000, 10_000, 20_000, 900_000]);
});

test('the receiver of a notification can ask for a later attempt, but not for an earlier one', () => {
  expect(at(1, 1_000, { retryAfter: 60_000 })).toBe(61_000);
  expect(at(3, 1_000, { retryAfter: 1 })).toBe(21_000);
});

test('a notification is given up after a day, or at once where it was rejected for good', () => {
  expect(at(200, 85_000_000)).toBe(85_900_000);
  expect(at(200, 86_400_000)).toBeNull();
  expect(at(1, 1_000, { isFinal: true })).toBeNull();
});
