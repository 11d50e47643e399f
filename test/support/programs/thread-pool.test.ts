import { once } from 'node:events';
import { expect, test } from 'vitest';
import { PooledThread } from './thread-pool.ts';

/** A thread that says what it was started with, then echoes, fails or closes, as it is told. */
const module = `data:text/javascript,${encodeURIComponent(`
  export function serve(port, workerData) {
    port.postMessage(workerData);
    port.on('message', (order) => {
      if (order === 'fail') throw new Error('as told');
      port.postMessage(order);
      if (order === 'close') port.close();
    });
  }
`)}`;

/** Limits of its own keep a test apart from threads that others left. */
function start(maxOldGenerationSizeMb: number): { readonly thread: PooledThread; readonly seen: [string, unknown][] } {
  const thread = new PooledThread(module, { workerData: 'started', resourceLimits: { maxOldGenerationSizeMb } });
  const seen: [string, unknown][] = [];
  for (const event of ['message', 'error', 'exit']) thread.on(event, (value) => seen.push([event, value]));
  return { thread, seen };
}

async function close({ thread, seen }: ReturnType<typeof start>): Promise<void> {
  thread.postMessage('close');
  await once(thread, 'exit');
  expect(seen.splice(0)).toEqual([
    ['message', 'started'],
    ['message', 'close'],
    ['exit', 0],
  ]);
}

test('a thread that closed its port serves again, and its last message arrives before it has ended', async () => {
  const first = start(61);
  await close(first);
  const second = start(61);
  const third = start(61);
  expect(second.thread.threadId).toBe(first.thread.threadId);
  expect(third.thread.threadId).not.toBe(first.thread.threadId);
  await Promise.all([close(second), close(third)]);
  expect(first.seen).toEqual([]);
  expect(await first.thread.terminate()).toBeUndefined();
});

test('a thread does not serve where other limits are wanted', async () => {
  const first = start(62);
  await close(first);
  const second = start(63);
  expect(second.thread.threadId).not.toBe(first.thread.threadId);
  await close(second);
});

test('the error of a thread is told after its messages, and that thread is not used again', async () => {
  const first = start(64);
  first.thread.postMessage('fail');
  await new Promise((resolve) => first.thread.once('exit', resolve));
  expect(first.seen).toEqual([
    ['message', 'started'],
    ['error', expect.objectContaining({ message: 'as told' })],
    ['exit', 1],
  ]);
  const second = start(64);
  expect(second.thread.threadId).not.toBe(first.thread.threadId);
  await close(second);
});

test.each(['at once', 'once it serves', 'when it is about to end'])(
  'a thread that is terminated %s is not used again',
  async (when) => {
    const first = start(65);
    if (when !== 'at once') await once(first.thread, 'message');
    if (when === 'when it is about to end') {
      first.thread.postMessage('close');
      await once(first.thread, 'message');
    }
    expect(await first.thread.terminate()).toBeTypeOf('number');
    expect(first.seen.filter(([event]) => event === 'exit')).toHaveLength(1);
    const second = start(65);
    expect(second.thread.threadId).not.toBe(first.thread.threadId);
    await second.thread.terminate();
  },
);
