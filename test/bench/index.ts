import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { syncTime } from './disk.ts';

/**
 * `npm run bench`: every part; `npm run bench -- search --events 10000`: that part, with its options. Whatever is compared
 * takes turns in one run, since on a noisy machine only the ratios mean something.
 */

const parts = ['ingest', 'deletion', 'soak', 'search', 'start', 'download', 'tunnel', 'hooks', 'team', 'window'];

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const requested = firstOption === -1 ? words : words.slice(0, firstOption);
/** For the parts that have any. */
const options = firstOption === -1 ? [] : words.slice(firstOption);
const unknown = requested.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${parts.join(', ')}`);
  process.exit(1);
}

console.log(`this disk takes ${syncTime().toFixed(1)} ms for a synced write of 64 KB`);
for (const part of requested.length > 0 ? requested : parts) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${part}.ts`), ...options], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
