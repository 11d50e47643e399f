import { expect, test } from 'vitest';
import { eventually, until } from '../support/temporary.ts';

test.each([
  ['a condition that gives nothing', () => 0, 'Nothing within 1 ms, 0 at attempt '],
  ['one that gives nothing later', async () => null, 'Nothing within 1 ms, null at attempt '],
  ['one that never ends', () => new Promise(() => {}), 'The condition has given no result'],
])('waiting for %s fails with what was last seen', async (_, condition, message) => {
  await expect(until(condition, 1)).rejects.toThrow(message);
});

test('an assertion that does not hold in time fails with its last failure', async () => {
  const attempts: number[] = [];
  const assertion = (): void => expect(attempts.push(attempts.length)).toBe(0);
  const failure = await eventually(assertion, 20).catch((error: Error) => error.message);
  expect(failure).toContain(`expected ${attempts.length} to be `);
});
