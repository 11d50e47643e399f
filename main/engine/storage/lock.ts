import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RingbackError } from '../errors.ts';
import { storageMessages } from '../messages/index.ts';

const busy = 5;
/** Milliseconds: of two processes that try at the same moment, each may be in the way of the other. */
const retryTime = 250;

/**
 * Takes the data folder for this process; throws a conflict naming the process that has it.
 * The lock is SQLite's, hence the system's: it ends with the process, however that ends, and is never stale.
 */
export function lockFolder(folder: string): { release(): void } {
  const holder = join(folder, 'host.pid');
  const database = new DatabaseSync(join(folder, 'host.lock'), { timeout: retryTime });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!(error instanceof Error && 'errcode' in error && error.errcode === busy)) throw error;
    throw new RingbackError('conflict', storageMessages.folderInUse({ folder, process: pidIn(holder) }), {
      cause: error,
    });
  }
  writeFileSync(holder, `${process.pid}\n`);
  return {
    release() {
      rmSync(holder, { force: true });
      database.close();
    },
  };
}

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
