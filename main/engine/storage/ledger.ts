import { once } from 'node:events';
import { existsSync, renameSync, statSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { RingbackError } from '../errors.ts';
import { engineMessages, storageMessages } from '../messages/index.ts';
import { threadFile } from '../thread-file.ts';
import { asidePath } from './damaged-file.ts';
import { AnsweredDeliveries, type AnsweringOptions, type Delivered, type Storing } from './journal/index.ts';
import type { LostEvents } from './last-event.ts';
import { LedgerError } from './ledger-error.ts';
import type { Order, Report, Result } from './ledger-thread.ts';
import { createCommitSchedule, createWriteQueue, type Queued, urgencyOf } from './queue/index.ts';
import { createReader, type Reader } from './reading/index.ts';
import { isDamage } from './sqlite-error.ts';
import type {
  DeliveryRow,
  ReadInput,
  ReadName,
  ReadOutput,
  WriteInput,
  WriteName,
  WriteOutput,
} from './tables/index.ts';
import { createPrepare, type Query, type Row } from './tables/index.ts';

/** The one SQLite file of all that happened. Writes are durable when they resolve; waiting ones share a commit. */
export interface Ledger extends Query {
  write<N extends WriteName>(name: N, input: WriteInput<N>): Promise<WriteOutput<N>>;
  /** Writes a delivery; while many arrive, it is durable before it can be read. */
  deliver(row: DeliveryRow, delayed: (error: LedgerError) => void): Delivered;
  /** Resolves once what is durable now can be read, or cannot be stored for now; undefined if that is already so. */
  caughtUp(): Promise<void> | undefined;
  /** Asks on a thread of its own: for what may take long. */
  read<N extends ReadName>(name: N, input: ReadInput<N>): Promise<ReadOutput<N>>;
  close(): Promise<void>;
}

interface Waiting extends Queued, Storing {
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
const mostInCommit = 256;

/** Milliseconds after which what is in the journal is tried again. */
const retryDelay = 1000;

/** Milliseconds a query waits for a locked file: it holds up everything else in this thread. */
const readTimeout = 500;

/**
 * Opens the file, creating or migrating it. A damaged one, found now or later, is set aside, told through `setAside`,
 * and a new one started; `replaced` is called if that happens later, once the new one can be used.
 */
export async function openLedger(
  file: string,
  setAside: (place: string) => void,
  lost: (events: LostEvents) => void = () => {},
  replaced: () => void = () => {},
  answering: AnsweringOptions = {},
): Promise<Ledger> {
  const ledger = new SupervisedLedger(file, setAside, lost, replaced, answering);
  try {
    await ledger.open();
  } catch (error) {
    await ledger.close();
    throw error;
  }
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
  #closing: Promise<void> | undefined;
  readonly #answered: AnsweredDeliveries<Waiting>;
  #retry: NodeJS.Timeout | undefined;
  #replacing: Promise<void> | undefined;

  constructor(
    file: string,
    setAside: (place: string) => void,
    lost: (events: LostEvents) => void,
    replaced: () => void,
    answering: AnsweringOptions,
  ) {
    this.#file = file;
    this.#setAside = setAside;
    this.#lost = lost;
    this.#replaced = replaced;
    this.#reader = createReader(file, () => {
      if (!this.#closed) this.#replace();
    });
    this.#answered = new AnsweredDeliveries({
      ...{ file, answering, write: (row) => this.write('delivery', row) },
      expectRetry: (input, storing) => {
        const urgency = storing.delayed ? 'answered' : urgencyOf('lateDelivery');
        this.#add<'lateDelivery'>({ name: 'lateDelivery', input, urgency, ...storing }).catch(() => {});
      },
      store: (input, urgency, storing) => this.#add<'delivery'>({ name: 'delivery', input, urgency, ...storing }),
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
    const journaled = first.type === 'ready' ? first.journaled : 0;
    // Messages of a thread that was replaced are ignored.
    const present = (handle: () => void): void => {
      if (this.#thread === thread) handle();
    };
    thread.worker.on('message', (report: Report) => present(() => this.#handle(report)));
    thread.worker.on('error', (error) => present(() => this.#lose(error)));
    thread.worker.on('exit', () => present(() => this.#lose()));
    this.#thread = thread;
    this.#connection = openConnection(this.#file);
    await this.#answered.open(journaled);
  }

  write<N extends WriteName>(name: N, input: WriteInput<N>): Promise<WriteOutput<N>> {
    return this.#add<N>({ name, input, urgency: urgencyOf(name) });
  }

  #add<N extends WriteName>(write: Omit<Waiting, 'settle' | 'since'>): Promise<WriteOutput<N>> {
    return new Promise((resolve, reject) => {
      const settle = (result: Result): void => {
        if ('failure' in result) reject(new LedgerError(result.failure));
        else resolve(result.value as WriteOutput<N>);
      };
      if (this.#closed) settle(failed('it is closed'));
      else this.#queue.add({ ...write, settle, since: performance.now() });
      this.#plan();
    });
  }

  deliver(row: DeliveryRow, delayed: (error: LedgerError) => void): Delivered {
    return this.#answered.deliver(row, delayed);
  }

  caughtUp(): Promise<void> | undefined {
    const caughtUp = this.#closed ? undefined : this.#answered.caughtUp();
    if (caughtUp) this.#send();
    return caughtUp;
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

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#closed = true;
    await this.#replacing;
    clearTimeout(this.#retry);
    this.#queue.finish();
    if (this.#inProgress.length + this.#queue.size > 0) {
      await new Promise<void>((resolve) => {
        this.#drained = resolve;
        this.#send();
      });
    }
    await this.#stop();
    await this.#answered.close();
  }

  /** While failed writes wait to be tried again, only writes for which somebody waits are sent, behind them. */
  #plan(): void {
    if (this.#inProgress.length > 0 || (this.#retry && this.#queue.urgent === 0)) return;
    this.#schedule.plan(this.#queue);
  }

  #send(): void {
    this.#schedule.started();
    if (!this.#thread || this.#inProgress.length > 0 || this.#queue.size === 0) return;
    this.#sentAt = performance.now();
    this.#inProgress = this.#queue.take(mostInCommit, this.#sentAt);
    // Nothing is taken where only a step of a long task waits whose rest is not over.
    if (this.#inProgress.length === 0) this.#plan();
    else this.#order({ operations: this.#inProgress.map(({ name, input, sequence }) => ({ name, input, sequence })) });
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
    const ended = settled.map((one, index) => [one, results[index] ?? failed('no answer')] as const);
    const kept = new Set(this.#keep(ended));
    const ending = ended.filter(([one]) => !kept.has(one) || this.#closed);
    const dropped = this.#drop(results, kept.size > 0);
    const answered = settled.filter(({ urgency }) => urgency === 'delivery').length;
    this.#schedule.ended(answered, this.#queue.urgent);
    if (kept.size === 0 && this.#schedule.isDue(this.#queue)) this.#send();
    else this.#plan();
    for (const [one, result] of [...ending, ...dropped]) one.settle(result);
    if (this.#inProgress.length + this.#queue.size === 0) this.#drained?.();
  }

  /** Puts back into the queue, and gives, the writes that are in the journal and failed for a reason that may pass. */
  #keep(ended: readonly (readonly [Waiting, Result])[]): readonly Waiting[] {
    const kept = this.#answered.ended(ended);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (kept.length === 0 || this.#closed) return kept;
    this.#queue.restore(kept);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#send();
    }, retryDelay);
    return kept;
  }

  /** Takes writes that are not to wait until the store works again out of the queue, each with the failure that it gets. */
  #drop(results: readonly Result[], isKept: boolean): readonly (readonly [Waiting, Result])[] {
    const failure = results.find((result) => 'failure' in result && !result.failure.rejected);
    if (!failure) return [];
    // They stay in the journal for the next run: storing a later write now would move the stored place beyond them.
    if (isKept && this.#closed) return this.#queue.takeAll().map((one) => [one, failure]);
    // Beyond one more batch, senders would give up before the lock is free; what is kept goes first each time.
    const isLocked = 'failure' in failure && failure.failure.locked !== undefined;
    return isKept || isLocked ? this.#queue.dropBeyond(mostInCommit).map((one) => [one, failure]) : [];
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
    clearTimeout(this.#retry);
    void this.#answered.close();
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
