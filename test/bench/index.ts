import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { syncTime } from './disk.ts';

/**
 * `npm run bench`: every part; `npm run bench -- search --events 10000`: that part, with its options. Whatever is compared
 * takes turns in one run, since on a noisy machine only the ratios mean something.
 */

/** What each part measures, and the options and variables that it has. */
const parts = {
  ingest: 'callbacks each second, beside the limit of a durable receiver (BENCH_ROUNDS, BENCH_SECONDS)',
  deletion: 'callbacks while old events are deleted (--events, --rounds, BENCH_SECONDS)',
  soak: 'memory over many callbacks (BENCH_CALLBACKS)',
  search: 'pages of a large store (--events, --rounds, --store)',
  start: 'time until ready, and memory at rest (--events, --rounds, --store)',
  download: '1 GiB over loopback (BENCH_ROUNDS, BENCH_BYTES, BENCH_FOLDER)',
  tunnel: 'until an outage is noticed, and until callbacks arrive again',
  hooks: 'until all hooks point to a new address',
  team: 'callbacks that are published, and outages (--events, BENCH_ROUNDS, BENCH_SECONDS)',
  window: 'the window in a headless Chromium (--events, --rows, --rounds)',
};

const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const requested = firstOption === -1 ? words : words.slice(0, firstOption);
/** For the parts that have any. */
const options = firstOption === -1 ? [] : words.slice(firstOption);
const all = Object.keys(parts);
if (options.includes('--help')) {
  console.log('npm run bench -- [part…] [options]\n');
  for (const [part, measures] of Object.entries(parts)) console.log(`  ${part.padEnd(10)}${measures}`);
  process.exit();
}
const unknown = requested.filter((part) => !all.includes(part));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(1);
}

console.log(`this disk takes ${syncTime().toFixed(1)} ms for a synced write of 64 KB`);
for (const part of requested.length > 0 ? requested : all) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${part}.ts`), ...options], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
