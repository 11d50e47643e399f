import { expect, test } from 'vitest';
import {
  createWriteQueue,
  longestDeferral,
  type Queued,
  type Urgency,
} from '../../../../main/engine/storage/queue/write-queue.ts';

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

test('after a step it rests as long as the step took where only deliveries came whose senders have their responses', () => {
  const { queue, take } = queueOf(['step 1', 'background', 0]);
  expect(take(10, 0)).toEqual(['step 1']);
  queue.add({ name: 'one', urgency: 'answered', since: 5 });
  queue.committed([{ name: 'step 1', urgency: 'background', since: 0 }], 30, 30);
  queue.add({ name: 'step 2', urgency: 'background', since: 31 });
  expect(queue.dueIn(31)).toBe(29);
  expect(take(10, 31)).toEqual(['one']);
  expect(take(10, 60)).toEqual(['step 2']);
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

test('a step of a long task does not wait for deliveries whose senders have their responses, which keep their order', () => {
  const { queue, take } = queueOf(['one', 'answered', 0], ['step', 'background', 0], ['two', 'answered', 0]);
  expect([queue.urgent, queue.answered, queue.size]).toEqual([0, 2, 3]);
  expect(take(10, 0)).toEqual(['step']);
  queue.add({ name: 'three', urgency: 'delivery', since: 0 });
  expect([queue.urgent, queue.answered]).toEqual([1, 2]);
  expect(take(2, 0)).toEqual(['one', 'two']);
  expect([queue.urgent, queue.answered]).toEqual([1, 0]);
  expect(take(2, 0)).toEqual(['three']);
});

test('after a step of a long task the next one waits four times as long, where a delivery came meanwhile', () => {
  const { queue, take } = queueOf(['step 1', 'background', 0]);
  const commit = (name: string, urgency: Urgency, took: number, now: number): void =>
    queue.committed([{ name, urgency, since: 0 }], took, now);
  expect(take(10, 0)).toEqual(['step 1']);
  queue.add({ name: 'first', urgency: 'delivery', since: 5 });
  commit('step 1', 'background', 30, 30);
  queue.add({ name: 'step 2', urgency: 'background', since: 31 });
  expect(queue.dueIn(31)).toBe(0);
  expect(take(10, 31)).toEqual(['first']);
  commit('first', 'delivery', 500, 140);
  expect(queue.dueIn(140)).toBe(10);
  expect(take(10, 140)).toEqual([]);
  queue.add({ name: 'mark', urgency: 'deferred', since: 125 });
  expect(queue.dueIn(140)).toBe(5);
  expect(take(10, 145)).toEqual(['mark']);
  expect(take(10, 150)).toEqual(['step 2']);
});

test('the steps of a long task follow one another while no delivery comes', () => {
  const { queue, take } = queueOf(['delivery', 'delivery', 0], ['step 1', 'background', 0]);
  expect(take(10, 0)).toEqual(['delivery']);
  expect(take(10, 1)).toEqual(['step 1']);
  queue.committed([{ name: 'step 1', urgency: 'background', since: 0 }], 30, 31);
  queue.add({ name: 'step 2', urgency: 'background', since: 31 });
  expect(queue.dueIn(31)).toBe(0);
  expect(take(10, 31)).toEqual(['step 2']);
});

test('a step that waited for a locked file delays the next one by a second at most', () => {
  const { queue, take } = queueOf(['step 1', 'background', 0]);
  expect(take(10, 0)).toEqual(['step 1']);
  queue.add({ name: 'delivery', urgency: 'delivery', since: 5 });
  queue.committed([{ name: 'step 1', urgency: 'background', since: 0 }], 1500, 1500);
  expect(take(10, 1500)).toEqual(['delivery']);
  queue.add({ name: 'step 2', urgency: 'background', since: 1500 });
  expect(queue.dueIn(1500)).toBe(1000);
});

test('at the end nothing rests, so that closing waits for no step of a long task', () => {
  const { queue, take } = queueOf(['step 1', 'background', 0]);
  const step = (name: string, since: number) => ({ name, urgency: 'background' as const, since });
  expect(take(10, 0)).toEqual(['step 1']);
  queue.add({ name: 'delivery', urgency: 'delivery', since: 5 });
  queue.committed([step('step 1', 0)], 1500, 1500);
  queue.add(step('step 2', 1500));
  queue.add(step('step 3', 1500));
  queue.finish();
  expect(take(10, 1500)).toEqual(['delivery']);
  expect(queue.dueIn(1500)).toBe(0);
  expect(take(10, 1500)).toEqual(['step 2']);
  queue.committed([step('step 2', 1500)], 30, 1530);
  expect(queue.dueIn(1530)).toBe(0);
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
