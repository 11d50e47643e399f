import { renameSync, writeFileSync } from 'node:fs';

/** Writes a file that this user alone may read, in one step. */
export function writePrivately(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, text, { mode: 0o600, flush: true });
  renameSync(temporary, file);
}
