import { expect, onTestFinished, test } from 'vitest';
import { startWakeWatch } from '../../main/headless/wake.ts';
import { until } from '../temporary.ts';

test('a computer that slept is noticed once, one that is merely busy is not', async () => {
  let time = 0;
  let ticks = 0;
  let woken = 0;
  const now = (): number => {
    ticks += 1;
    return time;
  };
  onTestFinished(startWakeWatch(() => (woken += 1), now, 5));
  time += 14;
  await until(() => ticks >= 3);
  expect(woken).toBe(0);
  time += 3_600_000;
  await until(() => woken > 0);
  const seen = ticks;
  await until(() => ticks >= seen + 3);
  expect(woken).toBe(1);
});
