import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { fileBeside } from './file-beside.ts';

/** Acknowledged events that are no longer in the database. Times are milliseconds since 1970. */
export interface LostEvents {
  readonly count: number;
  /** When the newest event that is left was received; absent where none is left. */
  readonly since?: number;
  /** When the newest event that is lost was stored. */
  readonly until: number;
}

/** The number of the newest event, kept outside the database: SQLite silently drops what it cannot read of its log. */
export interface LastEvent {
  /** The number of the newest event in the database. */
  newest(): number;
  /**
   * Notes a number, to be called after each commit; never throws. Not synced: after a power cut, or where it cannot be
   * written, the note may be behind, and then no loss is reported.
   */
  note(newest: number, now: number): void;
  close(): void;
}

/**
 * Compares the database with what was noted outside it, and goes on noting. `isNew`: the database was created just now.
 * Numbers are never given twice, also not by a database that replaces another: links, handlers and the members of a team
 * know an event by its number.
 */
export function openLastEvent(
  database: DatabaseSync,
  file: string,
  isNew: boolean,
): { readonly lastEvent: LastEvent; readonly lost: LostEvents | undefined } {
  const noted = readNote(file);
  const select = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'");
  const newestId = (): number => Number(select.get()?.seq ?? 0);
  const isBehind = noted !== undefined && noted.id > newestId();
  const lost = isBehind && !isNew ? lostEvents(database, noted, noted.id - newestId()) : undefined;
  if (isBehind) continueAfter(database, noted.id);
  let last = newestId();
  let descriptor = openNote(fileBeside(file, 'last'), noted !== undefined);
  return {
    lost,
    lastEvent: {
      newest: newestId,
      note(id, now) {
        if (id <= last || descriptor === undefined) return;
        if (writeNote(descriptor, toNote(id, now))) last = id;
      },
      close() {
        // A thread that failed may still be told to close: by then the descriptor may belong to another file.
        if (descriptor !== undefined) closeSync(descriptor);
        descriptor = undefined;
      },
    },
  };
}

/** Undefined where it cannot be opened: the event store matters more. */
function openNote(path: string, exists: boolean): number | undefined {
  try {
    return openSync(path, exists ? 'r+' : 'w', 0o600);
  } catch {
    return undefined;
  }
}

/** Whether all of it was written. */
function writeNote(descriptor: number, note: string): boolean {
  try {
    return writeSync(descriptor, note, 0) === note.length;
  } catch {
    return false;
  }
}

/** The next event is given the number after this one. */
function continueAfter(database: DatabaseSync, id: number): void {
  const { changes } = database.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'").run(id);
  if (changes === 0) database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)").run(id);
}

/** The note, of constant length, so that nothing of a longer number remains, with a checksum against damage. */
function toNote(id: number, now: number): string {
  const numbers = `${String(id).padStart(16, '0')} ${String(now).padStart(16, '0')}`;
  return `${numbers} ${checksum(numbers)}\n`;
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** Bounds of a plausible number and time, by which a note of an earlier version is checked, since that has no checksum. */
const [mostEvents, latestTime] = [1e12, 8.64e15];

function readNote(file: string): { readonly id: number; readonly at: number } | undefined {
  try {
    const [, numbers = '', sum] =
      /^(\d{16} \d{16})(?: ([0-9a-f]{8}))?\n/.exec(readFileSync(fileBeside(file, 'last'), 'latin1')) ?? [];
    const [id, at] = numbers.split(' ').map(Number);
    if (id === undefined || at === undefined || id > mostEvents || at > latestTime) return undefined;
    return sum === undefined || sum === checksum(numbers) ? { id, at } : undefined;
  } catch {
    return undefined;
  }
}

function lostEvents(database: DatabaseSync, { at }: { readonly at: number }, count: number): LostEvents {
  const row = database.prepare('SELECT received_at FROM events ORDER BY id DESC LIMIT 1').get();
  return { count, until: at, ...(row ? { since: Number(row.received_at) } : {}) };
}
