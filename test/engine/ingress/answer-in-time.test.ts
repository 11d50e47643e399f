import { expect, onTestFinished, test } from 'vitest';
import { type AcceptOptions, acceptCallback } from '../../../main/engine/ingress/accept-callback.ts';
import { openReceiver } from '../../../main/engine/ingress/receiver.ts';
import type { CallbackResponse, CallbackRoute } from '../../../main/engine/ingress/route.ts';
import { collectingLog } from '../../support/log.ts';
import { until } from '../../support/temporary.ts';

interface Scene {
  /** Messages of what was not stored in time. */
  readonly failures: string[];
  readonly overloads: number[];
  post(size: number): Promise<number>;
  /** The disk responds again. */
  respond(): void;
}

/** A receiver whose disk does not respond: neither an event nor a rejection is stored before `respond`. */
async function openSlow(verdict: ReturnType<CallbackRoute['connector']['verify']>, budget = 1_000_000): Promise<Scene> {
  const disk = Promise.withResolvers<void>();
  const failures: string[] = [];
  const overloads: number[] = [];
  const route: CallbackRoute = {
    ...{ target: 'hook', connector: { verify: () => verdict }, registered: { event: 'ring', scope: {} } },
    secrets: () => [],
    store: () => disk.promise.then((): CallbackResponse => ({ status: 204 })),
  };
  const options: AcceptOptions = {
    ledger: { write: () => disk.promise, all: () => [], one: () => undefined, close: async () => {} } as never,
    events: { nameOf: () => undefined },
    resourceNames: { pathOf: () => '' },
    now: Date.now,
    log: collectingLog([]),
    mayDiagnose: () => false,
    mayStoreRejected: () => false,
    rejected: () => {},
    storageFailed: ({ message }) => void failures.push(message),
    answerWithin: 40,
  };
  const receiver = await openReceiver({
    port: 0,
    bodyBudget: budget,
    match: () => ({
      receive: (request) => acceptCallback(route, request, options),
      tooLarge: () => {},
      overloaded: () => void overloads.push(1),
    }),
  });
  onTestFinished(() => receiver.close());
  onTestFinished(() => disk.resolve());
  const url = `http://127.0.0.1:${receiver.port}/in/${'0'.repeat(32)}`;
  return {
    ...{ failures, overloads, respond: disk.resolve },
    post: async (size) => (await fetch(url, { method: 'POST', body: 'x'.repeat(size) })).status,
  };
}

test('while the disk does not respond each sender is asked to retry, and the failure is reported', async () => {
  const { post, failures, respond } = await openSlow({ genuine: true, verified: 'signature' });
  const statuses = await Promise.all(Array.from({ length: 50 }, () => post(100)));
  expect(new Set(statuses)).toEqual(new Set([503]));
  expect(failures).toHaveLength(50);
  expect(failures[0]).toContain('did not store a callback within 1 seconds');
  respond();
  expect(await post(100)).toBe(204);
});

test('a forged callback is rejected although the disk does not store its rejection', async () => {
  const { post, failures } = await openSlow({ genuine: false, reason: 'forged' });
  expect(await post(100)).toBe(401);
  expect(failures).toEqual([]);
});

test('what waits for the disk counts as held after the response, so that a slow disk does not fill the memory', async () => {
  const { post, overloads, respond } = await openSlow({ genuine: true, verified: 'signature' }, 20_000);
  expect(await post(15_000)).toBe(503);
  expect(overloads).toEqual([]);
  expect(await post(15_000)).toBe(503);
  expect(overloads).toEqual([1]);
  respond();
  await until(async () => (await post(15_000)) === 204);
});

test('work that fails after the response releases what it held, and is handled', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  const failures: (() => void)[] = [];
  const receiver = await openReceiver({
    port: 0,
    bodyBudget: 20_000,
    match: () => ({
      async receive() {
        const { promise: pending, reject } = Promise.withResolvers<void>();
        failures.push(() => reject(new Error('the disk is gone')));
        return { status: 503, pending };
      },
      tooLarge: () => {},
    }),
  });
  onTestFinished(() => receiver.close());
  const url = `http://127.0.0.1:${receiver.port}/in/${'0'.repeat(32)}`;
  const post = () => fetch(url, { method: 'POST', body: 'x'.repeat(15_000) });
  await post();
  await post();
  expect(failures).toHaveLength(1);
  failures[0]?.();
  await until(async () => {
    await post();
    return failures.length === 2;
  });
  failures[1]?.();
  expect(unhandled).toEqual([]);
});
