import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM under the key of the team (in base64): nonce, encrypted bytes and tag. */
export function encrypt(plain: Uint8Array, key: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where key or content do not fit. */
export function decrypt(data: Uint8Array, key: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64'), data.subarray(0, nonceLength));
  cipher.setAuthTag(data.subarray(-tagLength));
  return Buffer.concat([cipher.update(data.subarray(nonceLength, -tagLength)), cipher.final()]);
}
