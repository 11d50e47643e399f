import { closeSync, fsyncSync, openSync, readlinkSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isSyncUnsupported } from '../../folder-sync.ts';

/** Replaces the file at once; a link to it stays one. `syncName` makes the replacement durable. */
export function replaceFile(path: string, text: string): void {
  const file = realFile(path);
  const temporary = `${file}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, file);
}

/** The file that a link leads to, whether or not it exists; the path itself where it is no link. */
export function realFile(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const target = isMissing(error) ? linkTarget(path) : undefined;
    return target === undefined ? path : realFile(target);
  }
}

function linkTarget(path: string): string | undefined {
  try {
    return resolve(realpathSync(dirname(path)), readlinkSync(path));
  } catch {
    return undefined;
  }
}

export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

/** A file that replaced another is on disk with its content; its name is only once its folder is synced. */
export function syncName(file: string): void {
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
    if (!isSyncUnsupported(error)) throw error;
  }
}
