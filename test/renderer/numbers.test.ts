import { afterEach, expect, test } from 'vitest';
import { setLocale } from '../../renderer/locale.ts';
import { separatorsOfNumbers } from '../../renderer/numbers.ts';

afterEach(() => setLocale(undefined));

test.each([
  ['en', ',', '.'],
  ['nl', '.', ','],
  ['de', '.', ','],
  ['fr', '\u202f', ','],
])('fields for large numbers have the separators of %s', (locale, thousandSeparator, decimalSeparator) => {
  setLocale(locale);
  expect(separatorsOfNumbers()).toEqual({ thousandSeparator, decimalSeparator });
});
