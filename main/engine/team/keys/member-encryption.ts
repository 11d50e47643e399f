import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { decrypt, encrypt } from './cipher.ts';
import { decodeNkey } from './nkey-text.ts';

const keyLength = 32;
/** What stands before the 32 bytes of an X25519 key in DER. */
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');
const secretPrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');

/** Encrypts for the owner of an nkey alone, whose Ed25519 key is used as its X25519 key (RFC 7748, section 4.1). */
export function encryptFor(user: string, plain: Uint8Array): Buffer {
  const recipient = montgomeryOf(decodeNkey(user, 1));
  const pair = generateKeyPairSync('x25519');
  const ephemeral = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-keyLength);
  const shared = diffieHellman({ privateKey: pair.privateKey, publicKey: readPublic(recipient) });
  return Buffer.concat([ephemeral, encrypt(plain, boxKey(shared, ephemeral, recipient))]);
}

/** Throws where it was not encrypted for the owner of this seed. */
export function decryptWith(encrypted: Uint8Array, seed: string): Buffer {
  const secret = createHash('sha512').update(decodeNkey(seed, 2)).digest().subarray(0, keyLength);
  const privateKey = createPrivateKey({ key: Buffer.concat([secretPrefix, secret]), format: 'der', type: 'pkcs8' });
  const recipient = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-keyLength);
  const ephemeral = Buffer.from(encrypted.subarray(0, keyLength));
  const shared = diffieHellman({ privateKey, publicKey: readPublic(ephemeral) });
  return decrypt(encrypted.subarray(keyLength), boxKey(shared, ephemeral, recipient));
}

function readPublic(key: Uint8Array) {
  return createPublicKey({ key: Buffer.concat([publicPrefix, key]), format: 'der', type: 'spki' });
}

function boxKey(shared: Buffer, ephemeral: Uint8Array, recipient: Uint8Array): string {
  const salt = Buffer.concat([ephemeral, recipient]);
  return Buffer.from(hkdfSync('sha256', shared, salt, 'ringback team keys', 32)).toString('base64');
}

const prime = 2n ** 255n - 19n;

/** The X25519 public key of an Ed25519 one: (1 + y) / (1 - y). */
function montgomeryOf(key: Uint8Array): Buffer {
  const y = BigInt(`0x${Buffer.from(key).reverse().toString('hex')}`) & (2n ** 255n - 1n);
  const u = modulo((1n + y) * power(modulo(1n - y), prime - 2n));
  return Buffer.from(u.toString(16).padStart(2 * keyLength, '0'), 'hex').reverse();
}

const modulo = (value: bigint): bigint => ((value % prime) + prime) % prime;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [square, rest] = [base, exponent]; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}
