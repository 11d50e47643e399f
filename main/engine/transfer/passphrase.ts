import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';

const Base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** A text encrypted under a passphrase, and bound to another text: scrypt and AES-256-GCM, every value in base64. */
export const EncryptedDocument = z.strictObject({
  kdf: z.literal('scrypt-131072-8-1'),
  cipher: z.literal('aes-256-gcm'),
  salt: Base64,
  nonce: Base64,
  tag: Base64,
  data: Base64,
});

export type EncryptedDocument = z.infer<typeof EncryptedDocument>;

/** 128 MB of memory and about half a second for each guess. */
const cost = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const sizes = { key: 32, salt: 16, nonce: 12, tag: 16 } as const;

const keyOf = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  // Systems encode the same typed characters differently. scrypt is looked up here so that tests can replace it.
  promisify<string, Buffer, number, typeof cost, Buffer>(scrypt)(passphrase.normalize('NFKC'), salt, sizes.key, cost);

/** It is decrypted only together with the same `context`, which stays readable. */
export async function encryptText(text: string, passphrase: string, context: string): Promise<EncryptedDocument> {
  const [salt, nonce] = [randomBytes(sizes.salt), randomBytes(sizes.nonce)];
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt), nonce).setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const encode = (bytes: Buffer): string => bytes.toString('base64');
  return {
    kdf: 'scrypt-131072-8-1',
    cipher: 'aes-256-gcm',
    ...{ salt: encode(salt), nonce: encode(nonce), tag: encode(cipher.getAuthTag()), data: encode(data) },
  };
}

/** Undefined where the passphrase is another one, or either text was changed. */
export async function decryptText(
  encrypted: EncryptedDocument,
  passphrase: string,
  context: string,
): Promise<string | undefined> {
  const decode = (text: string): Buffer => Buffer.from(text, 'base64');
  const [nonce, tag] = [decode(encrypted.nonce), decode(encrypted.tag)];
  if (nonce.length !== sizes.nonce || tag.length !== sizes.tag) return undefined;
  const key = await keyOf(passphrase, decode(encrypted.salt));
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: sizes.tag });
  decipher.setAuthTag(tag).setAAD(Buffer.from(context));
  try {
    return Buffer.concat([decipher.update(decode(encrypted.data)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
