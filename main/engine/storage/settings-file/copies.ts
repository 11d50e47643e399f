import { copyFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { createSyncWarning } from '../../folder-sync.ts';
import type { Store } from '../../ports.ts';
import { hours, isRecent } from '../../timing/index.ts';
import { asidePath } from '../damaged-file.ts';
import { isFile, readJsonObject } from './content.ts';
import { isMissing, realFile, replaceFile, syncName } from './replace-file.ts';

/** Copies, newest first, rotated at most once an hour, and also before the first manual edit of that hour. */
const copies = 3;
const copyInterval = hours(1);

export function copyNames(file: string): string[] {
  return Array.from({ length: copies }, (_, index) => `${file}.copy-${index + 1}`);
}

/** A store that is durable on return, keeps copies, and restores its file, with a warning, if somebody damages it. */
export function withCopies(
  store: Store,
  file: string,
  now: () => number,
  warn: (message: string) => void,
  sync: (file: string) => void = syncName,
): Store {
  /** The file as it was last written. */
  let written = readIfPresent(file);
  const earlier = createEarlierValues(file);
  const copy = (isEdited = false): void => {
    try {
      storeCopy(file, now(), isEdited);
    } catch {
      // The file itself is stored; the next change makes the next attempt.
    }
  };
  const makeDurable = createSync(() => sync(file), warn);
  const secure = (): void => {
    written = readIfPresent(file);
    copy();
    makeDurable();
  };
  if (written) makeDurable();
  if (written && !readIfPresent(newestCopy(file))?.equals(written)) {
    earlier.read();
    copy(true);
  }
  const restore = (): void => {
    const remark = written && restoreLost(file, written, now());
    if (remark === undefined) return;
    warn(remark);
    makeDurable();
  };
  return {
    get(key) {
      restore();
      return store.get(key);
    },
    set(key, value) {
      restore();
      earlier.read();
      store.set(key, value);
      secure();
    },
    delete(key) {
      restore();
      earlier.read();
      store.delete(key);
      secure();
    },
    earlier: (key) => earlier.read()[key],
  };
}

function createSync(sync: () => void, warn: (message: string) => void): () => void {
  const warning = createSyncWarning((reason) =>
    warn(
      `The settings were saved, but the disk did not confirm it (${reason}): a power failure may undo the change. Check the disk.`,
    ),
  );
  return () => {
    try {
      sync();
    } catch (error) {
      return warning.failed(error);
    }
    warning.confirmed();
  };
}

/** The values of the newest copy, as it was before it is first replaced. */
function createEarlierValues(file: string): { read(): Readonly<Record<string, unknown>> } {
  let values: Readonly<Record<string, unknown>> | undefined;
  return {
    read() {
      values ??= isIntactCopy(file) ? JSON.parse(readJsonObject(newestCopy(file))?.text ?? '{}') : {};
      return values ?? {};
    },
  };
}

/**
 * Restores a file that was deleted, emptied or garbled in use, of which the next change would store nothing else.
 * Returns what was done; undefined if there was no need, or the file cannot be read at the moment.
 */
function restoreLost(file: string, written: Buffer, now: number): string | undefined {
  try {
    const isOther = existsSync(file) && !isFile(file);
    const present = isOther ? undefined : readUnlessMissing(file);
    if (present?.equals(written)) return undefined;
    const content = present && readJsonObject(file);
    if (content && !content.isDamaged && (isStamped(content.text) || !isStamped(written.toString()))) return undefined;
    const lost = realFile(file);
    const aside = isOther || (present && present.length > 0) ? asidePath(lost, now) : undefined;
    if (aside !== undefined) renameSync(lost, aside);
    replaceFile(lost, written.toString());
    return aside === undefined
      ? 'The settings file was deleted or emptied while Ringback was running; it was stored again.'
      : `The settings file was damaged or replaced while Ringback was running; it was stored again. What was there was set aside as ${aside}.`;
  } catch {
    // The change that follows fails for the same reason, and reports it.
    return undefined;
  }
}

/** Settings are stamped when they are first opened. */
export function isStamped(text: string): boolean {
  return Object.hasOwn(JSON.parse(text), 'installation');
}

function storeCopy(file: string, now: number, isEdited: boolean): void {
  const [newest = '', ...older] = copyNames(file);
  for (const name of copyNames(file)) if (existsSync(name) && !isFile(name)) renameSync(name, asidePath(name, now));
  const last = lastMove(file);
  const isAnHourAgo = last === undefined || !isRecent(last.at, copyInterval, now);
  const moves = existsSync(newest) && (isAnHourAgo || (isEdited && !last.isEdited));
  if (moves) {
    for (const [index, name] of [...older.entries()].reverse()) {
      const previous = index === 0 ? newest : older[index - 1];
      if (previous !== undefined && existsSync(previous)) renameSync(previous, name);
    }
  }
  const temporary = `${newest}.tmp`;
  copyFileSync(file, temporary);
  renameSync(temporary, newest);
  const move = moves ? { at: now, isEdited } : last;
  const words = [checksumOf(readFileSync(newest)), changeTimeOf(file)];
  if (move) words.push(String(move.at), move.isEdited ? 'edit' : 'change');
  writeFileSync(sumName(file), `${words.join(' ')}\n`, { mode: 0o600 });
}

interface Move {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Whether an edit by hand was the reason. */
  readonly isEdited: boolean;
}

/** When the copies last moved on; undefined where there is no second one yet. */
function lastMove(file: string): Move | undefined {
  const [, second = ''] = copyNames(file);
  if (!existsSync(second)) return undefined;
  const { movedAt, reason } = readSum(file);
  // An earlier version did not store it.
  if (movedAt === undefined) return { at: statSync(second).mtimeMs, isEdited: false };
  return { at: Number(movedAt), isEdited: reason === 'edit' };
}

/** Whether the newest copy is what was last written, so that it tells what has changed in the file since. */
export function isIntactCopy(file: string): boolean {
  const copy = readIfPresent(newestCopy(file));
  return copy !== undefined && readSum(file).checksum === checksumOf(copy);
}

/** Whether nobody has written the file since it was copied: what differs from the copy then was changed by the disk. */
export function isUnwritten(file: string): boolean {
  return readSum(file).changedAt === changeTimeOf(file);
}

interface Sum {
  /** Of the newest copy. */
  readonly checksum: string;
  /** When the file that it is a copy of was written. */
  readonly changedAt: string | undefined;
  /** When the copies last moved on, and why. */
  readonly movedAt: string | undefined;
  readonly reason: string | undefined;
}

function readSum(file: string): Sum {
  const [checksum = '', changedAt, movedAt, reason] = (readIfPresent(sumName(file))?.toString() ?? '')
    .trim()
    .split(' ');
  return { checksum, changedAt, movedAt, reason };
}

/** In nanoseconds since 1970. */
function changeTimeOf(file: string): string {
  return String(statSync(file, { bigint: true }).mtimeNs);
}

function newestCopy(file: string): string {
  return copyNames(file)[0] ?? '';
}

function sumName(file: string): string {
  return `${file}.sum`;
}

function checksumOf(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

function readIfPresent(file: string): Buffer | undefined {
  try {
    return isFile(file) ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined only where there is no file: one that another program holds open at the moment may be somebody's edit. */
function readUnlessMissing(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
