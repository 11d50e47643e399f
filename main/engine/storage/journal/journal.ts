import { rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../../folder-sync.ts';
import { type JournalFile, openJournalFile } from './journal-file.ts';
import { journalPaths } from './paths.ts';
import { encodeHeader, headerSize } from './record.ts';

/**
 * Two files beside the event store that take deliveries in bursts: one synced write for all that wait, where a commit also
 * syncs the pages of every index. They exist only while many arrive, and only for what the store does not have yet.
 */
export interface Journal {
  /** Adds the content to the next write; undefined, without asking for it, if the journal is full or not in use. */
  append(contentOf: () => Uint8Array): Appended | undefined;
  /** The store has all up to this one. */
  release(sequence: number): void;
  /** Closes the files, and removes them where the store has everything. Nothing may be appended any more. */
  close(): Promise<void>;
}

interface Appended {
  readonly sequence: number;
  readonly content: Uint8Array;
  /** Resolves once it is on disk; rejects where the disk does not take it. */
  readonly synced: Promise<void>;
}

export interface JournalSettings {
  /** Bytes of each file. */
  readonly size?: number;
  /** Deliveries within a second from which on the journal is used. */
  readonly burst?: number;
  /** Milliseconds without a delivery after which it is removed. */
  readonly idle?: number;
}
interface JournalOptions extends JournalSettings {
  /** The event store. */
  readonly file: string;
  /** The last sequence number that was given, and the last of which the store has all up to it. */
  readonly last: number;
  readonly released: number;
}

/** About 1,700 callbacks of 2.4 KB, their headers included: longer than the store is behind under any load. */
const defaultSize = 4 * 1024 * 1024;
const defaultBurst = 20;
const defaultIdle = 30_000;
/** Bytes that must be free on the disk: the event store needs them more. */
const leastFree = 128 * 1024 * 1024;
/** Records of one write at most, since a system takes 1024 blocks at once, and bytes after which none joins it. */
const [mostInWrite, longestWrite] = [256, 1024 * 1024];
/** Milliseconds after a failure in which it is not tried again. */
const pauseAfterFailure = 60_000;

interface Waiting {
  readonly sequence: number;
  readonly header: Uint8Array;
  readonly content: Uint8Array;
  readonly place: Place;
  readonly position: number;
  resolve(): void;
  reject(error: unknown): void;
}
interface Place {
  readonly file: JournalFile;
  /** Where the next record goes. */
  end: number;
  /** The sequence number of its last record. */
  last: number;
}

export function createJournal(options: JournalOptions): Journal {
  return new BurstJournal(options);
}

class BurstJournal implements Journal {
  readonly #paths: readonly [string, string];
  readonly #size: number;
  readonly #burst: number;
  readonly #idleTime: number;
  #last: number;
  /** The last that is on disk. */
  #synced: number;
  #released: number;
  /** The one that is being filled comes first; none while the journal is not in use. */
  #places: readonly [Place, Place] | undefined;
  #waiting: Waiting[] = [];
  #isWriting = false;
  #written: (() => void) | undefined;
  /** A write failed: what follows it in the file could not be found again. */
  #isBroken = false;
  /** There may be files of an earlier run. */
  #isLeft = true;
  #changing: Promise<void> = Promise.resolve();
  #isOpening = false;
  #isClosed = false;
  #retryAt = Number.NEGATIVE_INFINITY;
  #second = { start: Number.NEGATIVE_INFINITY, count: 0 };
  #idle: NodeJS.Timeout | undefined;

  constructor({ file, last, released, size = defaultSize, burst = defaultBurst, idle = defaultIdle }: JournalOptions) {
    this.#paths = journalPaths(file);
    this.#size = size;
    this.#burst = burst;
    this.#idleTime = idle;
    this.#last = last;
    this.#synced = last;
    this.#released = released;
    this.release(released);
  }

  append(contentOf: () => Uint8Array): Appended | undefined {
    // Files of an earlier run are kept until the store has what is in them.
    if (!this.#places && this.#isBurst() && this.#isEmpty) this.#open();
    if (!this.#places || this.#isBroken || this.#isClosed) return undefined;
    const content = contentOf();
    const length = headerSize + content.length;
    const place = this.#placeFor(length);
    if (!place) return undefined;
    this.#last += 1;
    const sequence = this.#last;
    const position = place.end;
    place.end += length;
    place.last = sequence;
    const synced = new Promise<void>((resolve, reject) => {
      const header = encodeHeader({ sequence, content });
      this.#waiting.push({ sequence, header, content, place, position, resolve, reject });
    });
    // What arrives in the same turn of the event loop goes into the same write.
    if (this.#waiting.length === 1 && !this.#isWriting) setImmediate(() => this.#write());
    this.#idle?.refresh();
    return { sequence, content, synced };
  }

  release(sequence: number): void {
    this.#released = Math.max(this.#released, sequence);
    if ((this.#isBroken || this.#isLeft) && this.#isEmpty) this.#remove();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#changing;
    if (this.#waiting.length > 0 || this.#isWriting) {
      await new Promise<void>((resolve) => {
        this.#written = resolve;
        this.#write();
      });
    }
    this.#remove();
    await this.#changing;
  }

  get #isEmpty(): boolean {
    return this.#released >= this.#synced && this.#waiting.length === 0 && !this.#isWriting;
  }

  /** Where so many bytes fit; undefined while the store has to catch up. */
  #placeFor(length: number): Place | undefined {
    if (!this.#places) return undefined;
    const [first, second] = this.#places;
    if (first.end + length <= this.#size) return first;
    if (second.last > this.#released || length > this.#size) return undefined;
    second.end = 0;
    this.#places = [second, first];
    return second;
  }

  #isBurst(): boolean {
    const now = performance.now();
    if (now - this.#second.start > 1000) this.#second = { start: now, count: 0 };
    this.#second.count += 1;
    return this.#second.count >= this.#burst && now >= this.#retryAt;
  }

  #open(): void {
    if (this.#isClosed || this.#isOpening) return;
    this.#isOpening = true;
    this.#change(async () => {
      try {
        await this.#openFiles();
      } catch {
        this.#retryAt = performance.now() + pauseAfterFailure;
      } finally {
        this.#isOpening = false;
      }
    });
  }

  /** Files are opened and removed one after the other. */
  #change(task: () => Promise<void>): void {
    this.#changing = this.#changing.then(task);
  }

  async #openFiles(): Promise<void> {
    const folder = dirname(this.#paths[0]);
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < leastFree) throw new Error('the disk has little room');
    const opened: JournalFile[] = [];
    try {
      for (const path of this.#paths) opened.push(await openJournalFile(path, this.#size));
      // If a folder cannot be synced, their names could be lost in a power cut: the journal is not used there.
      await syncFolder(folder);
      const [first, second] = opened;
      if (first && second) this.#places = [placeOf(first, this.#last), placeOf(second, this.#last)];
    } catch (error) {
      for (const file of opened) await file.close();
      for (const path of this.#paths) await rm(path, { force: true });
      throw error;
    }
    this.#isBroken = false;
    this.#idle = setTimeout(() => this.#removeIfIdle(), this.#idleTime).unref();
  }

  #removeIfIdle(): void {
    if (this.#isEmpty) this.#remove();
    else this.#idle?.refresh();
  }

  /** Closes the files; removes them unless they hold what the store does not have. */
  #remove(): void {
    const places = this.#places ?? [];
    const isEmpty = this.#isEmpty;
    this.#places = undefined;
    clearTimeout(this.#idle);
    if (this.#isBroken) this.#retryAt = performance.now() + pauseAfterFailure;
    this.#isLeft = false;
    this.#change(async () => {
      for (const { file } of places) await file.close().catch(() => {});
      if (isEmpty) for (const path of this.#paths) await rm(path, { force: true }).catch(() => {});
    });
  }

  #write(): void {
    const [first] = this.#waiting;
    if (this.#isWriting || !first) return;
    const group = this.#takeGroup(first);
    this.#isWriting = true;
    const done = (error: Error | null): void => {
      this.#isWriting = false;
      if (error) this.#isBroken = true;
      else this.#synced = group.at(-1)?.sequence ?? this.#synced;
      for (const { resolve, reject } of group) error ? reject(error) : resolve();
      if (this.#waiting.length > 0) this.#write();
      else this.#written?.();
    };
    const blocks = group.flatMap(({ header, content }) => [header, content]);
    if (this.#isBroken) setImmediate(done, new Error('An earlier write failed.'));
    else first.place.file.write(blocks, first.position, done);
  }

  /** Those that stand one after another in the same file. */
  #takeGroup({ place }: Waiting): readonly Waiting[] {
    let [count, length] = [0, 0];
    for (const one of this.#waiting) {
      if (one.place !== place || count === mostInWrite || (count > 0 && length > longestWrite)) break;
      count += 1;
      length += one.content.length;
    }
    return this.#waiting.splice(0, count);
  }
}

const placeOf = (file: JournalFile, last: number): Place => ({ file, end: 0, last });
