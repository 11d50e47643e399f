import { syncBuiltinESMExports } from 'node:module';
import workerThreads, { type MessagePort, parentPort } from 'node:worker_threads';
import type { serve as serveLedger } from '../../../main/engine/storage/ledger-thread.ts';
import type { serve as serveReading } from '../../../main/engine/storage/reading/reading-thread.ts';

/** Serves as one thread of an engine after another, and tells its starter when each has closed its port. */

export interface Run {
  /** The URL of the thread's module. */
  readonly module: string;
  readonly workerData: unknown;
  readonly port: MessagePort;
}
interface ThreadModule {
  readonly serve: typeof serveLedger | typeof serveReading;
}

const starter = parentPort;
// A module that found a port would serve that one at once.
Object.assign(workerThreads, { parentPort: null });
syncBuiltinESMExports();

starter?.on('message', async ({ module, workerData, port }: Run) => {
  const { serve }: ThreadModule = await import(module);
  port.once('close', () => starter.postMessage('closed'));
  serve(port, workerData);
});
