import type { Cipher, Store } from '../../main/engine/ports.ts';

export function memoryStore(values: Map<string, unknown> = new Map()): Store {
  return {
    get: (key) => structuredClone(values.get(key)),
    set: (key, value) => void values.set(key, structuredClone(value)),
    delete: (key) => void values.delete(key),
  };
}

/** Seals visibly, so that a test can tell sealed from plain. */
export const mirrorCipher: Cipher = {
  name: 'a mirror',
  encrypt: async (text) => `sealed:${[...text].reverse().join('')}`,
  decrypt: async (sealed) => {
    if (!sealed.startsWith('sealed:')) throw new Error('not sealed here');
    return [...sealed.slice('sealed:'.length)].reverse().join('');
  },
};
