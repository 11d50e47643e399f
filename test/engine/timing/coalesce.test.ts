import { expect, test } from 'vitest';
import { coalesce } from '../../../main/engine/timing/coalesce.ts';

test('calls during a run ask for one more run, and wait for it', async () => {
  const gates: (() => void)[] = [];
  const run = coalesce(() => new Promise((resolve) => gates.push(resolve)));

  const first = run();
  const others = [run(), run(), run()];
  expect(gates).toHaveLength(1);
  gates[0]?.();
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.();
  await Promise.all([first, ...others]);
  expect(gates).toHaveLength(2);
});

test('a call after the run starts another', async () => {
  let runs = 0;
  const run = coalesce(async () => {
    runs += 1;
  });
  await run();
  await run();
  expect(runs).toBe(2);
});

test('a failed run rejects for everyone who waits, and the next call runs again', async () => {
  let runs = 0;
  const run = coalesce(async () => {
    runs += 1;
    if (runs === 1) throw new Error('broken');
  });
  const results = await Promise.allSettled([run(), run()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await run();
  expect(runs).toBe(2);
});
