import { existsSync, readFileSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import { RingbackError } from '../engine/errors.ts';
import { type Message, messageMembers, storageMessages } from '../engine/messages/index.ts';
import type { Cipher } from '../engine/ports.ts';
import { desktopMessages } from './messages.ts';

interface CipherParts {
  readonly safeStorage: Pick<
    SafeStorage,
    | 'isAsyncEncryptionAvailable'
    | 'encryptStringAsync'
    | 'decryptStringAsync'
    | 'getSelectedStorageBackend'
    | 'setUsePlainTextEncryption'
  >;
  readonly platform: NodeJS.Platform;
  /** Whether the key protects little; see `isKeyWeak`. */
  readonly weak: boolean;
  /** Whether stored secrets need a key store for decryption: then a key store exists, and is locked or has failed. */
  readonly needsKeyStore: boolean;
  /** Resolves where the user continues although the key store is unavailable. */
  continueWithout(): Promise<void>;
  /** Whether the user accepts a key that protects little. */
  agree(): Promise<boolean>;
}

const names: Readonly<Record<string, Message | undefined>> = {
  darwin: storageMessages.inMacKeychain(),
  win32: storageMessages.inWindowsData(),
  gnome_libsecret: storageMessages.inGnomeKeyring(),
  kwallet: storageMessages.inKwallet(),
  kwallet5: storageMessages.inKwallet(),
  kwallet6: storageMessages.inKwallet(),
  secret_service: storageMessages.inSecretService(),
};

/**
 * Encrypts with the system's key store through Electron. On a Linux without one, Electron would silently use a publicly
 * known key: that is used only if the user agrees. Where stored secrets need a key store that is unavailable, the user is
 * asked first, since they would seem lost.
 */
export async function openCipher(parts: CipherParts): Promise<Cipher> {
  const { safeStorage, platform, weak, needsKeyStore, continueWithout, agree } = parts;
  if (weak && needsKeyStore) await continueWithout();
  const place = placeOf(safeStorage, platform, weak);
  if (weak && !(await agree())) {
    const caution = messageMembers('caution', desktopMessages.secretsRejected());
    return { ...messageMembers('name', storageMessages.inNothing()), ...caution, encrypt: refuse, decrypt: refuse };
  }
  const { inPlainFile, inSystemStore } = storageMessages;
  if (weak) safeStorage.setUsePlainTextEncryption(true);
  return {
    ...messageMembers('name', weak ? inPlainFile() : (names[place] ?? inSystemStore())),
    ...(weak ? messageMembers('caution', desktopMessages.weakKeyStore()) : {}),
    async encrypt(text) {
      const encrypted = await safeStorage.encryptStringAsync(text);
      return `${place}:${encrypted.toString('base64')}`;
    },
    async decrypt(encrypted) {
      const [origin = '', data = ''] = encrypted.split(':');
      return await decryptText(safeStorage, Buffer.from(data, 'base64'), origin);
    },
  };
}

/**
 * Whether Electron uses a publicly known key. Chromium marks text that it encrypted with its built-in password with
 * "v10" (components/os_crypt: the Posix key provider), and only this mark is reliable: on desktops that Chromium does
 * not recognize, such as sway or i3, the backend is named `basic_text` although the asynchronous calls use the Secret
 * Service.
 */
export async function isKeyWeak({
  safeStorage,
  platform,
}: Pick<CipherParts, 'safeStorage' | 'platform'>): Promise<boolean> {
  if (platform !== 'linux') return false;
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return true;
  const probe = await safeStorage.encryptStringAsync('probe');
  return probe.subarray(0, 3).toString('latin1') === 'v10';
}

/** Whether a settings file contains secrets that only a Linux key store can decrypt. */
export function needsKeyStore(settingsFile: string): boolean {
  const stored = /"(?:gnome_libsecret|kwallet\d?|secret_service):/;
  return existsSync(settingsFile) && stored.test(readFileSync(settingsFile, 'utf8'));
}

/** The key store in use, as stored with each encrypted secret. */
function placeOf(safeStorage: CipherParts['safeStorage'], platform: NodeJS.Platform, weak: boolean): string {
  if (platform !== 'linux') return platform;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend === 'basic_text' && !weak ? 'secret_service' : backend;
}

async function decryptText(
  safeStorage: CipherParts['safeStorage'],
  encrypted: Buffer,
  origin: string,
): Promise<string> {
  try {
    return (await safeStorage.decryptStringAsync(encrypted)).result;
  } catch (cause) {
    const message = desktopMessages.secretOfOther({ place: names[origin]?.text ?? '' });
    throw new RingbackError('conflict', message, { cause });
  }
}

async function refuse(): Promise<never> {
  throw new RingbackError('conflict', desktopMessages.secretsRejected());
}
