import { expect, test } from 'vitest';
import { takeToken, tokenIn } from '../../renderer/transport/token.ts';

function tab() {
  const kept = new Map<string, string>();
  const addresses: unknown[] = [];
  return {
    addresses,
    history: { replaceState: (_data: unknown, _title: string, url?: string | URL | null) => void addresses.push(url) },
    memory: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    },
  };
}
const at = (hash: string) => ({ hash, pathname: '/', search: '?a=1' });

test('a token in the address is moved into the memory of the tab', () => {
  const { history, memory, addresses } = tab();
  expect(takeToken(at('#token=abc'), history, memory)).toBe('abc');
  expect(addresses).toEqual(['/?a=1']);
  expect(takeToken(at(''), history, memory)).toBe('abc');
  expect(addresses).toHaveLength(1);
});

test('a newer token in the address wins, and without any there is none', () => {
  const { history, memory } = tab();
  expect(takeToken(at(''), history, memory)).toBeUndefined();
  takeToken(at('#token=old'), history, memory);
  expect(takeToken(at('#token=new'), history, memory)).toBe('new');
});

test('only a hash that names a token counts as one', () => {
  expect(tokenIn('#main')).toBeUndefined();
  expect(tokenIn('#token=')).toBeUndefined();
  expect(tokenIn('#token=a%2Fb')).toBe('a/b');
});
