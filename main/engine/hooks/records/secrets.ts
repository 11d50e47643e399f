import { randomBytes } from 'node:crypto';
import type { SecretStore } from '../../storage/index.ts';
import { type HookRecord, registrationsOf } from './record.ts';

/** The secrets of the own hooks, decrypted in memory. */
export interface HookSecrets {
  /** Undefined where it could not be decrypted. */
  get(encrypted: string): string | undefined;
  create(): Promise<{ readonly secret: string; readonly encrypted: string }>;
  add(encrypted: string, secret: string): void;
  /** Gives it encrypted, and adds it. */
  encrypt(secret: string): Promise<string>;
  /** Forgets all secrets that none of these hooks uses. */
  retain(hooks: readonly HookRecord[]): void;
}

export async function openHookSecrets(secretStore: SecretStore, hooks: readonly HookRecord[]): Promise<HookSecrets> {
  const decrypted = new Map<string, string>();
  for (const encrypted of encryptedIn(hooks)) {
    const { secrets } = await secretStore.decrypt({ secret: encrypted });
    if (secrets.secret !== undefined) decrypted.set(encrypted, secrets.secret);
  }
  const add = (encrypted: string, secret: string): void => void decrypted.set(encrypted, secret);
  return {
    get: (encrypted) => decrypted.get(encrypted),
    async create() {
      const secret = randomBytes(32).toString('hex');
      return { secret, encrypted: (await secretStore.encrypt({ secret })).secret ?? '' };
    },
    add,
    async encrypt(secret) {
      const { secret: encrypted = '' } = await secretStore.encrypt({ secret });
      add(encrypted, secret);
      return encrypted;
    },
    retain(remaining) {
      const needed = new Set(encryptedIn(remaining));
      for (const encrypted of decrypted.keys()) if (!needed.has(encrypted)) decrypted.delete(encrypted);
    },
  };
}

function encryptedIn(hooks: readonly HookRecord[]): string[] {
  return hooks
    .flatMap(registrationsOf)
    .flatMap(({ secret, previousSecrets }) => [secret, ...previousSecrets.map((one) => one.secret)]);
}
