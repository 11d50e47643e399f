import { Worker } from 'node:worker_threads';
import { threadFile } from '../../../thread-file.ts';
import type { Format, Order, Report } from './decompression-thread.ts';
import { DecompressionFault } from './fault.ts';
import { createSlots, emptySlot, slotAt } from './slots.ts';

/**
 * Decompresses a file in its own thread, which waits while `take` is behind; returns the offset behind the compressed
 * data. `take` gets each part, valid during the call only. Throws DecompressionFault, the system's error, or the
 * signal's reason.
 */
export async function decompress(
  file: string,
  format: Format,
  take: (bytes: Buffer) => void,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const slots = createSlots();
  const worker = startThread({ file, format, slots });
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const abort = (): void => reject(signal.reason);
  let number = 0;
  worker.on('message', (report: Report) => {
    if (report.type === 'end') return resolve(report.end);
    if (report.type !== 'bytes') return reject(errorOf(report));
    try {
      take(slotAt(slots, number).subarray(0, report.length));
      number += 1;
      emptySlot(slots);
    } catch (error) {
      reject(error);
    }
  });
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('The thread that decompresses ended early.')));
  signal.addEventListener('abort', abort);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
    worker.removeAllListeners('message');
    await worker.terminate();
  }
}

function errorOf(report: Exclude<Report, { readonly type: 'bytes' | 'end' }>): Error {
  if (report.type === 'fault') return new DecompressionFault(report.fault, report.reason);
  const error = new Error(report.message);
  return report.code === undefined ? error : Object.assign(error, { code: report.code });
}

/** Megabytes of the thread's heap; the decoders have their memory outside it. */
const resourceLimits = { maxOldGenerationSizeMb: 64 };

function startThread(order: Order): Worker {
  return new Worker(threadFile('decompression-thread', import.meta.url), { workerData: order, resourceLimits });
}
