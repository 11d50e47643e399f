import { expect, test } from 'vitest';
import { createRateLimit } from '../../../main/engine/hooks/reconcile/rate-limit.ts';

const minute = 60_000;

/** The most that fell into any minute. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));
}

test('the rate limit leaves a fifth of the quota to others, in any minute', () => {
  let now = 0;
  const limit = createRateLimit({ perMinute: { POST: 50 } }, () => now);
  const times: number[] = [];
  for (let request = 0; request < 200; request += 1) {
    now += limit.waitFor(['POST']);
    limit.spend('POST');
    times.push(now);
  }
  expect(mostInAMinute(times)).toBeLessThanOrEqual(41);
  expect(mostInAMinute(times)).toBeGreaterThan(35);
});
