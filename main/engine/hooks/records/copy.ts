import { z } from 'zod';
import { RingbackError } from '../../errors.ts';
import { hookMessages } from '../../messages/index.ts';
import { HookRecord, type Registration } from './record.ts';
import type { HookSecrets } from './secrets.ts';

/** The hooks with plain secrets, for another computer. */
export const CopiedHooks = z.object({ hooks: z.array(HookRecord), released: z.array(z.string()) });
export type CopiedHooks = z.infer<typeof CopiedHooks>;

type Convert = (secret: string) => Promise<string>;

/** Throws where a secret cannot be decrypted. */
export async function withPlainSecrets(hooks: readonly HookRecord[], secrets: HookSecrets): Promise<HookRecord[]> {
  return convertAll(hooks, async (encrypted) => {
    const secret = secrets.get(encrypted);
    if (secret === undefined) throw new RingbackError('conflict', hookMessages.secretsLost({ count: 1 }));
    return secret;
  });
}

/** What is encrypted is also decrypted in memory from then on. */
export async function withEncryptedSecrets(hooks: readonly HookRecord[], secrets: HookSecrets): Promise<HookRecord[]> {
  return convertAll(hooks, secrets.encrypt);
}

function convertAll(hooks: readonly HookRecord[], convert: Convert): Promise<HookRecord[]> {
  return Promise.all(
    hooks.map(async (hook) => ({
      ...(await convertOne(hook, convert)),
      others: await Promise.all(hook.others.map((other) => convertOne(other, convert))),
    })),
  );
}

async function convertOne<T extends Registration>(registration: T, convert: Convert): Promise<T> {
  const previousSecrets = registration.previousSecrets.map(async (one) => ({
    ...one,
    secret: await convert(one.secret),
  }));
  return {
    ...registration,
    secret: await convert(registration.secret),
    previousSecrets: await Promise.all(previousSecrets),
  };
}
