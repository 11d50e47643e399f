import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isKeyWeak, needsKeyStore, openCipher as openCipherOf } from '../../main/desktop/cipher.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

type Parts = Parameters<typeof openCipherOf>[0];
type Backend = ReturnType<Parts['safeStorage']['getSelectedStorageBackend']>;

/** A key store in the manner of Electron's: encrypted bytes begin with the mark of the key. */
function keyStore(backend: Backend, { mark = 'v11', available = true } = {}) {
  let plainText = false;
  const usable = () => available || plainText;
  return {
    used: () => plainText,
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: async () => usable(),
    setUsePlainTextEncryption: (use: boolean) => {
      plainText = use;
    },
    encryptStringAsync: async (text: string) => Buffer.from(mark + [...text].reverse().join('')),
    async decryptStringAsync(encrypted: Buffer) {
      if (encrypted.subarray(0, 3).toString() !== mark) throw new Error('Error while decrypting the ciphertext');
      return { shouldReEncrypt: false, result: [...encrypted.subarray(3).toString()].reverse().join('') };
    },
  };
}

/** On a system whose stored secrets need no key store unless said otherwise. */
async function openCipher(parts: Pick<Parts, 'safeStorage' | 'platform' | 'agree'> & Partial<Parts>) {
  const weak = await isKeyWeak(parts);
  return openCipherOf({ weak, needsKeyStore: false, continueWithout: never, ...parts });
}

const never = async (): Promise<never> => {
  throw new Error('The user was asked without need.');
};

test.each([
  ['darwin', 'unknown', 'the macOS Keychain'],
  ['win32', 'unknown', 'Windows Data Protection'],
  ['linux', 'gnome_libsecret', 'the GNOME keyring'],
  ['linux', 'kwallet6', 'KWallet'],
] as const)('on %s with %s, secrets are encrypted by %s without asking', async (platform, backend, name) => {
  const cipher = await openCipher({ safeStorage: keyStore(backend), platform, agree: never });
  const encrypted = await cipher.encrypt('a password: with colon');
  expect(encrypted).not.toContain('password');
  expect(await cipher.decrypt(encrypted)).toBe('a password: with colon');
  expect(cipher).toMatchObject({ name });
  expect(cipher.caution).toBeUndefined();
});

test('a desktop that Chromium does not recognise still counts as having a key store when one encrypted', async () => {
  const safeStorage = keyStore('basic_text', { mark: 'v11' });
  const cipher = await openCipher({ safeStorage, platform: 'linux', agree: never });
  const encrypted = await cipher.encrypt('secret');
  expect(encrypted).toMatch(/^secret_service:/);
  expect(await cipher.decrypt(encrypted)).toBe('secret');
  expect(cipher.caution).toBeUndefined();
  expect(safeStorage.used()).toBe(false);
});

const weakStores = [
  ['basic_text is chosen', () => keyStore('basic_text', { mark: 'v10' })],
  ['the key store does not answer', () => keyStore('gnome_libsecret', { available: false })],
  ['the built-in password was used after all', () => keyStore('gnome_libsecret', { mark: 'v10' })],
] as const;

test.each(weakStores)('where %s, no secret is kept unless the user agrees', async (_name, store) => {
  const safeStorage = store();
  const cipher = await openCipher({ safeStorage, platform: 'linux', agree: async () => false });
  await expect(cipher.encrypt('secret')).rejects.toMatchObject({ code: 'conflict' });
  await expect(cipher.decrypt('basic_text:AAAA')).rejects.toMatchObject({ code: 'conflict' });
  expect(cipher.caution).toContain('no key store');
  expect(safeStorage.used()).toBe(false);
});

test.each(weakStores)(
  'where %s and the user agrees, secrets are kept and the weakness is said',
  async (_name, store) => {
    const safeStorage = store();
    const cipher = await openCipher({ safeStorage, platform: 'linux', agree: async () => true });
    expect(await cipher.decrypt(await cipher.encrypt('secret'))).toBe('secret');
    expect(cipher.caution).toContain('no key store');
    expect(safeStorage.used()).toBe(true);
  },
);

test('a secret of another key store is refused with its name and what to do', async () => {
  const old = await openCipher({ safeStorage: keyStore('kwallet6', { mark: 'v12' }), platform: 'linux', agree: never });
  const present = await openCipher({ safeStorage: keyStore('gnome_libsecret'), platform: 'linux', agree: never });
  await expect(present.decrypt(await old.encrypt('secret'))).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(/KWallet.*Enter it again/),
  });
});

test.each(weakStores)(
  'where %s although secrets are stored under a key store, it is not taken for absent',
  async (_name, store) => {
    const asked: string[] = [];
    const safeStorage = store();
    const parts = { safeStorage, platform: 'linux', needsKeyStore: true } as const;
    void openCipher({
      ...parts,
      continueWithout: () => new Promise(() => void asked.push('unlock')),
      agree: never,
    });
    await until(() => asked.length > 0);
    expect(asked).toEqual(['unlock']);
    expect(safeStorage.used()).toBe(false);
    const cipher = await openCipher({
      ...parts,
      continueWithout: async () => void asked.push('continue'),
      agree: async () => asked.push('agree') > 0,
    });
    expect(asked).toEqual(['unlock', 'continue', 'agree']);
    expect(cipher.caution).toContain('no key store');
  },
);

test.each([
  ['{"connections":[{"secrets":{"clientSecret":"gnome_libsecret:AAAA"}}]}', true],
  ['{"connections":[{"secrets":{"clientSecret":"kwallet6:AAAA"}}]}', true],
  ['{"connections":[{"secrets":{"clientSecret":"secret_service:AAAA"}}]}', true],
  ['{"connections":[{"secrets":{"clientSecret":"basic_text:AAAA"}}]}', false],
  ['{"note":"kept by gnome_libsecret: never"}', false],
  [undefined, false],
] as const)('of %s it is known whether a key store is needed', async (settings, needed) => {
  const file = join(await temporaryFolder(), 'settings.json');
  if (settings !== undefined) await writeFile(file, settings);
  expect(needsKeyStore(file)).toBe(needed);
});
