import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How much may be streamed between two collections; several times of it is in memory at the worst. */
const interval = 4 * 1024 * 1024;

/**
 * Streaming leaves dead buffers outside the heap, which V8 lets pile up to some 100 MB before it looks.
 * The function given is to be told every byte streamed; it collects the youngest garbage now and then, in under a millisecond.
 */
export function createMemorySweep(): (bytes: number) => void {
  const collect = youngCollection();
  let streamed = 0;
  return (bytes) => {
    streamed += bytes;
    if (streamed < interval) return;
    streamed = 0;
    collect();
  };
}

function youngCollection(): () => void {
  // The flag shows in new contexts only; nothing else of this process sees the function.
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('globalThis.gc');
  return typeof collect === 'function' ? () => collect({ type: 'minor' }) : () => {};
}
