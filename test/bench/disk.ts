import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Milliseconds, in the median, until this disk has taken 64 KB for good: no durable answer can be quicker. */
export function syncTime(): number {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-disk-'));
  const file = openSync(join(folder, 'probe'), 'w');
  const block = Buffer.alloc(64 * 1024, 1);
  const times = Array.from({ length: 200 }, () => {
    const began = performance.now();
    writeSync(file, block, 0, block.length, 0);
    fsyncSync(file);
    return performance.now() - began;
  });
  closeSync(file);
  rmSync(folder, { recursive: true });
  return times.sort((a, b) => a - b)[100] ?? Number.NaN;
}
