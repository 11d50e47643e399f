import type { DatabaseSync } from 'node:sqlite';

/** Runs several reads on one state of the file, whatever is written meanwhile. */
export function readSnapshot<T>(database: DatabaseSync, read: () => T): T {
  database.exec('BEGIN');
  try {
    return read();
  } finally {
    // Some errors end a transaction by themselves.
    if (database.isTransaction) database.exec('ROLLBACK');
  }
}
