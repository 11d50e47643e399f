import { expect, test } from 'vitest';
import { prettyJson } from '../../renderer/events/detail/pretty-json.ts';

test('JSON is set out as JSON.stringify would', () => {
  const value = { a: [], b: {}, c: [1, 'x{,}:"\\', null], d: { e: { f: true } }, 'g h': -1.5e3 };
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(prettyJson(JSON.stringify(value, null, 7))).toBe(JSON.stringify(value, null, 2));
  expect(prettyJson(' "text" ')).toBe('"text"');
});

test('numbers and escapes stay as they were written', () => {
  expect(prettyJson('{"n":12345678901234567890,"m":1.10,"s":"\\u00e9\\/"}')).toBe(
    '{\n  "n": 12345678901234567890,\n  "m": 1.10,\n  "s": "\\u00e9\\/"\n}',
  );
});

test('what is not JSON is not touched', () => {
  expect(prettyJson('a=1&b=2')).toBeUndefined();
  expect(prettyJson('{"cut":')).toBeUndefined();
  expect(prettyJson('')).toBeUndefined();
});
