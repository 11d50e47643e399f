import { expect, it } from 'vitest';
import { formatByteSize } from '../../preload/byte-size.ts';

it.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1000, '1 kB'],
  [1234, '1.2 kB'],
  [10_000_000, '10 MB'],
  [99_960_000, '100 MB'],
  [999_600_000, '1 GB'],
  [1_830_000_000, '1.8 GB'],
  [5e15, '5000 TB'],
])('%i is %s', (bytes, text) => {
  expect(formatByteSize(bytes, 'en')).toBe(text);
});
