import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { createUser, fromSeed } from '@nats-io/nkeys';
import type { BrokerUser } from '../../broker.ts';
import { decodeNkey } from './nkey-text.ts';

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

/** What stands before the 32 bytes of a secret Ed25519 key in DER. */
const secretPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Signs by Node itself: the library of nkeys needs some hundred times as long, for each connection. */
export function readUserKey(seed: string): BrokerUser {
  const key = createPrivateKey({
    key: Buffer.concat([secretPrefix, decodeNkey(seed, 2)]),
    format: 'der',
    type: 'pkcs8',
  });
  const name = fromSeed(new TextEncoder().encode(seed)).getPublicKey();
  return { name, sign: (challenge) => sign(null, challenge, key) };
}

/** Ed25519 key for envelopes only: a user key also signs challenges chosen by the server, which could be envelopes. */
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
