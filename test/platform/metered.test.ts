import { expect, test } from 'vitest';
import { createMeteredQuestion } from '../../main/platform/metered.ts';

test.each([
  ['linux', 'u 1\n', true],
  ['linux', 'u 3\n', true],
  ['linux', 'u 4\n', false],
  ['win32', 'Fixed\r\n', true],
  ['win32', 'Unrestricted\r\n', false],
] as const)('what %s says of the connection is understood: %o', async (platform, printed, metered) => {
  expect(await createMeteredQuestion(platform, async () => printed)?.()).toBe(metered);
});

test('a system that cannot tell has a connection without a meter, and one that never can is not asked', async () => {
  const failing = createMeteredQuestion('linux', () => Promise.reject(new Error('no such program')));
  expect(await failing?.()).toBe(false);
  expect(createMeteredQuestion('darwin')).toBeUndefined();
});
