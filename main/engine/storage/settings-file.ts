import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { storageMessages } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { hours } from '../timing/index.ts';
import { asidePath } from './damaged-file.ts';

/** Copies of the settings file: the first is the newest, each further one at least an hour older. */
const copies = 3;
const copyInterval = hours(1);

export interface SettingsDamage {
  /** Where the damaged file lies now. */
  readonly damaged: string;
  /** What the user should know. */
  readonly warning: string;
}

/**
 * Makes the settings file readable before the host opens it: other encodings are converted, a damaged file is set aside
 * and its newest readable copy takes its place. Without a copy, one with a few damaged bytes is read without them.
 */
export function repairSettingsFile(file: string, now: number): SettingsDamage | undefined {
  if (!existsSync(file)) return undefined;
  const read = readJsonObject(file);
  const content = read?.isWestern && hasFlippedBytes(file) ? { ...read, isDamaged: true } : read;
  if (content && !content.isDamaged && !isForeign(file, content.text)) {
    if (!Buffer.from(content.text).equals(readFileSync(file))) replaceFile(file, content.text);
    return undefined;
  }
  const aside = asidePath(file, now);
  renameSync(file, aside);
  for (const copy of copyNames(file)) {
    const stored = existsSync(copy) ? readJsonObject(copy) : undefined;
    if (!stored || stored.isDamaged) continue;
    replaceFile(file, stored.text);
    const at = statSync(copy).mtime.toISOString();
    return { damaged: aside, warning: storageMessages.settingsRestored({ file: aside, at }).text };
  }
  if (!content?.isDamaged) return { damaged: aside, warning: storageMessages.settingsDamaged({ file: aside }).text };
  replaceFile(file, content.text);
  return { damaged: aside, warning: storageMessages.settingsRepaired({ file: aside }).text };
}

/** Whether it is the newest copy with some bytes flipped out of ASCII, and no edit in another encoding. */
function hasFlippedBytes(file: string): boolean {
  const [newest = ''] = copyNames(file);
  if (!existsSync(newest)) return false;
  const [bytes, stored] = [readFileSync(file), readFileSync(newest)];
  return (
    bytes.length === stored.length &&
    bytes.every((byte, index) => byte === stored[index] || (byte > 0x7f && (stored[index] ?? 0) <= 0x7f))
  );
}

/** Settings are stamped when they are first opened: another JSON file, or an emptied one, took their place. */
function isForeign(file: string, text: string): boolean {
  const isStamped = (json: string): boolean => Object.hasOwn(JSON.parse(json), 'installation');
  if (isStamped(text)) return false;
  const stored = copyNames(file).map((copy) => (existsSync(copy) ? readJsonObject(copy) : undefined));
  return stored.some((copy) => copy && isStamped(copy.text));
}

/** The store, which survives a power cut as soon as a change returns, with a copy of its file after each. */
export function withCopies(store: Store, file: string, now: () => number): Store {
  const secure = (): void => {
    syncName(file);
    try {
      storeCopy(file, now());
    } catch {
      // The change itself is stored; the next one makes the next attempt.
    }
  };
  return {
    get: (key) => store.get(key),
    set(key, value) {
      store.set(key, value);
      secure();
    },
    delete(key) {
      store.delete(key);
      secure();
    },
  };
}

function storeCopy(file: string, now: number): void {
  const [newest = '', ...older] = copyNames(file);
  const [second = ''] = older;
  const isDue = existsSync(newest) && (!existsSync(second) || now - statSync(second).mtimeMs >= copyInterval);
  if (isDue) {
    for (const [index, name] of [...older.entries()].reverse()) {
      const previous = index === 0 ? newest : older[index - 1];
      if (previous !== undefined && existsSync(previous)) renameSync(previous, name);
    }
  }
  const temporary = `${newest}.tmp`;
  copyFileSync(file, temporary);
  renameSync(temporary, newest);
}

function copyNames(file: string): string[] {
  return Array.from({ length: copies }, (_, index) => `${file}.copy-${index + 1}`);
}

function replaceFile(file: string, text: string): void {
  const temporary = `${file}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, file);
  syncName(file);
}

const unsupported = ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF', 'EISDIR', 'EACCES', 'EPERM'];

/** A file that replaced another is on disk with its content; its name is only once its folder is synced. */
function syncName(file: string): void {
  // Windows cannot sync a folder; its file systems keep the order.
  if (process.platform === 'win32') return;
  try {
    const folder = openSync(dirname(realpathSync(file)), 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch (error) {
    // Some network file systems cannot sync a folder, and some folders may not be read; the content is synced.
    if (!unsupported.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

interface Content {
  readonly text: string;
  /** True where some bytes are no characters; they are U+FFFD in the text. */
  readonly isDamaged: boolean;
  /** True where the encoding was concluded from bytes that are no UTF-8. */
  readonly isWestern?: boolean;
}

/** The text of a JSON object, without a byte order mark and trailing NULs; undefined where the file holds none. */
function readJsonObject(file: string): Content | undefined {
  const { text: decoded, ...kind } = decode(readFileSync(file));
  const text = decoded.replace(/^\uFEFF/, '').replace(/(?<!\0)\0+$/, '');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { text, ...kind } : undefined;
  } catch {
    return undefined;
  }
}

/** UTF-16 is recognised by its mark, or by the NUL beside the first character, which is a brace or blank. */
function decode(bytes: Buffer): Content {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { ignoreBOM: true, fatal: true }).decode(bytes), isDamaged: false };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    // An editor may store letters beyond ASCII in the encoding of Western Windows; then none of them is valid UTF-8.
    const isWestern = encoding === 'utf-8' && !/[^\0-\x7f\ufffd]/.test(text);
    return isWestern
      ? { text: new TextDecoder('windows-1252').decode(bytes), isDamaged: false, isWestern: true }
      : { text, isDamaged: true };
  }
}
