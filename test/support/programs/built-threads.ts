import { syncBuiltinESMExports } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import workerThreads, { type Worker, type WorkerOptions } from 'node:worker_threads';
import { inject } from 'vitest';
import { PooledThread } from './thread-pool.ts';

/** Where the built threads are; absent where tests are watched. */
const { threads } = inject('programs');
const engine = new URL('../../../main/engine/', import.meta.url).href;

/** Those that close their port in the end; one that decompresses is always terminated. */
const reusable = ['ledger-thread', 'reading-thread'];

/** Starts a thread of the engine from its built file, or takes one that served before: both take less processor time. */
function startThread(
  Original: typeof Worker,
  folder: string,
  file: string | URL,
  options?: WorkerOptions,
): Worker | PooledThread {
  if (!(file instanceof URL && file.href.startsWith(engine))) return new Original(file, options);
  const name = basename(file.pathname, '.ts');
  const built = pathToFileURL(join(folder, `${name}.js`));
  return reusable.includes(name) ? new PooledThread(built.href, options) : new Original(built, options);
}

// A test file before this one may have done it.
if (threads && !types.isProxy(workerThreads.Worker)) {
  workerThreads.Worker = new Proxy(workerThreads.Worker, {
    construct: (Original, [file, options]) => startThread(Original, threads, file, options),
  });
  syncBuiltinESMExports();
}
