import { expect, it } from 'vitest';
import { createTransferRate } from '../../../main/engine/download/transfer-rate.ts';

it('the rate is smoothed: a burst shows, but does not take over', () => {
  let time = 0;
  const rate = createTransferRate(() => time);
  expect(rate.at(5000)).toBeUndefined();
  for (time = 1000; time <= 20_000; time += 1000) expect(rate.at(5000 + time)).toBeCloseTo(1000);
  time += 1000;
  const burst = rate.at(5000 + 20_000 + 100_000) ?? 0;
  expect(burst).toBeGreaterThan(1000);
  expect(burst).toBeLessThan(30_000);
});

it('the rate survives a download that starts over and a clock that is set back', () => {
  let time = 1000;
  const rate = createTransferRate(() => time);
  rate.at(0);
  time = 2000;
  expect(rate.at(1000)).toBe(1000);
  time = 3000;
  expect(rate.at(0)).toBe(1000);
  time = 1000;
  expect(rate.at(500)).toBe(1000);
  time = 2000;
  expect(rate.at(1500)).toBe(1000);
});
