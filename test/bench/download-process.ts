import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { download } from '../../main/engine/download/download.ts';
import { createFolderSync } from '../../main/engine/download/folder-sync.ts';
import { fileFetch } from '../support/file-fetch.ts';

/**
 * A process that downloads `<origin>/<bytes>` into a folder and sends what it took to its parent.
 * A small download comes first: Ringback is running when a backup comes, and its memory is measured against that.
 */

const [origin = '', bytes = '', folder = ''] = process.argv.slice(2);
const signal = new AbortController().signal;
const syncFolder = createFolderSync((message) => console.error(message));

async function run(size: string, told: (phase: string) => void = () => {}): Promise<void> {
  const order = { id: size, url: `${origin}/${size}`, folder, fallbackName: 'seeded', account: 'bench' };
  await download(order, { fetch: fileFetch, signal, now: Date.now, syncFolder, progress: ({ phase }) => told(phase) });
}

/** Milliseconds by which timers are late at p99 while this goes on: as long as a question would wait for its answer. */
async function latenessDuring(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await work();
  delays.disable();
  return delays.percentile(99) / 1e6;
}

await run('1000000');
const idleLateness = await latenessDuring(() => delay(2000));
const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 10);
const start = performance.now();
let onDisk = start;
const lateness = await latenessDuring(() =>
  run(bytes, (phase) => {
    if (phase === 'verifying') onDisk = performance.now();
  }),
);
const end = performance.now();
clearInterval(watch);
const took: Took = { onDisk: onDisk - start, verified: end - start, before, peak, lateness, idleLateness };
process.send?.(took);
process.disconnect();

export interface Took {
  /** Milliseconds until all of it is hashed and synced to disk. */
  readonly onDisk: number;
  /** Milliseconds until it has been read back, verified and renamed. */
  readonly verified: number;
  /** Resident bytes. */
  readonly before: number;
  readonly peak: number;
  /** Milliseconds by which timers were late at p99 meanwhile, and while the process did nothing. */
  readonly lateness: number;
  readonly idleLateness: number;
}
