import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RingbackError } from '../engine/errors.ts';
import { followedBy, type Message, messageMembers, storageMessages } from '../engine/messages/index.ts';
import type { Cipher } from '../engine/ports.ts';
import { asidePath } from '../engine/storage/index.ts';
import type { Keyring } from './keyring.ts';

interface CipherOptions {
  readonly folder: string;
  /** Undefined where the user has turned it off. */
  readonly keyring: (() => Promise<Keyring>) | undefined;
  /** Whether stored secrets are encrypted with its key: then no other key is created, and a locked keyring is waited for. */
  readonly isKeyringUsed: boolean;
  /** Milliseconds for the keyring's first response, since nobody may be there to unlock it. */
  readonly deadline: number;
  /** Milliseconds between attempts while waiting for the keyring. */
  readonly retryInterval: number;
  /** Aborts waiting. */
  readonly signal: AbortSignal;
  now(): number;
  /** Called with warnings for the user. */
  warn(message: Message): void;
  /** Called once when waiting for the keyring starts, with what the user can do. */
  waiting(message: Message): void;
}

type Place = 'keyring' | 'file';
interface Key {
  readonly name: Message;
  readonly bytes: Buffer;
}
const keyLength = 32;
const ivLength = 12;
const tagLength = 16;

/**
 * Encrypts with AES-256-GCM under a key in the system's keyring, otherwise in a file that only this user may read.
 * Encrypted text starts with the place of its key, so that it is decrypted with the right one.
 */
export async function openCipher(options: CipherOptions): Promise<Cipher> {
  const file = join(options.folder, 'key');
  const kept = await keyInKeyring(options);
  const needsFile = kept instanceof KeyringFailure || existsSync(file);
  const keys: Partial<Record<Place, Key>> = {
    ...(kept instanceof KeyringFailure ? {} : { keyring: kept }),
    ...(needsFile ? { file: { name: storageMessages.inKeyFile(), bytes: keyInFile(file, options) } } : {}),
  };
  const place: Place = keys.keyring ? 'keyring' : 'file';
  const key = keys[place] as Key;
  return {
    ...messageMembers('name', key.name),
    ...(kept instanceof KeyringFailure ? messageMembers('caution', weaknessOf(kept)) : {}),
    encrypt: async (text) => `${place}:${encryptText(key.bytes, text)}`,
    async decrypt(encrypted) {
      const [origin = '', data = ''] = encrypted.split(':');
      return decryptText(keys, origin, Buffer.from(data, 'base64'));
    },
  };
}

/** Why the keyring is not used. */
class KeyringFailure extends Error {
  override readonly name = 'KeyringFailure';
  readonly reason: Message;

  constructor(reason: Message, options?: ErrorOptions) {
    super(reason.text, options);
    this.reason = reason;
  }
}

function weaknessOf({ reason }: KeyringFailure): Message {
  return followedBy(reason, storageMessages.keyBesideSecrets());
}

function encryptText(key: Buffer, text: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagLength });
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]).toString('base64');
}

function decryptText(keys: Readonly<Partial<Record<string, Key>>>, origin: string, data: Buffer): string {
  const key = keys[origin];
  const place = key?.name ?? (origin === 'file' ? storageMessages.inKeyFile() : storageMessages.inKeyring());
  try {
    if (!key) throw new Error('there is no such key now');
    const iv = data.subarray(0, ivLength);
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, iv, { authTagLength: tagLength });
    decipher.setAuthTag(data.subarray(ivLength, ivLength + tagLength));
    return decipher.update(data.subarray(ivLength + tagLength), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    const message = storageMessages.secretOfKey({ place });
    throw new RingbackError('conflict', message, { cause });
  }
}

/** The key, which is created where there is none; or an error whose message says why it is unavailable. */
async function keyInKeyring(options: CipherOptions): Promise<Key | KeyringFailure> {
  const { keyring: open, isKeyringUsed, waiting, deadline } = options;
  if (!open) return new KeyringFailure(storageMessages.keyringOff());
  const attempt = readOrMake(open);
  const key = await inTime(attempt, deadline);
  if (!(key instanceof KeyringFailure) || !isKeyringUsed) return key;
  waiting(storageMessages.keyringLocked());
  return waitForKey(open, attempt, options);
}

/** Waits until the keyring responds, because secrets encrypted with its key would be lost with another one. */
async function waitForKey(
  open: () => Promise<Keyring>,
  attempt: Promise<Key>,
  { retryInterval, signal }: CipherOptions,
): Promise<Key> {
  for (let pending = attempt; ; pending = readOrMake(open)) {
    // A call that hangs may be waiting for the user to unlock the keyring, so it is given some time.
    const key = await Promise.race([inTime(pending, retryInterval), rejection(signal)]);
    if (!(key instanceof KeyringFailure)) return key;
    await delay(retryInterval, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

async function inTime(attempt: Promise<Key>, milliseconds: number): Promise<Key | KeyringFailure> {
  const late = new AbortController();
  const lateness = delay(milliseconds, undefined, { signal: late.signal }).then(
    () => new KeyringFailure(storageMessages.keyringSilent()),
    () => new KeyringFailure(storageMessages.keyringSilent()),
  );
  const answer = attempt.catch((cause: unknown) => new KeyringFailure(storageMessages.noKeyring(), { cause }));
  try {
    return await Promise.race([answer, lateness]);
  } finally {
    late.abort();
  }
}

async function readOrMake(open: () => Promise<Keyring>): Promise<Key> {
  const keyring = await open();
  const found = Buffer.from((await keyring.read()) ?? '', 'base64');
  if (found.length === keyLength) return { name: keyring.name, bytes: found };
  const bytes = randomBytes(keyLength);
  await keyring.write(bytes.toString('base64'));
  if ((await keyring.read()) !== bytes.toString('base64'))
    throw new Error('the keyring does not keep what it is given');
  return { name: keyring.name, bytes };
}

function keyInFile(file: string, { now, warn }: CipherOptions): Buffer {
  if (existsSync(file)) {
    chmodSync(file, 0o600);
    const bytes = Buffer.from(readFileSync(file, 'utf8'), 'base64');
    if (bytes.length === keyLength) return bytes;
    const place = asidePath(file, now());
    renameSync(file, place);
    warn(storageMessages.keyFileDamaged({ file: place }));
  }
  const bytes = randomBytes(keyLength);
  writeFileSync(file, `${bytes.toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  return bytes;
}
