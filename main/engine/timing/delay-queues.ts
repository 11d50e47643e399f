/** What can be started now, and when more is due. */
export interface DueItems<T> {
  readonly due: readonly T[];
  /** When more is due, in milliseconds since 1970; undefined if nothing waits or an item must end first. */
  readonly next: number | undefined;
}

interface DelayQueueOptions<T> {
  /** Selects the stored items of the queue that can be started beside those in progress; none if the queue is disabled. */
  select(queue: string, inProgress: ReadonlySet<number>): DueItems<T>;
  /** Processes one item and stores its result: `select` must not return it as due afterwards. */
  process(queue: string, item: T): Promise<void>;
  /** `select` or `process` failed; the queue pauses for `longestDelay`, or until it is woken. */
  failed(error: unknown): void;
  now(): number;
  /** Milliseconds after which a queue is selected from again at the latest, since the clock may be set back. */
  readonly longestDelay: number;
}

/** Named queues of stored items that are processed when they are due, such as deliveries that are retried. */
export interface DelayQueues {
  /** Starts what is due, and ends a pause. */
  wake(queue: string): void;
  /** Cancels the next start; items in progress go on. */
  cancel(queue: string): void;
  /** Starts nothing more, and resolves once the items in progress have ended. */
  close(): Promise<void>;
}

export function createDelayQueues<T extends { readonly id: number }>(options: DelayQueueOptions<T>): DelayQueues {
  const queues = new Map<string, DelayQueue<T>>();
  let isClosed = false;
  return {
    wake(name) {
      if (isClosed) return;
      const queue = queues.get(name) ?? new DelayQueue(name, options);
      queues.set(name, queue);
      queue.wake();
    },
    cancel: (name) => queues.get(name)?.cancel(),
    async close() {
      isClosed = true;
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

class DelayQueue<T extends { readonly id: number }> {
  readonly #name: string;
  readonly #options: DelayQueueOptions<T>;
  readonly #inProgress = new Map<number, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #state: 'open' | 'paused' | 'closed' = 'open';

  constructor(name: string, options: DelayQueueOptions<T>) {
    this.#name = name;
    this.#options = options;
  }

  wake(): void {
    if (this.#state === 'paused') this.#state = 'open';
    this.#startDue();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  async close(): Promise<void> {
    this.#state = 'closed';
    this.cancel();
    await Promise.all(this.#inProgress.values());
  }

  #startDue(): void {
    if (this.#state !== 'open') return;
    try {
      const { due, next } = this.#options.select(this.#name, new Set(this.#inProgress.keys()));
      for (const item of due) this.#inProgress.set(item.id, this.#process(item));
      if (next !== undefined) this.#wakeAfter(next - this.#options.now());
    } catch (error) {
      this.#pause(error);
    }
  }

  async #process(item: T): Promise<void> {
    try {
      await this.#options.process(this.#name, item);
    } catch (error) {
      this.#pause(error);
    }
    this.#inProgress.delete(item.id);
    this.#startDue();
  }

  #pause(error: unknown): void {
    this.#options.failed(error);
    if (this.#state === 'open') this.#state = 'paused';
    this.#wakeAfter(this.#options.longestDelay);
  }

  #wakeAfter(delay: number): void {
    clearTimeout(this.#timer);
    if (this.#state !== 'closed')
      this.#timer = setTimeout(() => this.wake(), Math.min(delay, this.#options.longestDelay));
  }
}
