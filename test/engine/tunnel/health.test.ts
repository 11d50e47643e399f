import { expect, test } from 'vitest';
import { trackHealth } from '../../../main/engine/tunnel/health.ts';
import { eventually } from '../../support/temporary.ts';

test('a provider that failed has no failures again after the recovery period', async () => {
  const changes: number[] = [];
  const health = trackHealth({ settleAfter: 5, recoveryPeriod: 40 }, () => changes.push(health.current.failures));
  health.setDown();
  health.setDown();
  health.setUp();
  expect(health.current).toEqual({ up: true, failures: 2, settled: false });
  await eventually(() => expect(health.current.settled).toBe(true));
  await eventually(() => expect(health.current.failures).toBe(0));
  expect(changes).toEqual([2, 0]);
});

test('the recovery period is twice as long after each replacement', async () => {
  const health = trackHealth({ settleAfter: 1, recoveryPeriod: 60 }, () => {});
  health.setDown();
  health.setReplaced();
  health.setUp();
  const since = performance.now();
  await eventually(() => expect(health.current.failures).toBe(0));
  expect(performance.now() - since).toBeGreaterThan(115);
});

test('another failure ends the recovery', async () => {
  const health = trackHealth({ settleAfter: 5, recoveryPeriod: 10 }, () => expect.unreachable());
  health.setUp();
  health.setDown();
  const later = trackHealth({ settleAfter: 30, recoveryPeriod: 30 }, () => {});
  later.setUp();
  await eventually(() => expect(later.current.settled).toBe(true));
  expect(health.current).toEqual({ up: false, failures: 1, settled: false });
});
