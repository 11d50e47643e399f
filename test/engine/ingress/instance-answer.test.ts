import { expect, test } from 'vitest';
import { instanceAnswer, instanceIn } from '../../../main/engine/ingress/index.ts';

const sharedKey = 'a1'.repeat(32);
const instance = '0123456789abcdef'.repeat(2);

test('a computer with the same data is recognised by the very body that it was sent', () => {
  expect(instanceIn(instanceAnswer(sharedKey, instance, 'fresh'), sharedKey, 'fresh')).toBe(instance);
});

test.each([
  ['an answer to an earlier body', instanceAnswer(sharedKey, instance, 'earlier')],
  ['one by other data', instanceAnswer('b2'.repeat(32), instance, 'fresh')],
  ['one in the name of another process', `${'f'.repeat(32)}${instanceAnswer(sharedKey, instance, 'fresh').slice(32)}`],
  ['a plain digest', 'd41d8cd98f00b204e9800998ecf8427e'],
  ['nothing', ''],
  ['a page', '<html></html>'],
])('%s shows nothing', (_what, answer) => {
  expect(instanceIn(answer, sharedKey, 'fresh')).toBeUndefined();
});
