import { expect, test } from 'vitest';
import { decodeRecords, encodeHeader } from '../../../../main/engine/storage/journal/record.ts';

const recordOf = (sequence: number, text: string): Buffer => {
  const content = Buffer.from(text);
  return Buffer.concat([encodeHeader({ sequence, content }), content]);
};
const read = (...parts: readonly Uint8Array[]): (readonly [number, string])[] =>
  decodeRecords(Buffer.concat(parts)).map(({ sequence, content }) => [sequence, Buffer.from(content).toString()]);

test('records come back in their order, up to the zeros of a new file', () => {
  const parts = [recordOf(7, 'one'), recordOf(8, ''), recordOf(9, 'three'), Buffer.alloc(100)];
  expect(read(...parts)).toEqual([
    [7, 'one'],
    [8, ''],
    [9, 'three'],
  ]);
});

test('what is left behind them from an earlier use of the file is none of them, wherever its records begin', () => {
  const earlier = [recordOf(3, 'old one'), recordOf(4, 'old two')];
  expect(read(recordOf(20, 'new'), ...earlier)).toEqual([[20, 'new']]);
  expect(read(recordOf(20, 'new'), Buffer.from('cut in its middle'), ...earlier)).toEqual([[20, 'new']]);
});

test('the first that was not written whole ends them, with any byte of it changed and after any byte of it', () => {
  const [first, second, third] = [recordOf(1, 'first'), recordOf(2, 'second'), recordOf(3, 'third')];
  for (let position = 0; position < second.length; position += 1) {
    const changed = Buffer.from(second);
    changed[position] = (changed[position] ?? 0) ^ 0x10;
    expect(read(first, changed, third)).toEqual([[1, 'first']]);
    expect(read(first, second.subarray(0, position))).toEqual([[1, 'first']]);
  }
});

test('an empty file and one of other bytes have none', () => {
  expect(read()).toEqual([]);
  expect(read(Buffer.from('this is no journal, but long enough to be one'))).toEqual([]);
});
