import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from '../../../main/engine/storage/schema.ts';

const name = 'events.sqlite';
let content: Buffer | undefined;

/**
 * Puts an empty database into a new data folder: an engine that makes its own takes more processor time. How one is made
 * is seen where a test gives the folder, and in the tests of the schema and the ledger.
 */
export function placeNewDatabase(folder: string): void {
  content ??= newDatabase();
  writeFileSync(join(folder, name), content);
}

/** What the file holds that an engine makes where there is none. */
function newDatabase(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-'));
  const file = join(folder, name);
  try {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL');
    migrate(database);
    database.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
