import { type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { decryptWith, encryptFor } from '../keys/index.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Bytes of what is opened at most. */
const mostBytes = 64 * 1024 ** 2;
const signatureLength = 64;

/** What the receiver and its standbys have in common, and no member has. */
export interface StandbyKeys {
  readonly team: string;
  /** The nkey with which all of them sign in, and its seed. */
  readonly user: string;
  readonly seed: string;
  readonly signing: KeyObject;
  readonly verifying: KeyObject;
}

/** Compresses, encrypts and signs a value of the bucket of the standbys. */
export async function encryptSigned(value: unknown, key: string, keys: StandbyKeys): Promise<Buffer> {
  const data = encryptFor(keys.user, await compress(JSON.stringify(value)));
  return Buffer.concat([sign(null, signedBytes(keys.team, key, data), keys.signing), data]);
}

/** Throws for what the receiver or a standby did not sign under this key. */
export async function decryptSigned(encrypted: Uint8Array, key: string, keys: StandbyKeys): Promise<unknown> {
  const [signature, data] = [encrypted.subarray(0, signatureLength), encrypted.subarray(signatureLength)];
  if (!verify(null, signedBytes(keys.team, key, data), keys.verifying, signature))
    throw new Error('it is not signed by the receiver or a standby');
  const plain = await decompress(decryptWith(data, keys.seed), { maxOutputLength: mostBytes });
  return JSON.parse(plain.toString());
}

function signedBytes(team: string, key: string, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`ringback-standby\n${team}\n${key}\n`), data]);
}
