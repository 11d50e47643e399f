import { Worker } from 'node:worker_threads';
import { threadFile } from '../../thread-file.ts';
import { seconds } from '../../timing/index.ts';
import type { ReadInput, ReadName, ReadOutput } from '../tables/index.ts';
import type { Answer, Order } from './reading-thread.ts';

/** Asks the reading thread, which exists only while questions come. */
export interface Reader {
  /** Rejects with an Error where the file cannot be read. */
  read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadOutput<N>>;
  /** Resolves when all questions are answered and the file is closed; the next question opens it again. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** After so long without a question the thread ends, and its memory is free. */
const idleTime = seconds(60);
/** Megabytes of the thread's heap: rows of one page, and of the events that are not in the search index. */
const resourceLimits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 };

/** `damaged` is called where a question finds that the file is not a sound database. */
export function createReader(file: string, damaged: () => void): Reader {
  let thread: ReadingThread | undefined;
  const present = (): ReadingThread => {
    if (!thread?.isRunning) thread = new ReadingThread(file, damaged);
    return thread;
  };
  return {
    read: (name, input) => present().ask(name, input) as Promise<never>,
    async close() {
      await thread?.close();
    },
  };
}

class ReadingThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #damaged: () => void;
  readonly #gone: Promise<void>;
  readonly #idle: NodeJS.Timeout;
  #asked = 0;
  isRunning = true;

  constructor(file: string, damaged: () => void) {
    this.#damaged = damaged;
    this.#worker = new Worker(threadFile('reading-thread', import.meta.url), { workerData: file, resourceLimits });
    this.#worker.on('message', (answer: Answer) => this.#settle(answer));
    this.#worker.on('error', (error) => this.#end(error));
    this.#gone = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#end(new Error('the reading thread ended'));
        resolve();
      });
    });
    this.#idle = setTimeout(() => this.#closeIfIdle(), idleTime);
    this.#idle.unref();
  }

  ask(name: ReadName, input: unknown): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    this.#idle.refresh();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#order({ id, name, input });
    });
  }

  async close(): Promise<void> {
    // Questions asked before are answered first.
    if (this.isRunning) this.#order('close');
    this.isRunning = false;
    clearTimeout(this.#idle);
    await this.#gone;
  }

  #closeIfIdle(): void {
    if (this.#waiting.size > 0) this.#idle.refresh();
    else void this.close();
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('value' in answer) {
      waiting?.resolve(answer.value);
    } else {
      waiting?.reject(new Error(answer.message));
      if (answer.damaged) this.#damaged();
    }
  }

  #end(error: unknown): void {
    this.isRunning = false;
    clearTimeout(this.#idle);
    for (const { reject } of this.#waiting.values()) reject(error instanceof Error ? error : new Error(String(error)));
    this.#waiting.clear();
  }

  #order(order: Order): void {
    this.#worker.postMessage(order);
  }
}
