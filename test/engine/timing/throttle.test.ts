import { expect, onTestFinished, test } from 'vitest';
import { createThrottle } from '../../../main/engine/timing/throttle.ts';
import { eventually } from '../../support/temporary.ts';

test('many requests run the work at once and once more later', async () => {
  let runs = 0;
  const throttle = createThrottle(30, () => {
    runs += 1;
  });
  onTestFinished(throttle.stop);
  for (let count = 0; count < 100; count += 1) throttle.run();
  expect(runs).toBe(1);
  await eventually(() => expect(runs).toBe(2));
});

test('a stopped throttle runs nothing more', async () => {
  let runs = 0;
  const throttle = createThrottle(5, () => {
    runs += 1;
  });
  throttle.run();
  throttle.run();
  throttle.stop();
  const other = createThrottle(15, () => {
    runs += 10;
  });
  onTestFinished(other.stop);
  other.run();
  other.run();
  await eventually(() => expect(runs).toBe(21));
});
