import { fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatByteSize } from '../../preload/byte-size.ts';
import type { Took } from './download-process.ts';

/**
 * A download of 1 GiB over loopback, hashed and synced to disk by Ringback, against curl and aria2c (one connection),
 * which do neither, and against curl followed by sha256sum and sync, as a careful user does; taking turns in one run.
 * On a noisy machine only the ratios mean something.
 */

const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const bytes = Number(process.env.BENCH_BYTES ?? 1024 ** 3);

const server = fork(join(import.meta.dirname, 'seeded-file-process.ts'));
const [origin] = (await once(server, 'message')) as [string];
const url = `${origin}/${bytes}`;

async function ringback(folder: string): Promise<Took> {
  const child = fork(join(import.meta.dirname, 'download-process.ts'), [origin, String(bytes), folder]);
  const [took] = (await once(child, 'message')) as [Took];
  await once(child, 'exit');
  return took;
}

function program(name: string, parameters: (folder: string) => string[]) {
  return async (folder: string): Promise<number> => {
    const start = performance.now();
    const [code] = await once(spawn(name, [...parameters(folder), url], { stdio: 'ignore' }), 'exit');
    if (code !== 0) throw new Error(`${name} ended with ${code}`);
    return performance.now() - start;
  };
}

const others = {
  curl: program('curl', (folder) => ['-s', '-o', join(folder, 'curl.bin')]),
  aria2c: program('aria2c', (folder) => ['-q', '-x1', '-d', folder, '-o', 'aria2c.bin']),
  'curl, sha256sum, sync': program('sh', (folder) => [
    '-c',
    'curl -s -o "$1" "$2" && sha256sum "$1" && sync "$1"',
    'sh',
    join(folder, 'summed.bin'),
  ]),
};
const present = Object.entries(others).filter(([name]) => {
  const missing = name.split(', ').find((one) => spawnSync(one, ['--version'], { stdio: 'ignore' }).status !== 0);
  if (missing) console.log(`skipped: ${missing} is not installed`);
  return missing === undefined;
});

/** Each in a new folder, after the writes of the previous one are on disk. */
async function alone<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(process.env.BENCH_FOLDER ?? tmpdir(), 'ringback-bench-'));
  spawnSync('sync');
  try {
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

try {
  const own: Took[] = [];
  const times = new Map<string, number[]>(present.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    own.push(await alone(ringback));
    for (const [name, run] of present) times.get(name)?.push(await alone(run));
  }
  const onDisk = median(own.map((took) => took.onDisk));
  console.log(`\n${formatByteSize(bytes, 'en')} over loopback (median of ${rounds} rounds)`);
  console.log(
    `  ${'Ringback'.padEnd(22)} ${seconds(onDisk)}   read back and verified after ${seconds(median(own.map((took) => took.verified)))}`,
  );
  for (const [name, list] of times) {
    console.log(
      `  ${name.padEnd(22)} ${seconds(median(list))}   Ringback has ${(median(list) / onDisk).toFixed(2)} of its speed`,
    );
  }
  const more = Math.max(...own.map(({ before, peak }) => peak - before));
  console.log(
    `  memory                 at most ${formatByteSize(more, 'en')} more than before (of ${formatByteSize(median(own.map(({ before }) => before)), 'en')})`,
  );
  const late = (of: (took: Took) => number): string => `${median(own.map(of)).toFixed(0)} ms`;
  console.log(
    `  other work             waits ${late(({ lateness }) => lateness)} at p99 meanwhile, ${late(({ idleLateness }) => idleLateness)} without a download`,
  );
} finally {
  server.disconnect();
}
