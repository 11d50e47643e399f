import { download } from '../../main/engine/download/download.ts';
import { fileFetch } from '../support/file-fetch.ts';

/**
 * A process that downloads `<origin>/<bytes>` into a folder and sends what it took to its parent.
 * A small download comes first: Ringback is running when a backup comes, and its memory is measured against that.
 */

const [origin = '', bytes = '', folder = ''] = process.argv.slice(2);
const signal = new AbortController().signal;

async function run(size: string, told: (phase: string) => void = () => {}): Promise<void> {
  const order = { id: size, url: `${origin}/${size}`, folder, fallbackName: 'seeded', account: 'bench' };
  await download(order, { fetch: fileFetch, signal, now: Date.now, progress: ({ phase }) => told(phase) });
}

await run('1000000');
const before = process.memoryUsage.rss();
let peak = before;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 10);
const start = performance.now();
let onDisk = start;
await run(bytes, (phase) => {
  if (phase === 'verifying') onDisk = performance.now();
});
clearInterval(watch);
process.send?.({ onDisk: onDisk - start, verified: performance.now() - start, before, peak } satisfies Took);
process.disconnect();

export interface Took {
  /** Milliseconds until all of it is hashed and synced to disk. */
  readonly onDisk: number;
  /** Milliseconds until it has been read back, verified and renamed. */
  readonly verified: number;
  /** Resident bytes. */
  readonly before: number;
  readonly peak: number;
}
