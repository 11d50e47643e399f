import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LogEntry } from '../engine/ports.ts';

const largest = 2_000_000;

/** Writes entries with their time to ringback.log; when that is full it becomes ringback.old.log, so that two files are the most. */
export function createLogFile(folder: string, now: () => number): (entry: LogEntry) => void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'ringback.log');
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (entry) => {
    const text = `${new Date(now()).toISOString()} ${entry.level} ${entry.scope}: ${entry.text}\n`;
    try {
      if (size > largest) renameSync(file, join(folder, 'ringback.old.log'));
      if (size > largest) size = 0;
      appendFileSync(file, text);
      size += Buffer.byteLength(text);
    } catch {
      // A full disk must not stop what is logged.
    }
  };
}
