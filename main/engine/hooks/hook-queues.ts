import { createSerialQueue, type SerialQueue } from '../timing/index.ts';

/** Serializes the changes of each hook, so that none undoes another. */
export function createHookQueues() {
  const queues = new Map<string, { readonly run: SerialQueue; waiting: number }>();
  return {
    has: (id: string): boolean => queues.has(id),
    queueOf:
      (id: string): SerialQueue =>
      async (work) => {
        const queue = queues.get(id) ?? { run: createSerialQueue(), waiting: 0 };
        queues.set(id, queue);
        queue.waiting += 1;
        try {
          return await queue.run(work);
        } finally {
          queue.waiting -= 1;
          if (queue.waiting === 0) queues.delete(id);
        }
      },
  };
}
