import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { diskFailure } from './failure.ts';
import {
  closeFiles,
  findPartialFile,
  openFiles,
  type PartialFileHandles,
  reservePartialFile,
} from './partial-file-paths.ts';
import { type Checkpoint, type FileFacts, writeRecord } from './partial-file-record.ts';

/**
 * A file on its way in: "<name>.part", and beside it "<name>.part.json", from which any later process goes on.
 * That record holds marks up to which the part is certain, so that what a crash or a power cut left is never taken on trust.
 */
export interface PartialFile {
  readonly path: string;
  readonly facts: FileFacts | undefined;
  /** How much of the file has been taken. */
  readonly bytes: number;
  /** Starts over with another file. */
  restart(facts: FileFacts): Promise<void>;
  /** The whole file's length, told after its beginning. */
  setLength(length: number): void;
  /** What is here may not be of the file that the server has now: the next request is for the whole. */
  dropValidator(): void;
  /** Takes the bytes, which become its own; waits where the disk is behind. */
  append(chunk: Uint8Array): Promise<void>;
  /** Makes it durable. */
  finish(): Promise<Checkpoint>;
  /** Keeps it for another time. */
  close(): Promise<void>;
}

/**
 * Written in one go. What is taken and not yet marked is at most two of these and two pieces of the connection (64 KiB),
 * below 1 MiB: that is what a killed process has to fetch again.
 */
const batchBytes = 416 * 1024;
/** What a power cut may cost. */
const durableEvery = 64 * 1024 * 1024;

/** The part an earlier attempt at this download left; reads it once through, to know how much of it is good. */
export async function openPartialFile(
  folder: string,
  id: string,
  signal: AbortSignal,
): Promise<PartialFile | undefined> {
  const place = await findPartialFile(folder, id);
  if (!place) return undefined;
  const { id: _, marks, ...facts } = place.found;
  const files = await openFiles(place);
  try {
    const good = await recover(files.part, marks, signal);
    await files.part.truncate(good.bytes);
    // What a killed process wrote may not have reached the disk itself.
    await files.part.datasync();
    return new OpenPartialFile(id, place.path, files, good, facts);
  } catch (error) {
    await closeFiles(files);
    throw diskFailure(error);
  }
}

/** A new part under the first free name. */
export async function createPartialFile(folder: string, id: string, facts: FileFacts): Promise<PartialFile> {
  const place = await reservePartialFile(folder, facts.name);
  const files = await openFiles(place);
  try {
    const part = new OpenPartialFile(id, place.path, files, nothing());
    await part.restart(facts);
    return part;
  } catch (error) {
    await closeFiles(files);
    throw error;
  }
}

interface Prefix {
  readonly bytes: number;
  readonly hash: Hash;
}
interface Batch {
  readonly chunks: readonly Uint8Array[];
  readonly position: number;
  /** Where it ends. */
  readonly mark: Checkpoint;
}

class OpenPartialFile implements PartialFile {
  readonly path: string;
  readonly #id: string;
  readonly #files: PartialFileHandles;
  #facts: FileFacts | undefined;
  #hash: Hash;
  #bytes: number;
  #batch: Uint8Array[] = [];
  #batched = 0;
  /** Never rejects; a failure is kept, and nothing is written after it. */
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;
  #durable: Checkpoint;
  #syncing: Promise<void> | undefined;

  constructor(id: string, path: string, files: PartialFileHandles, { bytes, hash }: Prefix, facts?: FileFacts) {
    this.#id = id;
    this.path = path;
    this.#files = files;
    this.#bytes = bytes;
    this.#hash = hash;
    this.#facts = facts;
    this.#durable = this.#mark();
  }

  get facts(): FileFacts | undefined {
    return this.#facts;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async restart(facts: FileFacts): Promise<void> {
    this.#batch = [];
    this.#batched = 0;
    await this.#writing;
    await this.#syncing;
    this.#facts = facts;
    this.#bytes = 0;
    this.#hash = createHash('sha256');
    this.#durable = this.#mark();
    await this.#files.part.truncate(0).catch(rethrow);
    await this.#note(this.#durable).catch(rethrow);
  }

  setLength(length: number): void {
    if (this.#facts) this.#facts = { ...this.#facts, length };
  }

  dropValidator(): void {
    if (!this.#facts) return;
    const { validator: _, ...facts } = this.#facts;
    this.#facts = facts;
  }

  async append(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#batch.push(chunk);
    this.#batched += chunk.length;
    this.#bytes += chunk.length;
    if (this.#batched >= batchBytes) await this.#flush();
  }

  async finish(): Promise<Checkpoint> {
    await this.#flush();
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    await this.#files.part.sync().catch(rethrow);
    this.#durable = this.#mark();
    await this.#note(this.#durable).catch(rethrow);
    return this.#durable;
  }

  async close(): Promise<void> {
    await this.#flush().catch(() => {});
    await this.#writing;
    await this.#syncing;
    await closeFiles(this.#files);
  }

  /** Hands the batch to the disk when the one before it is there. */
  async #flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#batched === 0) return;
    const batch = { chunks: this.#batch, position: this.#bytes - this.#batched, mark: this.#mark() };
    this.#batch = [];
    this.#batched = 0;
    this.#writing = this.#write(batch).catch((error) => {
      this.#failure = diskFailure(error);
    });
  }

  async #write({ chunks, position, mark }: Batch): Promise<void> {
    await writeAll(this.#files.part, chunks, position);
    await this.#note(mark);
    if (!this.#syncing && mark.bytes - this.#durable.bytes >= durableEvery) this.#syncing = this.#sync(mark);
  }

  /** Goes on beside the writing. */
  async #sync(mark: Checkpoint): Promise<void> {
    try {
      await this.#files.part.datasync();
      this.#durable = mark;
    } catch (error) {
      this.#failure = diskFailure(error);
    }
    this.#syncing = undefined;
  }

  #mark(): Checkpoint {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  async #note(latest: Checkpoint): Promise<void> {
    if (!this.#facts) return;
    await writeRecord(this.#files.record, { id: this.#id, ...this.#facts, marks: [this.#durable, latest] });
  }
}

/** The longest beginning of the file that a mark vouches for. */
async function recover(file: FileHandle, marks: readonly Checkpoint[], signal: AbortSignal): Promise<Prefix> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const hash = createHash('sha256');
  let position = 0;
  let good = nothing();
  for (const mark of marks.filter(({ bytes }) => bytes <= size).toSorted((a, b) => a.bytes - b.bytes)) {
    while (position < mark.bytes) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, mark.bytes - position), position);
      if (bytesRead === 0) return good;
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    if (hash.copy().digest('hex') === mark.sha256) good = { bytes: position, hash: hash.copy() };
  }
  return good;
}

function nothing(): Prefix {
  return { bytes: 0, hash: createHash('sha256') };
}

/** A nearly full disk takes less than it is given, without an error at first. */
async function writeAll(file: FileHandle, chunks: readonly Uint8Array[], position: number): Promise<void> {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  let { bytesWritten: done } = await file.writev(chunks, position);
  if (done === length) return;
  for (const whole = Buffer.concat(chunks); done < length; ) {
    done += (await file.write(whole, done, length - done, position + done)).bytesWritten;
  }
}

function rethrow(error: unknown): never {
  throw diskFailure(error);
}
