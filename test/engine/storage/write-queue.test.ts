import { expect, test } from 'vitest';
import {
  createWriteQueue,
  longestDeferral,
  type Queued,
  type Urgency,
} from '../../../main/engine/storage/write-queue.ts';

interface Write extends Queued {
  readonly name: string;
}

function queueOf(...writes: readonly (readonly [name: string, urgency: Urgency, since: number])[]) {
  const queue = createWriteQueue<Write>();
  for (const [name, urgency, since] of writes) queue.add({ name, urgency, since });
  const take = (most: number, now: number): string[] => queue.take(most, now).map(({ name }) => name);
  return { queue, take };
}

test('deliveries overtake all other writes, which stay in their order', () => {
  const { take } = queueOf(
    ['mark', 'deferred', 0],
    ['history', 'ordinary', 0],
    ['delivery 1', 'delivery', 0],
    ['mark 2', 'deferred', 0],
    ['delivery 2', 'delivery', 0],
  );
  expect(take(3, 0)).toEqual(['delivery 1', 'delivery 2', 'mark']);
  expect(take(3, 0)).toEqual(['history', 'mark 2']);
});

test('what nobody waits for is due after a short time, and at once where something urgent waits', () => {
  const { queue } = queueOf(['mark', 'deferred', 100]);
  expect(queue.dueIn(105)).toBe(longestDeferral - 5);
  expect(queue.dueIn(200)).toBe(0);
  queue.add({ name: 'delivery', urgency: 'delivery', since: 105 });
  expect(queue.dueIn(105)).toBe(0);
});

test('a step of a long task has a commit of its own, and its turn comes however many deliveries wait', () => {
  const { queue, take } = queueOf(['step 1', 'background', 0], ['step 2', 'background', 0], ['first', 'delivery', 0]);
  expect(take(10, 1)).toEqual(['first']);
  queue.add({ name: 'second', urgency: 'delivery', since: 1 });
  expect(take(10, longestDeferral)).toEqual(['step 1']);
  expect(take(10, 1)).toEqual(['second']);
  expect(take(10, 1)).toEqual(['step 2']);
  expect(queue.dueIn(1)).toBeUndefined();
});

test('what is put back is written before what came later', () => {
  const { queue, take } = queueOf(['later delivery', 'delivery', 1], ['later mark', 'deferred', 1]);
  queue.restore([
    { name: 'delivery', urgency: 'delivery', since: 0 },
    { name: 'mark', urgency: 'deferred', since: 0 },
  ]);
  expect(take(10, 2)).toEqual(['delivery', 'later delivery', 'mark', 'later mark']);
});

test('what is dropped for a locked file is what the next commit does not hold, deliveries last', () => {
  const { queue, take } = queueOf(['mark', 'deferred', 0], ['one', 'delivery', 0], ['two', 'delivery', 0]);
  expect(queue.dropBeyond(2).map(({ name }) => name)).toEqual(['mark']);
  expect(take(10, 0)).toEqual(['one', 'two']);
});
