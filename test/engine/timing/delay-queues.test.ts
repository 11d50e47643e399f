import { expect, onTestFinished, test } from 'vitest';
import { createDelayQueues } from '../../../main/engine/timing/index.ts';
import { until } from '../../support/temporary.ts';

interface Item {
  readonly id: number;
  readonly dueAt: number;
}

/** Queues over items in memory, one at a time; `end` lets the item in progress succeed or fail. */
function openQueues(stored: Record<string, Item[]>, clock = { now: 0 }, longestDelay = 60_000) {
  const started: number[] = [];
  const failures: unknown[] = [];
  const ends = new Map<number, (error?: Error) => void>();
  let selections = 0;
  let isBroken = false;
  const queues = createDelayQueues<Item>({
    now: () => clock.now,
    longestDelay,
    select(queue, inProgress) {
      selections += 1;
      if (isBroken) throw new Error('The disk is full.');
      const first = inProgress.size === 0 ? stored[queue]?.[0] : undefined;
      if (!first) return { due: [], next: undefined };
      return first.dueAt > clock.now ? { due: [], next: first.dueAt } : { due: [first], next: undefined };
    },
    process: (queue, { id }) =>
      new Promise((resolve, reject) => {
        started.push(id);
        ends.set(id, (error) => {
          if (error) return reject(error);
          stored[queue]?.shift();
          resolve();
        });
      }),
    failed: (error) => failures.push(error),
  });
  onTestFinished(() => queues.close());
  return {
    ...{ queues, started, failures },
    end: (id: number, error?: Error) => ends.get(id)?.(error),
    selections: () => selections,
    setBroken(broken: boolean) {
      isBroken = broken;
    },
  };
}

const due = (...ids: number[]): Item[] => ids.map((id) => ({ id, dueAt: 0 }));

test('each queue starts its next item when the one before has ended, and waits for no other queue', async () => {
  const { queues, started, end } = openQueues({ a: due(1, 2), b: due(3) });
  queues.wake('a');
  queues.wake('b');
  queues.wake('a');
  expect(started).toEqual([1, 3]);
  end(1);
  await until(() => started.length === 3);
  expect(started).toEqual([1, 3, 2]);
  end(2);
  end(3);
});

test('an item that is due later starts by itself', async () => {
  const clock = { now: 0 };
  const { queues, started, end } = openQueues({ a: [{ id: 1, dueAt: 5 }] }, clock);
  queues.wake('a');
  expect(started).toEqual([]);
  clock.now = 5;
  await until(() => started.length === 1);
  end(1);
});

test('a clock that is set back delays an item by the longest delay at most', async () => {
  const clock = { now: 0 };
  const { queues, started, end } = openQueues({ a: [{ id: 1, dueAt: 1e12 }] }, clock, 5);
  queues.wake('a');
  clock.now = 1e12;
  await until(() => started.length === 1);
  end(1);
});

test('a queue that failed starts nothing until it is woken, and loses nothing', async () => {
  const { queues, started, failures, end } = openQueues({ a: due(1, 2) });
  queues.wake('a');
  end(1, new Error('The disk is full.'));
  await until(() => failures.length === 1);
  expect(started).toEqual([1]);
  queues.wake('a');
  expect(started).toEqual([1, 1]);
  end(1);
  await until(() => started.length === 3);
  end(2);
});

test('a queue whose items cannot be read tries again after the longest delay', async () => {
  const { queues, started, failures, setBroken, end } = openQueues({ a: due(1) }, { now: 0 }, 5);
  setBroken(true);
  queues.wake('a');
  expect(failures).toHaveLength(1);
  setBroken(false);
  await until(() => started.length === 1);
  end(1);
});

test('a queue that was cancelled starts nothing by itself', async () => {
  const clock = { now: 0 };
  const { queues, started, selections, end } = openQueues(
    { a: [{ id: 1, dueAt: 1 }], b: [{ id: 2, dueAt: 30 }] },
    clock,
  );
  queues.wake('a');
  queues.wake('b');
  queues.cancel('a');
  clock.now = 30;
  await until(() => started.length === 1);
  expect({ started, selections: selections() }).toEqual({ started: [2], selections: 3 });
  end(2);
});

test('closing waits for what is in progress, and nothing is started afterwards', async () => {
  const { queues, started, end } = openQueues({ a: due(1, 2), b: due(3) });
  queues.wake('a');
  let isClosed = false;
  const closed = queues.close().then(() => {
    isClosed = true;
  });
  await Promise.resolve();
  expect(isClosed).toBe(false);
  end(1);
  await closed;
  queues.wake('a');
  queues.wake('b');
  expect(started).toEqual([1]);
});
