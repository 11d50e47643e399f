import { z } from 'zod';
import type { MessageReference } from '../../../preload/contract/index.ts';
import type { Cipher } from '../ports.ts';

/** Encrypted text as it is stored. */
export const EncryptedText = z.string().min(1);

/** Encrypts secrets before they are stored on disk. */
export interface SecretStore {
  readonly name: string;
  readonly nameMessage?: MessageReference;
  readonly caution?: string;
  readonly cautionMessage?: MessageReference;
  encrypt(secrets: Readonly<Record<string, string>>): Promise<Record<string, string>>;
  /** Secrets that cannot be decrypted any more are left out and named in `lost`. */
  decrypt(encrypted: Readonly<Record<string, string>>): Promise<{ secrets: Record<string, string>; lost: string[] }>;
  /** At most the latest 5,000 secrets used since the start, to be removed from texts for others. */
  seen(): readonly string[];
}

const mostSeen = 5000;

export function createSecretStore(cipher: Cipher): SecretStore {
  const seen = new Set<string>();
  const see = (text: string): string => {
    seen.delete(text);
    seen.add(text);
    const [oldest] = seen;
    if (seen.size > mostSeen && oldest !== undefined) seen.delete(oldest);
    return text;
  };
  return {
    name: cipher.name,
    ...(cipher.nameMessage === undefined ? {} : { nameMessage: cipher.nameMessage }),
    ...(cipher.caution === undefined ? {} : { caution: cipher.caution }),
    ...(cipher.cautionMessage === undefined ? {} : { cautionMessage: cipher.cautionMessage }),
    async encrypt(secrets) {
      const entries = Object.entries(secrets).map(
        async ([name, text]) => [name, await cipher.encrypt(see(text))] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    },
    async decrypt(encrypted) {
      const lost: string[] = [];
      const secrets: Record<string, string> = {};
      for (const [name, text] of Object.entries(encrypted)) {
        try {
          secrets[name] = see(await cipher.decrypt(text));
        } catch {
          lost.push(name);
        }
      }
      return { secrets, lost };
    },
    seen: () => [...seen],
  };
}
