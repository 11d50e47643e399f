import { once } from 'node:events';
import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { RingbackError } from '../errors.ts';
import { engineMessages, type Message, storageMessages } from '../messages/index.ts';
import { threadFile } from '../thread-file.ts';
import { createCommitSchedule } from './commit-schedule.ts';
import { asidePath } from './damaged-file.ts';
import type { LostEvents } from './last-event.ts';
import type { Failure, Lock, Order, Report, Result } from './ledger-thread.ts';
import { createReader, type Reader } from './reading/index.ts';
import { isDamage } from './sqlite-error.ts';
import type { ReadInput, ReadName, ReadOutput, WriteInput, WriteName, WriteOutput } from './tables/index.ts';
import { createPrepare, type Query, type Row } from './tables/index.ts';
import { createWriteQueue, type Queued, urgencyOf } from './write-queue.ts';

/** The store could not take the write; nothing of it was kept. `full`: the disk has no room or refuses. */
export class LedgerError extends RingbackError {
  readonly full: boolean;
  constructor({ full, message, locked }: Failure) {
    super('internal', locked ? lockedMessage(locked) : fileMessage(full, message));
    this.full = full;
  }
}

function lockedMessage({ file, holder }: Lock): Message {
  return holder ? engineMessages.eventStoreLockedBy({ file, ...holder }) : engineMessages.eventStoreLocked({ file });
}

function fileMessage(full: boolean, reason: string): Message {
  return full ? engineMessages.diskRefuses({ reason }) : engineMessages.eventStoreFailed({ reason });
}

/** The one SQLite file of everything that happened. Writes are durable when their promise resolves; those that wait together share one commit. */
export interface Ledger extends Query {
  write<N extends WriteName>(name: N, input: WriteInput<N>): Promise<WriteOutput<N>>;
  /** Asks on a thread of its own: for what may take long. */
  read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadOutput<N>>;
  close(): Promise<void>;
}

interface Waiting extends Queued {
  readonly name: WriteName;
  readonly input: unknown;
  settle(result: Result): void;
}
interface Thread {
  readonly worker: Worker;
  /** Resolves when it has ended, whenever that was. */
  readonly gone: Promise<void>;
}
interface Connection {
  prepare(sql: string): StatementSync;
  close(): void;
}

/** Operations of one commit at most: bounds how long a delivery can wait for its neighbours. */
const batchSize = 256;

/** Milliseconds a query waits for a locked file: it holds up everything else in this thread. */
const readTimeout = 500;

/**
 * Opens the file, making or migrating it. A damaged one, found now or later, is set aside, told through `setAside`, and a new one
 * started; `replaced` is called where that happens later, once the new one can be used.
 */
export async function openLedger(
  file: string,
  setAside: (place: string) => void,
  lost: (events: LostEvents) => void = () => {},
  replaced: () => void = () => {},
): Promise<Ledger> {
  const ledger = new SupervisedLedger(file, setAside, lost, replaced);
  await ledger.open();
  return ledger;
}

class SupervisedLedger implements Ledger {
  readonly #file: string;
  readonly #setAside: (place: string) => void;
  readonly #lost: (events: LostEvents) => void;
  readonly #replaced: () => void;
  #thread: Thread | undefined;
  #connection: Connection | undefined;
  readonly #reader: Reader;
  readonly #queue = createWriteQueue<Waiting>();
  #inProgress: readonly Waiting[] = [];
  #sentAt = 0;
  readonly #schedule = createCommitSchedule(() => this.#send());
  #drained: (() => void) | undefined;
  #closed = false;
  #replacing: Promise<void> | undefined;

