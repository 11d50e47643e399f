import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes streamed between two collections; several times as much is in memory at worst. */
const interval = 4 * 1024 * 1024;

/**
 * Streaming leaves dead buffers outside the heap, of which V8 collects none below some 100 MB: the returned function
 * takes the bytes streamed and now and then runs a minor garbage collection, in under a millisecond.
 */
export function createMemorySweep(): (bytes: number) => void {
  const collect = minorCollection();
  let streamed = 0;
  return (bytes) => {
    streamed += bytes;
    if (streamed < interval) return;
    streamed = 0;
    collect();
  };
}

function minorCollection(): () => void {
  // The flag affects new contexts only; nothing else of this process sees the function.
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  return typeof collect === 'function' ? () => collect({ type: 'minor' }) : () => {};
}
