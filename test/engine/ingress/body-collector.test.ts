import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBodyCollector } from '../../../main/engine/ingress/body-collector.ts';
import { trials } from '../../endurance/extent.ts';

test('the body is what was added, whatever the sizes of its chunks', () => {
  const sizes = fc.array(fc.oneof(fc.nat(5), fc.nat(5_000), fc.nat(40_000)), { maxLength: 30 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const collector = createBodyCollector();
      const chunks = lengths.map((length, index) => Buffer.alloc(length, index + 1));
      for (const chunk of chunks) collector.add(chunk);
      expect(collector.take().equals(Buffer.concat(chunks))).toBe(true);
    }),
    trials(),
  );
});

/** Bytes in use once garbage is collected. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('a body in chunks of one byte takes about as much memory as it has bytes', () => {
  const collector = createBodyCollector();
  const source = Buffer.alloc(64 * 1024, 'x');
  const before = memoryInUse();
  const count = 300_000;
  for (let index = 0; index < count; index += 1) collector.add(source.subarray(index % 1000, (index % 1000) + 1));
  // The objects of the chunks alone would take 20 MB and more.
  expect(memoryInUse() - before).toBeLessThan(10 * count);
  expect(collector.take().length).toBe(count);
});

test('a chunk that was given back holds nothing', () => {
  const collector = createBodyCollector();
  collector.add(Buffer.from('abc'));
  collector.add(Buffer.from('d'));
  collector.clear();
  expect(collector.take().length).toBe(0);
});
