import { existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { type Message, storageMessages } from '../../messages/index.ts';
import { asidePath } from '../damaged-file.ts';
import { type Content, isFile, namesIn, readJsonObject } from './content.ts';
import { copyNames, isIntactCopy, isStamped, isUnwritten } from './copies.ts';
import { realFile, replaceFile } from './replace-file.ts';
import { salvage } from './salvage.ts';

export interface SettingsDamage {
  /** Where the damaged file lies now. */
  readonly damaged: string;
  /** What the user should know. */
  readonly warning: Message;
}

/**
 * Makes the settings file readable before the host opens it: other encodings are converted, a damaged file is set aside
 * and its newest readable copy takes its place. Without a copy, one with a few damaged bytes is read without them.
 */
export function repairSettingsFile(file: string, now: number): SettingsDamage | undefined {
  if (!existsSync(file)) return undefined;
  const read = readJsonObject(file);
  const content = read && hasFlippedBytes(file, read) ? { ...read, isDamaged: true } : read;
  if (content && !content.isDamaged && !isForeign(file, content.text)) {
    if (!Buffer.from(content.text).equals(readFileSync(file))) replaceFile(file, content.text);
    return undefined;
  }
  const damaged = realFile(file);
  const aside = asidePath(damaged, now);
  renameSync(damaged, aside);
  for (const copy of copyNames(file)) {
    const stored = existsSync(copy) ? readJsonObject(copy) : undefined;
    if (!stored || stored.isDamaged || isForeign(file, stored.text)) continue;
    replaceFile(file, stored.text);
    const at = statSync(copy).mtime.toISOString();
    return { damaged: aside, warning: storageMessages.settingsRestored({ file: aside, at }) };
  }
  if (!content?.isDamaged) return { damaged: aside, warning: restart(file, aside) };
  replaceFile(file, content.text);
  return { damaged: aside, warning: storageMessages.settingsRepaired({ file: aside }) };
}

/** Without a copy: starts with the settings that are whole in the damaged file, or with none. */
function restart(file: string, aside: string): Message {
  const text = isFile(aside) ? salvage(aside) : undefined;
  if (text === undefined) return storageMessages.settingsDamaged({ file: aside });
  replaceFile(file, text);
  return storageMessages.settingsSalvaged({ file: aside });
}

/**
 * Whether the file is the newest copy with some bits flipped, not an edit: nobody has written it since, or a setting's name
 * differs, which nobody renames by hand. A text that was read as Western has letters beyond ASCII where the copy has none.
 */
function hasFlippedBytes(file: string, { text, isWestern = false }: Content): boolean {
  const [newest = ''] = copyNames(file);
  if (!isFile(newest)) return false;
  const [bytes, stored] = [readFileSync(file), readFileSync(newest)];
  if (bytes.length !== stored.length || bytes.equals(stored)) return false;
  if (isWestern)
    return bytes.every((byte, index) => byte === stored[index] || (byte > 0x7f && (stored[index] ?? 0) <= 0x7f));
  if (!differInFewBits(bytes, stored) || !isIntactCopy(file)) return false;
  return isUnwritten(file) || namesIn(text) !== namesIn(readJsonObject(newest)?.text ?? '{}');
}

/** Bytes of which each has one flipped bit: more are an edit. */
const mostFlippedBytes = 4;

function differInFewBits(bytes: Buffer, stored: Buffer): boolean {
  const flips = bytes.map((byte, index) => byte ^ (stored[index] ?? 0)).filter((flipped) => flipped !== 0);
  return flips.length <= mostFlippedBytes && flips.every((flipped) => (flipped & (flipped - 1)) === 0);
}

/** Settings are stamped when they are first opened: another JSON file, or an emptied one, took their place. */
function isForeign(file: string, text: string): boolean {
  if (isStamped(text)) return false;
  const stored = copyNames(file).map((copy) => (existsSync(copy) ? readJsonObject(copy) : undefined));
  return stored.some((copy) => copy && isStamped(copy.text));
}
