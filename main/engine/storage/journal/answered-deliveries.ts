import { serialize } from 'node:v8';
import { LedgerError } from '../ledger-error.ts';
import type { Failure, Result } from '../ledger-thread.ts';
import type { Urgency } from '../queue/index.ts';
import type { DeliveryRow, WriteOutput } from '../tables/index.ts';
import { createJournal, type Journal, type JournalSettings } from './journal.ts';
import { readJournal } from './read-journal.ts';
import type { JournalRecord } from './record.ts';

type StoredDelivery = Promise<WriteOutput<'delivery'>>;

/** A delivery on its way into the event store. */
export interface Delivered {
  /** Resolves once it is on disk, so that its sender may have its response. */
  readonly durable: Promise<unknown>;
  /** Resolves once it can be read. */
  readonly stored: StoredDelivery;
  /** Its sender was asked to retry while it is being stored: the next delivery with the same bytes is a repetition of it. */
  expectRetry(): void;
}

/** Members of a write of the event store that may be in the journal. */
export interface Storing {
  /** Where it stands in the journal; absent for all other writes. */
  readonly sequence?: number;
  /** Called when the write failed and is retried, as the journal has it; absent if somebody waits for it. */
  delayed?(failure: Failure): void;
}

export interface AnsweringOptions extends JournalSettings {
  /** Called where deliveries that an earlier run has answered have to wait until the store takes them. */
  delayed?(error: LedgerError): void;
}

interface AnsweredDeliveriesOptions {
  /** The event store. */
  readonly file: string;
  readonly answering: AnsweringOptions;
  write(row: DeliveryRow): StoredDelivery;
  /** Notes, behind the delivery and as durably as it, that its sender was asked to retry. */
  expectRetry(row: DeliveryRow, storing: Storing): void;
  /** Queues a serialized row. */
  store(content: Uint8Array, urgency: Urgency, storing: Storing): StoredDelivery;
}

interface CatchingUp {
  readonly sequence: number;
  resolve(): void;
}

/**
 * Deliveries: while many arrive, answered as soon as the journal has them, otherwise once the store has them. What is
 * in the journal stays there until the store has it, over failures and restarts.
 */
export class AnsweredDeliveries<W extends Storing> {
  readonly #options: AnsweredDeliveriesOptions;
  #journal: Journal | undefined;
  /** The last record that is on disk, and the last that can be read. */
  #durable = 0;
  #readable = 0;
  #catchingUp: CatchingUp[] = [];
  /** The store did not take what it was given last. */
  #isDelayed = false;
  #isClosed = false;

  constructor(options: AnsweredDeliveriesOptions) {
    this.#options = options;
  }

  /** Stores what an earlier run has answered but not stored. `journaled`: the store has all up to this record. */
  async open(journaled: number): Promise<void> {
    // Where the store was replaced meanwhile, what is not stored yet waits in its queue.
    if (this.#journal) return;
    const { file, answering } = this.#options;
    const records = await readJournal(file, journaled);
    const last = records.at(-1)?.sequence ?? journaled;
    this.#journal = createJournal({ file, last, released: journaled, ...answering });
    [this.#durable, this.#readable] = [last, journaled];
    const report = once((error) => answering.delayed?.(error));
    for (const { sequence, content } of records) this.#storeAnswered({ sequence, content }, report).catch(report);
    await this.caughtUp();
  }

  /** `delayed` is called where a delivery that is on disk has to wait until the store takes it. */
  deliver(row: DeliveryRow, delayed: (error: LedgerError) => void): Delivered {
    const appended = this.#journal?.append(() => serialize(row));
    let storing: Storing = {};
    const expectRetry = (): void => this.#options.expectRetry(row, storing);
    if (!appended) {
      const stored = this.#options.write(row);
      return { durable: stored, stored, expectRetry };
    }
    const { sequence, content, synced } = appended;
    let [isQueued, isLate] = [false, false];
    const queued = (stored: StoredDelivery): StoredDelivery => {
      isQueued = true;
      if (isLate) expectRetry();
      return stored;
    };
    const report = once((error) => this.#isClosed || delayed(error));
    const stored = synced.then(
      () => {
        this.#durable = Math.max(this.#durable, sequence);
        storing = { delayed: () => {} };
        const answered = this.#storeAnswered({ sequence, content }, report);
        answered.catch(report);
        return queued(answered);
      },
      () => queued(this.#options.store(content, 'delivery', { sequence })),
    );
    return {
      ...{ durable: synced.catch(() => stored), stored },
      expectRetry() {
        isLate = true;
        if (isQueued) expectRetry();
      },
    };
  }

  /** Resolves once what is on disk now can be read, or has to wait; undefined where that is so already. */
  caughtUp(): Promise<void> | undefined {
    if (this.#durable <= this.#readable || this.#isDelayed) return undefined;
    return new Promise((resolve) => this.#catchingUp.push({ sequence: this.#durable, resolve }));
  }

  /** Takes finished writes in queue order, returns those to retry, and frees the journal up to the first of these. */
  ended(writes: readonly (readonly [W, Result])[]): readonly W[] {
    const kept: W[] = [];
    for (const [write, result] of writes) {
      const failure = 'failure' in result ? result.failure : undefined;
      if (write.delayed && failure && !failure.rejected) {
        kept.push(write);
        write.delayed(failure);
      } else if (kept.length === 0 && write.sequence !== undefined) {
        this.#readable = Math.max(this.#readable, write.sequence);
      }
    }
    this.#isDelayed = kept.length > 0;
    this.#journal?.release(this.#readable);
    this.#resolveUpTo(kept.length > 0 ? Number.POSITIVE_INFINITY : this.#readable);
    return kept;
  }

  /** The store takes nothing any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#resolveUpTo(Number.POSITIVE_INFINITY);
    await this.#journal?.close();
  }

  #storeAnswered({ sequence, content }: JournalRecord, report: (error: LedgerError) => void): StoredDelivery {
    return this.#options.store(content, 'answered', {
      sequence,
      delayed: (failure) => report(new LedgerError(failure)),
    });
  }

  #resolveUpTo(last: number): void {
    for (const { sequence, resolve } of this.#catchingUp) if (sequence <= last) resolve();
    this.#catchingUp = this.#catchingUp.filter(({ sequence }) => sequence > last);
  }
}

/** Only the first failure is reported: the same one comes again with each attempt. */
function once(report: (error: LedgerError) => void): (error: LedgerError) => void {
  let isReported = false;
  return (error) => {
    if (!isReported) report(error);
    isReported = true;
  };
}
