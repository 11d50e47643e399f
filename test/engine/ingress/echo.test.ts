import { expect, test } from 'vitest';
import { createEcho, createInstanceKey, instanceKey } from '../../../main/engine/ingress/echo.ts';

test('only the answer to this very nonce counts, and only from this process', () => {
  const echo = createEcho();
  const nonce = echo.nonce();
  const answer = echo.answer(Buffer.from(nonce));
  expect(echo.isAnswer(nonce, answer)).toBe(true);
  expect(echo.isAnswer(echo.nonce(), answer)).toBe(false);
  expect(echo.isAnswer(nonce, createEcho().answer(Buffer.from(nonce)))).toBe(false);
  expect(echo.isAnswer(nonce, nonce)).toBe(false);
  expect(echo.isAnswer(nonce, '')).toBe(false);
});

test('every echo has its own 128-bit address and every question its own nonce', () => {
  const echo = createEcho();
  expect(echo.key).toMatch(/^[0-9a-f]{32}$/);
  expect(createEcho().key).not.toBe(echo.key);
  expect(echo.nonce()).not.toBe(echo.nonce());
});

test('the key of these data is that of their present stamp', () => {
  let stamp = { id: 'one' };
  const key = createInstanceKey(() => stamp);
  expect([key(), key()]).toEqual([instanceKey(stamp), instanceKey(stamp)]);
  const first = key();
  stamp = { id: 'two' };
  expect(key()).toBe(instanceKey(stamp));
  expect(key()).not.toBe(first);
});