  constructor(
    file: string,
    setAside: (place: string) => void,
    lost: (events: LostEvents) => void,
    replaced: () => void,
  ) {
    this.#file = file;
    this.#setAside = setAside;
    this.#lost = lost;
    this.#replaced = replaced;
    this.#reader = createReader(file, () => {
      if (!this.#closed) this.#replace();
    });
  }

  async open(): Promise<void> {
    // An empty file is a database to SQLite; to us it is one that lost everything.
    if (statSync(this.#file, { throwIfNoEntry: false })?.size === 0) this.#setAside(moveAside(this.#file));
    const thread = startThread(this.#file);
    const [first] = (await once(thread.worker, 'message')) as [Report];
    if (first.type === 'damaged') {
      await thread.gone;
      this.#setAside(moveAside(this.#file));
      return this.open();
    }
    if (first.type === 'unusable') {
      if (first.locked) throw new LedgerError({ full: false, ...first });
      if (first.newer) throw new RingbackError('conflict', storageMessages.newerData());
      throw new RingbackError(
        'internal',
        engineMessages.eventStoreUnusable({ file: this.#file, reason: first.message }),
      );
    }
    if (first.type === 'ready' && first.lost) this.#lost(first.lost);
    // Messages of a thread that was replaced are ignored.
    const present = (handle: () => void): void => {
      if (this.#thread === thread) handle();
    };
    thread.worker.on('message', (report: Report) => present(() => this.#handle(report)));
    thread.worker.on('error', (error) => present(() => this.#lose(error)));
    thread.worker.on('exit', () => present(() => this.#lose()));
    this.#thread = thread;
    this.#connection = openConnection(this.#file);
  }

  write<N extends WriteName>(name: N, input: WriteInput<N>): Promise<WriteOutput<N>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new LedgerError({ full: false, message: 'it is closed' }));
      const settle = (result: Result): void => {
        if ('failure' in result) reject(new LedgerError(result.failure));
        else resolve(result.value as WriteOutput<N>);
      };
      this.#queue.add({ name, input, settle, urgency: urgencyOf(name), since: performance.now() });
      this.#plan();
    });
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#read((connection) => connection.prepare(sql).all(...values));
  }

  one(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#read((connection) => connection.prepare(sql).get(...values));
  }

  async read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadOutput<N>> {
    if (!this.#connection) throw unreadable();
    try {
      return await this.#reader.read(name, input);
    } catch (error) {
      throw new LedgerError({ full: false, message: error instanceof Error ? error.message : String(error) });
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#replacing;
    this.#queue.finish();
    if (this.#inProgress.length + this.#queue.size > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
        this.#send();
      });
    }
    await this.#stop();
  }

  #plan(): void {
    if (this.#inProgress.length === 0) this.#schedule.plan(this.#queue);
  }

  #send(): void {
    this.#schedule.started();
    if (!this.#thread || this.#inProgress.length > 0 || this.#queue.size === 0) return;
    this.#sentAt = performance.now();
    this.#inProgress = this.#queue.take(batchSize, this.#sentAt);
    // Nothing where only a step of a long task waits, and rests.
    if (this.#inProgress.length === 0) this.#plan();
    else this.#order({ operations: this.#inProgress.map(({ name, input }) => ({ name, input })) });
  }

  #order(order: Order): void {
    this.#thread?.worker.postMessage(order);
  }

  #handle(report: Report): void {
    if (report.type === 'damaged') this.#replace();
    else if (report.type === 'unusable') this.#lose(new Error(report.message));
    else if (report.type === 'results') this.#settle(report.results);
  }

  #settle(results: readonly Result[]): void {
    const settled = this.#inProgress;
    this.#inProgress = [];
    const now = performance.now();
    this.#queue.committed(settled, now - this.#sentAt, now);
    const locked = results.find((result) => 'failure' in result && result.failure.locked);
    // More than one further batch would wait for the lock longer than their senders do.
    const dropped = locked ? this.#queue.dropBeyond(batchSize) : [];
    const answered = settled.filter(({ urgency }) => urgency === 'delivery').length;
    this.#schedule.ended(answered, this.#queue.urgent);
    if (this.#schedule.isDue(this.#queue)) this.#send();
    else this.#plan();
    for (const [index, one] of settled.entries()) one.settle(results[index] ?? failed('no answer'));
    if (locked) for (const one of dropped) one.settle(locked);
    if (this.#inProgress.length + this.#queue.size === 0) this.#drained?.();
  }

  /** One at a time, however many notice the damage. */
  #replace(): void {
    this.#replacing ??= this.#startAgain().finally(() => {
      this.#replacing = undefined;
    });
  }

  /** The batch in progress was not confirmed yet, so it goes first into the new file. */
  async #startAgain(): Promise<void> {
    await this.#stop();
    try {
      this.#setAside(moveAside(this.#file));
      await this.open();
    } catch (error) {
      this.#lose(error);
      return;
    }
    this.#queue.restore(this.#inProgress);
    this.#inProgress = [];
    this.#send();
    this.#replaced();
  }

  async #stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.worker.postMessage('close' satisfies Order);
    await thread?.gone;
    this.#connection?.close();
    this.#connection = undefined;
    await this.#reader.close();
  }

  /** The thread has ended for good: all pending writes are rejected. */
  #lose(error?: unknown): void {
    this.#closed = true;
    this.#thread = undefined;
    this.#schedule.stop();
    const all = [...this.#inProgress, ...this.#queue.takeAll()];
    this.#inProgress = [];
    for (const one of all) one.settle(failed(error instanceof Error ? error.message : 'its thread ended'));
    this.#drained?.();
  }

  #read<T>(query: (connection: Connection) => T): T {
    if (!this.#connection) throw unreadable();
    try {
      return query(this.#connection);
    } catch (error) {
      if (isDamage(error)) this.#replace();
      throw error;
    }
  }
}

const unreadable = (): LedgerError => new LedgerError({ full: false, message: 'it is closed or being replaced' });

function failed(message: string): Result {
  return { failure: { full: false, message } };
}

function startThread(file: string): Thread {
  const worker = new Worker(threadFile('ledger-thread', import.meta.url), { workerData: file });
  return { worker, gone: new Promise((resolve) => worker.once('exit', () => resolve())) };
}

function moveAside(file: string): string {
  const place = asidePath(file, Date.now());
  for (const ending of ['', '-wal', '-shm']) {
    if (existsSync(file + ending)) renameSync(file + ending, place + ending);
  }
  return place;
}

function openConnection(file: string): Connection {
  const database = new DatabaseSync(file, { timeout: readTimeout });
  database.exec('PRAGMA query_only = ON');
  return { prepare: createPrepare(database), close: () => database.close() };
}
