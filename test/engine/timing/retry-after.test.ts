import { expect, test } from 'vitest';
import { retryAfterOf } from '../../../main/engine/timing/index.ts';

test.each([
  [undefined, undefined],
  ['120', 120_000],
  [' 7 ', 7_000],
  ['0', 0],
  ['1.5', 1_500],
  ['-5', undefined],
  ['99999999999', 86_400_000],
  ['Sat, 28 Nov 2026 12:02:00 GMT', 120_000],
  ['Sat, 28 Nov 2026 11:00:00 GMT', 0],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
  ['7200.5.1', undefined],
  ['soon', undefined],
  ['', undefined],
])('a server that asks to retry after %j is left alone for %s ms', (text, milliseconds) => {
  const headers = new Headers(text === undefined ? {} : { 'retry-after': text });
  expect(retryAfterOf(headers, Date.parse('2026-11-28T12:00:00Z'))).toBe(milliseconds);
});
