import { createSerialQueue, type SerialQueue } from '../timing/index.ts';

/** Serializes the changes of each hook, so that none undoes another. */
export function createHookQueues() {
  const turns = new Map<string, { readonly turns: SerialQueue; waiting: number }>();
  return {
    has: (id: string): boolean => turns.has(id),
    queueOf:
      (id: string): SerialQueue =>
      async (work) => {
        const queue = turns.get(id) ?? { turns: createSerialQueue(), waiting: 0 };
        turns.set(id, queue);
        queue.waiting += 1;
        try {
          return await queue.turns(work);
        } finally {
          queue.waiting -= 1;
          if (queue.waiting === 0) turns.delete(id);
        }
      },
  };
}
