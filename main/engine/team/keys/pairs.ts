import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { createUser } from '@nats-io/nkeys';

/** Signs in to the server. */
interface UserKey {
  /** The nkey that the server knows, such as "UABC…". */
  readonly name: string;
  readonly seed: string;
}

export function createUserKey(): UserKey {
  const pair = createUser();
  return { name: pair.getPublicKey(), seed: new TextDecoder().decode(pair.getSeed()) };
}

/** The receiver's Ed25519 key. It signs nothing but envelopes: the server, which chooses what a user key signs, could forge them otherwise. */
interface SigningKey {
  /** PKCS #8 in base64. */
  readonly secret: string;
  /** SPKI in base64. */
  readonly public: string;
}

export function createSigningKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
    public: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}

export function readSigningKey(secret: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' });
}

export function readPublicKey(key: string): KeyObject {
  return createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
}

/** The key of 256 bits that all members share, in base64. */
export const createTeamKey = (): string => randomBytes(32).toString('base64');

export const createId = (): string => randomBytes(6).toString('hex');
