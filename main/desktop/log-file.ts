import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogEntry } from '../engine/ports.ts';

const largest = 2_000_000;

/** Writes entries with their time to ringback.log; a full one is renamed to ringback.old.log, replacing the previous one. */
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
      // Where the log cannot be written, for example on a full disk, Ringback continues.
    }
  };
}

/** Limit in characters of the log in a support file. */
const readable = 500_000;

/** The end of the log, from both files. */
export async function readLogFile(folder: string): Promise<string> {
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '');
  const text = `${await read('ringback.old.log')}${await read('ringback.log')}`.slice(-readable);
  // The first line may be incomplete.
  return text.length < readable ? text : text.slice(text.indexOf('\n') + 1);
}
