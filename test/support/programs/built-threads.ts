import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import workerThreads, { Worker, type WorkerOptions } from 'node:worker_threads';
import { inject } from 'vitest';

/** Where the built threads are; absent where tests are watched. */
const { threads } = inject('programs');
const engine = new URL('../../../main/engine/', import.meta.url).href;

/** Starts a thread of the engine from its built file, which takes less processor time: nearly every test starts some. */
class BuiltThread extends Worker {
  constructor(file: string | URL, options?: WorkerOptions) {
    const isOfEngine = file instanceof URL && file.href.startsWith(engine);
    super(threads && isOfEngine ? join(threads, `${basename(file.pathname, '.ts')}.js`) : file, options);
  }
}

// A test file before this one may have done it.
if (threads && workerThreads.Worker.name !== BuiltThread.name) {
  workerThreads.Worker = BuiltThread;
  syncBuiltinESMExports();
}
