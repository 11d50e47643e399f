import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that only this user can read, and replaces it atomically. */
export function writePrivately(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, file);
}
