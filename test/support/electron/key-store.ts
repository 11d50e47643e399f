import { guard } from './guard.ts';
import { mode, requireReady } from './system.ts';

const unlocking = Promise.withResolvers<void>();
if (mode.keyStore !== 'locked') unlocking.resolve();

/** Chromium's mark of what it encrypted with its built-in password, and of what it encrypted with a key store. */
const mark = mode.keyStore === 'absent' ? 'v10' : 'v11';

/** Encrypts nothing: it reverses the text, so that a test can see whether it went through here. */
const reversed = (text: string): string => [...text].reverse().join('');

export const safeStorage = guard('SafeStorage', {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    requireReady('the key store');
    await unlocking.promise;
    return true;
  },
  encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from(mark + reversed(text)),
  async decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const text = encrypted.toString();
    if (!text.startsWith(mark)) throw new Error('Encrypted with another key.');
    return { result: reversed(text.slice(mark.length)), shouldReEncrypt: false };
  },
  getSelectedStorageBackend: (): string =>
    mode.keyStore === 'absent' || mode.keyStore === 'unrecognised' ? 'basic_text' : 'gnome_libsecret',
  setUsePlainTextEncryption(): void {},
});

/** The user types the password of the locked key store. */
export const unlock = (): void => unlocking.resolve();
