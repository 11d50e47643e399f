import { existsSync, readFileSync } from 'node:fs';
import type { SafeStorage } from 'electron';
import { RingbackError } from '../engine/errors.ts';
import { messageMembers } from '../engine/messages/index.ts';
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
  /** Whether the key would protect little, as `isKeyWeak` finds. */
  readonly weak: boolean;
  /** Whether secrets are stored that only a key store can decrypt: then this system has one, and it is locked or has failed. */
  readonly needsKeyStore: boolean;
  /** Resolves where the user wants to go on although the key store cannot be used. */
  continueWithout(): Promise<void>;
  /** Whether the user agrees to a key that protects little. */
  agree(): Promise<boolean>;
}

const names: Readonly<Record<string, string>> = {
  darwin: 'the macOS Keychain',
  win32: 'Windows Data Protection',
  gnome_libsecret: 'the GNOME keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
  secret_service: 'the Secret Service of this desktop',
};

/**
 * Seals with the system's key store through Electron.
 * Where Linux has none, Electron would silently use a key that everybody knows: that is used only if the user agrees. Where
 * there has been one, it is not taken for absent: what it encrypted would seem lost.
 */
export async function openCipher(parts: CipherParts): Promise<Cipher> {
  const { safeStorage, platform, weak, needsKeyStore, continueWithout, agree } = parts;
  if (weak && needsKeyStore) await continueWithout();
  const place = placeOf(safeStorage, platform, weak);
  if (weak && !(await agree())) {
    const caution = messageMembers('caution', desktopMessages.secretsRejected());
    return { name: 'nowhere', ...caution, encrypt: refuse, decrypt: refuse };
  }
  if (weak) safeStorage.setUsePlainTextEncryption(true);
  return {
    name: weak ? 'a file without a key store' : (names[place] ?? "the system's key store"),
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
 * Chromium marks what it encrypted with its built-in password "v10" (components/os_crypt: the Posix key provider). The mark
 * alone decides: on desktops that Chromium does not recognise, such as sway or i3, the backend is called `basic_text`
 * although the asynchronous calls use the Secret Service.
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

/** Whether a settings file holds secrets that only a key store of Linux can decrypt. */
export function needsKeyStore(settingsFile: string): boolean {
  const stored = /"(?:gnome_libsecret|kwallet\d?|secret_service):/;
  return existsSync(settingsFile) && stored.test(readFileSync(settingsFile, 'utf8'));
}

/** The key store in use, as it is noted beside each encrypted secret. */
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
    const message = desktopMessages.secretOfOther({ place: names[origin] ?? '' });
    throw new RingbackError('conflict', message, { cause });
  }
}

async function refuse(): Promise<never> {
  throw new RingbackError('conflict', desktopMessages.secretsRejected());
}
