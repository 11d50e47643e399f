import { z } from 'zod';
import type { Cipher } from '../ports.ts';

/** Encrypted text as it is stored. */
export const EncryptedText = z.string().min(1);

/** Seals secrets before they touch disk. */
export interface SecretStore {
  readonly name: string;
  readonly caution?: string;
  encrypt(secrets: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /** Secrets that cannot be decrypted any more are left out and named in `lost`. */
  decrypt(encrypted: Readonly<Record<string, string>>): Promise<{ secrets: Record<string, string>; lost: string[] }>;
}

export function createSecretStore(cipher: Cipher): SecretStore {
  return {
    name: cipher.name,
    ...(cipher.caution === undefined ? {} : { caution: cipher.caution }),
    async encrypt(secrets) {
      const entries = Object.entries(secrets).map(async ([name, text]) => [name, await cipher.encrypt(text)] as const);
      return Object.fromEntries(await Promise.all(entries));
    },
    async decrypt(encrypted) {
      const lost: string[] = [];
      const secrets: Record<string, string> = {};
      for (const [name, text] of Object.entries(encrypted)) {
        try {
          secrets[name] = await cipher.decrypt(text);
        } catch {
          lost.push(name);
        }
      }
      return { secrets, lost };
    },
  };
}
