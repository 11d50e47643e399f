import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createForwardQueue } from '../../../main/engine/forward/queue.ts';
import { createForwardSettings } from '../../../main/engine/forward/settings.ts';
import { createSecretStore, openLedger } from '../../../main/engine/storage/index.ts';
import { collectingLog } from '../../support/log.ts';
import { memoryStore, mirrorCipher } from '../../support/memory-store.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

/** A queue whose attempts end when the test says so. */
async function openQueue(order: 'ordered' | 'parallel') {
  const ledger = await openLedger(join(await temporaryFolder(), 'events.sqlite'), () => {});
  const store = memoryStore(
    new Map([['forwards', [{ hook: 'hook-1', url: 'http://localhost:1/', enabled: true, order }]]]),
  );
  const closing = new AbortController();
  /** Events whose attempt has not ended, in the order in which they were started. */
  const sending = new Map<number, (status: number | Error) => void>();
  const started: number[] = [];
  const lines: string[] = [];
  const queue = createForwardQueue({
    ...{ ledger, log: collectingLog(lines), now: () => 0, signal: closing.signal, gaveUp: async () => {} },
    settings: createForwardSettings(store, createSecretStore(mirrorCipher), () => {}),
    send: (event) =>
      new Promise((resolve, reject) => {
        if (sending.has(event)) throw new Error(`Event ${event} is being sent already.`);
        started.push(event);
        sending.set(event, (status) => {
          sending.delete(event);
          if (status instanceof Error) reject(status);
          else resolve({ at: '', url: '', ms: 0, status });
        });
      }),
  });
  onTestFinished(async () => {
    closing.abort();
    for (const end of sending.values()) end(204);
    await queue.close();
    await ledger.close();
  });
  return {
    ...{ queue, sending, started, closing, lines },
    /** Stores so many events, and queues them. */
    async store(count: number) {
      for (let index = 0; index < count; index += 1)
        await ledger.write('delivery', {
          ...{ hook: 'hook-1', connection: 'connection-1', receivedAt: 1, deliveryId: null, identity: null },
          ...{ system: 'data', event: 'added', title: 'Tower.rvt', summary: null, outcome: null, resource: null },
          ...{ occurredAt: null, readable: true, silent: false, verified: 'signature', headers: '{}', names: '' },
          ...{ body: Buffer.from('{}'), learned: [] },
        });
      await queue.queueStored();
    },
  };
}

test('without an order eight events are sent at once, and each that ends is followed by the next', async () => {
  const { queue, sending, started, store } = await openQueue('parallel');
  await store(20);
  expect([...sending.keys()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  queue.wake();
  expect(started).toHaveLength(8);
  // The first hangs: all others get their turn.
  for (let event = 2; event <= 20; event += 1) {
    await until(() => sending.has(event));
    sending.get(event)?.(204);
  }
  await store(1);
  expect([...sending.keys()]).toEqual([1, 21]);
  expect(started).toHaveLength(21);
});

test('without an order those that were not accepted come after those that are due', async () => {
  const { sending, started, store } = await openQueue('parallel');
  await store(10);
  for (let event = 1; event <= 8; event += 1) sending.get(event)?.(500);
  await until(() => started.length === 10);
  expect(started.slice(8)).toEqual([9, 10]);
});

test('in order one event is sent at a time', async () => {
  const { queue, sending, started, store } = await openQueue('ordered');
  await store(3);
  queue.wake();
  expect([...sending.keys()]).toEqual([1]);
  sending.get(1)?.(204);
  await until(() => sending.has(2));
  expect(started).toEqual([1, 2]);
});

test('what fails here stops the hook until it is woken, and nothing is lost', async () => {
  const { queue, sending, started, lines, store } = await openQueue('parallel');
  await store(9);
  sending.get(1)?.(new Error('The disk is full.'));
  await until(() => lines.length === 1);
  expect(lines[0]).toContain('Forwarding stopped for now: Error: The disk is full.');
  sending.get(2)?.(204);
  queue.wake();
  await until(() => started.length === 10);
  expect(started.slice(8).sort()).toEqual([1, 9]);
});

test('closing waits for what is being sent, and starts nothing', async () => {
  const { queue, sending, started, closing, store } = await openQueue('parallel');
  await store(9);
  closing.abort();
  let isClosed = false;
  const closed = queue.close().then(() => {
    isClosed = true;
  });
  for (const event of [1, 2, 3, 4, 5, 6, 7]) sending.get(event)?.(204);
  await Promise.resolve();
  expect(isClosed).toBe(false);
  sending.get(8)?.(204);
  await closed;
  expect(started).toHaveLength(8);
});
