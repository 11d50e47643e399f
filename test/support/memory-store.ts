import type { Cipher, Store } from '../../main/engine/ports.ts';

export function memoryStore(values: Map<string, unknown> = new Map()): Store {
  return {
    get: (key) => structuredClone(values.get(key)),
    set: (key, value) => void values.set(key, structuredClone(value)),
    delete: (key) => void values.delete(key),
  };
}

/** Seals visibly, so that a test can tell encrypted from plain. */
export const mirrorCipher: Cipher = {
  name: 'a mirror',
  encrypt: async (text) => `encrypted:${[...text].reverse().join('')}`,
  decrypt: async (encrypted) => {
    if (!encrypted.startsWith('encrypted:')) throw new Error('not encrypted here');
    return [...encrypted.slice('encrypted:'.length)].reverse().join('');
  },
};
