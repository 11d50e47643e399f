import { EventEmitter, once } from 'node:events';
import { MessageChannel, type MessagePort, type Transferable, Worker, type WorkerOptions } from 'node:worker_threads';
import type { Run } from './thread-host.ts';

type Limits = WorkerOptions['resourceLimits'];

/** Threads that may serve again, by their limits. */
const idle = new Map<string, Worker[]>();
const mostIdle = 8;

/**
 * What `Worker` is to an engine, on a thread that serves again after this one closed its port: starting a thread takes
 * more processor time than most tests. A thread that failed or was terminated is not used again.
 */
export class PooledThread extends EventEmitter {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #limits: Limits;
  #state: 'running' | 'terminating' | 'ended' = 'running';
  readonly threadId: number;

  /** `module` is the URL of one that exports `serve`. */
  constructor(module: string, { workerData, resourceLimits }: WorkerOptions = {}) {
    super();
    this.#limits = resourceLimits;
    this.#worker = takeIdle(resourceLimits) ?? startHost(resourceLimits);
    this.threadId = this.#worker.threadId;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on('message', (message) => this.emit('message', message));
    // The thread keeps the process running, as long as it serves.
    port1.unref();
    this.#worker.postMessage({ module, workerData, port: port2 } satisfies Run, [port2]);
    this.#worker.ref();
    void this.#awaitEnd();
  }

  postMessage(message: unknown, transferred: readonly Transferable[] = []): void {
    this.#port.postMessage(message, transferred);
  }

  /** Gives the exit code; undefined where the thread has ended before. */
  async terminate(): Promise<number | undefined> {
    if (this.#state === 'ended') return undefined;
    this.#state = 'terminating';
    const code = new Promise<number>((resolve) => this.once('exit', resolve));
    void this.#worker.terminate();
    return code;
  }

  async #awaitEnd(): Promise<void> {
    const errors: unknown[] = [];
    const noteError = (error: unknown) => void errors.push(error);
    const ended = Promise.withResolvers<number>();
    const endInOrder = () => ended.resolve(0);
    const closed = once(this.#port, 'close');
    this.#worker.on('message', endInOrder).on('error', noteError).on('exit', ended.resolve);
    const code = await ended.promise;
    // What the thread posted last arrives before.
    await closed;
    this.#worker.off('message', endInOrder).off('error', noteError).off('exit', ended.resolve);
    if (this.#state === 'running') keepIdle(this.#worker, this.#limits);
    this.#state = 'ended';
    try {
      for (const error of errors) this.emit('error', error);
    } finally {
      this.emit('exit', code);
    }
  }
}

function startHost(resourceLimits: Limits): Worker {
  return new Worker(new URL('./thread-host.ts', import.meta.url), resourceLimits ? { resourceLimits } : {});
}

const hasEnded = ({ threadId }: Worker): boolean => threadId < 0;

function idleWith(limits: Limits = {}): Worker[] {
  const key = JSON.stringify(limits);
  const workers = idle.get(key) ?? [];
  idle.set(key, workers);
  return workers;
}

function takeIdle(limits: Limits): Worker | undefined {
  const fitting = idleWith(limits);
  for (let worker = fitting.pop(); worker; worker = fitting.pop()) if (!hasEnded(worker)) return worker;
  return undefined;
}

function keepIdle(worker: Worker, limits: Limits): void {
  if (hasEnded(worker)) return;
  const fitting = idleWith(limits);
  worker.unref();
  if (fitting.length < mostIdle) fitting.push(worker);
  else void worker.terminate();
}
