import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { deserialize } from 'node:v8';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { type FileHolder, findFileHolder } from './file-holders.ts';
import { type LastEvent, type LostEvents, openLastEvent } from './last-event.ts';
import { migrate, NewerSchemaError } from './schema.ts';
import { createDamage, isBusy, isDamage, isFull, isRejection } from './sqlite-error.ts';
import { createPrepare, createQuery, selectJournaled, setJournaled, type WriteName, writes } from './tables/index.ts';

/**
 * The ledger's writer, on a thread of its own: a slow disk stalls neither the receiver nor the window.
 * Messages are batches; each is one transaction, durable (WAL, synchronous FULL) when it is answered.
 */

export type Order = Batch | 'close';
interface Operation {
  readonly name: WriteName;
  readonly input: unknown;
  /** Where it stands in the journal; its input is a serialized `Uint8Array` then. */
  readonly sequence?: number | undefined;
}
interface Batch {
  readonly operations: readonly Operation[];
}
export type Result = { readonly value: unknown } | { readonly failure: Failure };
export interface Failure {
  /** No room, or the disk refuses. */
  readonly full: boolean;
  readonly message: string;
  /** Another program has locked the file. */
  readonly locked?: Lock;
  /** The store cannot take what the write holds, now or later; it takes others. */
  readonly rejected?: boolean;
}
export interface Lock {
  readonly file: string;
  /** Absent where the system does not tell. */
  readonly holder?: FileHolder;
}
export type Report =
  /** `journaled`: of the journal, the store has all up to this record. */
  | { readonly type: 'ready'; readonly journaled: number; readonly lost?: LostEvents }
  /** The file is not a sound database; nothing of the batch was kept, and this thread has ended. */
  | { readonly type: 'damaged' }
  /** `newer`: a later version of Ringback has used the file. */
  | { readonly type: 'unusable'; readonly message: string; readonly newer: boolean; readonly locked?: Lock }
  | { readonly type: 'results'; readonly results: readonly Result[] };

/** Larger files are not read whole at start; damage in them is met when it is touched. */
const checkedWhole = 64 * 1024 * 1024;

/** Pages (4 KB) in the log before they move into the file: more than SQLite's 1000, as each move is two more syncs. */
const checkpointEvery = 4000;
/** Milliseconds. A sender waits at most for the batch before its own and for its own: together less than five seconds. */
export const lockTimeout = 1_500;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    database.exec(`PRAGMA wal_autocheckpoint = ${checkpointEvery}`);
    migrate(database);
    if (statSync(file).size <= checkedWhole) {
      const row = database.prepare('PRAGMA quick_check(1)').get();
      if (row?.quick_check !== 'ok') throw createDamage(String(row?.quick_check));
    }
    database.exec(`PRAGMA busy_timeout = ${lockTimeout}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

interface Applied {
  readonly results: Result[];
  /** The newest event's number, read within the transaction: a separate read costs as much as a small write. */
  readonly newest: number;
}

function createWriter(
  database: DatabaseSync,
  file: string,
  lastEvent: LastEvent,
): (operations: Batch['operations']) => Result[] {
  const prepare = createPrepare(database);
  const findLock = createLockFinder(file);
  const begin = prepare('BEGIN IMMEDIATE');
  const commit = prepare('COMMIT');
  const apply = (operations: Batch['operations']): Applied => {
    begin.run();
    try {
      const results = operations.map((one) => ({ value: writes[one.name](prepare, inputOf(one) as never) }));
      const journaled = operations.findLast(({ sequence }) => sequence !== undefined)?.sequence;
      if (journaled !== undefined) setJournaled(prepare, journaled);
      const newest = lastEvent.newest();
      commit.run();
      return { results, newest };
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  };
  /** After a commit nothing may fail any more: what is stored would be stored again. */
  const applyAndNote = (operations: Batch['operations']): Result[] => {
    const { results, newest } = apply(operations);
    lastEvent.note(newest, Date.now());
    return results;
  };
  const failureOf = (error: unknown): Failure => ({
    full: isFull(error),
    message: messageOf(error),
    ...(isBusy(error) ? { locked: findLock() } : {}),
    ...(isRejection(error) ? { rejected: true } : {}),
  });
  const run = (operations: Batch['operations']): Result[] => {
    try {
      return applyAndNote(operations);
    } catch (error) {
      if (isDamage(error)) throw error;
      if (operations.length > 1 && !isFull(error) && !isBusy(error)) return runOneByOne(operations);
      const failure = failureOf(error);
      return operations.map(() => ({ failure }));
    }
  };
  /** Once the store itself fails, no later one is tried: the stored place in the journal would pass what was not stored. */
  const runOneByOne = (operations: Batch['operations']): Result[] => {
    let stopped: Result[] | undefined;
    return operations.flatMap((operation) => {
      const results = stopped ?? run([operation]);
      if (results.some((result) => 'failure' in result && !result.failure.rejected)) stopped = results;
      return results;
    });
  };
  /** A batch that fails for what it holds is tried one by one; one that meets a lock is not, since each would wait again. */
  return run;
}

function inputOf({ input, sequence }: Operation): unknown {
  return sequence === undefined ? input : deserialize(input as Uint8Array);
}

function createLockFinder(file: string): () => Lock {
  let holder: FileHolder | undefined;
  return () => {
    holder = findFileHolder(file, holder);
    return holder ? { file, holder } : { file };
  };
}

/** Writes what the port brings into the file, until it says 'close' or the file turns out to be damaged. */
export function serve(port: MessagePort, file: unknown): void {
  const report = (message: Report): void => port.postMessage(message);
  if (typeof file !== 'string') throw new TypeError('The thread needs the path of its file.');
  const opened = new DisposableStack();
  opened.defer(() => port.close());
  const giveUp = (error: unknown): void => {
    const newer = error instanceof NewerSchemaError;
    const locked = isBusy(error) ? { locked: createLockFinder(file)() } : {};
    report(isDamage(error) ? { type: 'damaged' } : { type: 'unusable', message: messageOf(error), newer, ...locked });
    opened.dispose();
  };
  try {
    const isNew = !existsSync(file);
    const database = openDatabase(file);
    opened.defer(() => database.close());
    const { lastEvent, lost } = openLastEvent(database, file, isNew);
    opened.defer(() => lastEvent.close());
    const write = createWriter(database, file, lastEvent);
    port.on('message', (order: Order) => {
      if (order === 'close') return opened.dispose();
      try {
        report({ type: 'results', results: write(order.operations) });
      } catch (error) {
        giveUp(error);
      }
    });
    const journaled = selectJournaled(createQuery(database));
    report({ type: 'ready', journaled, ...(lost ? { lost } : {}) });
  } catch (error) {
    giveUp(error);
  }
}

if (parentPort) serve(parentPort, workerData);
