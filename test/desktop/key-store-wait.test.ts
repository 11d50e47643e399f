import type { MessageBoxOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitForKeyStore } from '../../main/desktop/key-store-wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function wait(button = 0) {
  const boxes: MessageBoxOptions[] = [];
  const done: string[] = [];
  const { promise, resolve } = Promise.withResolvers<string>();
  const showMessageBox = async (options: unknown) => {
    boxes.push(options as MessageBoxOptions);
    return { response: button, checkboxChecked: false };
  };
  const waited = waitForKeyStore(promise, {
    dialog: { showMessageBox: showMessageBox as never },
    quit: () => done.push('quit'),
    timeout: 20_000,
  });
  return { boxes, done, resolve, waited };
}

test('a key store that answers in time is waited for without a message', async () => {
  const { boxes, resolve, waited } = wait();
  resolve('cipher');
  expect(await waited).toBe('cipher');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(boxes).toEqual([]);
});

test('after 20 seconds the user is told that the keyring is locked, once, and unlocking it continues', async () => {
  const { boxes, done, resolve, waited } = wait();
  await vi.advanceTimersByTimeAsync(120_000);
  expect(boxes.map(({ message }) => message)).toEqual(['The keyring is locked']);
  resolve('cipher');
  expect(await waited).toBe('cipher');
  expect(done).toEqual([]);
});

test('instead of waiting the user may quit', async () => {
  const { done } = wait(1);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(done).toEqual(['quit']);
});
