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
 * A file during its download: "<name>.part", and beside it "<name>.part.json", from which any later process resumes.
 * That record holds checkpoints with a hash each, so that what a crash or a power cut left is used only where it is intact.
 */
export interface PartialFile {
  readonly path: string;
  readonly facts: FileFacts | undefined;
  /** How much of the file has been received. */
  readonly bytes: number;
  /** Starts over with another file. */
  restart(facts: FileFacts): Promise<void>;
  /** Sets the whole file's length, where it became known later. */
  setLength(length: number): void;
  /** The stored bytes may not belong to the server's present file: the next request is for the whole. */
  dropValidator(): void;
  /** Takes over the bytes; waits where the disk is slower. */
  append(chunk: Uint8Array): Promise<void>;
  /** Makes it durable. */
  finish(): Promise<Checkpoint>;
  /** Leaves it on disk for a resume. */
  close(): Promise<void>;
}

/**
 * Bytes in one write. At most two batches and two chunks of the connection (64 KiB) lie behind the last checkpoint,
 * less than 1 MiB: a killed process has to download that much again.
 */
const batchBytes = 416 * 1024;
/** Bytes that a power cut may cost. */
const durableEvery = 64 * 1024 * 1024;

/** The partial file of an earlier attempt at this download; reads it once, to find its last intact checkpoint. */
export async function openPartialFile(
  folder: string,
  id: string,
  signal: AbortSignal,
): Promise<PartialFile | undefined> {
  const paths = await findPartialFile(folder, id);
  if (!paths) return undefined;
  const { id: _, checkpoints, ...facts } = paths.found;
  const files = await openFiles(paths);
  try {
    const intact = await recover(files.content, checkpoints, signal);
    await files.content.truncate(intact.bytes);
    // What a killed process wrote may not have reached the disk.
    await files.content.datasync();
    return new OpenPartialFile(id, paths.path, files, intact, facts);
  } catch (error) {
    await closeFiles(files);
    throw diskFailure(error);
  }
}

/** A new partial file under the first free name. */
export async function createPartialFile(folder: string, id: string, facts: FileFacts): Promise<PartialFile> {
  const nothingYet = { bytes: 0, sha256: nothing().hash.digest('hex') };
  const paths = await reservePartialFile(folder, { id, ...facts, checkpoints: [nothingYet, nothingYet] });
  const files = await openFiles(paths);
  try {
    const file = new OpenPartialFile(id, paths.path, files, nothing());
    await file.restart(facts);
    return file;
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
  /** At its end. */
  readonly checkpoint: Checkpoint;
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
  /** Never rejects; a failure is remembered, and nothing is written after it. */
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
    this.#durable = this.#checkpoint();
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
    this.#durable = this.#checkpoint();
    await this.#files.content.truncate(0).catch(rethrow);
    await this.#writeCheckpoint(this.#durable).catch(rethrow);
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
    await this.#files.content.sync().catch(rethrow);
    this.#durable = this.#checkpoint();
    await this.#writeCheckpoint(this.#durable).catch(rethrow);
    return this.#durable;
  }

  async close(): Promise<void> {
    await this.#flush().catch(() => {});
    await this.#writing;
    await this.#syncing;
    await closeFiles(this.#files);
  }

  /** Writes the batch once the previous one is written. */
  async #flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#batched === 0) return;
    const batch = { chunks: this.#batch, position: this.#bytes - this.#batched, checkpoint: this.#checkpoint() };
    this.#batch = [];
    this.#batched = 0;
    this.#writing = this.#write(batch).catch((error) => {
      this.#failure = diskFailure(error);
    });
  }

  async #write({ chunks, position, checkpoint }: Batch): Promise<void> {
    await writeAll(this.#files.content, chunks, position);
    await this.#writeCheckpoint(checkpoint);
    if (!this.#syncing && checkpoint.bytes - this.#durable.bytes >= durableEvery)
      this.#syncing = this.#sync(checkpoint);
  }

  /** Runs beside the writing. */
  async #sync(checkpoint: Checkpoint): Promise<void> {
    try {
      await this.#files.content.datasync();
      this.#durable = checkpoint;
    } catch (error) {
      this.#failure = diskFailure(error);
    }
    this.#syncing = undefined;
  }

  #checkpoint(): Checkpoint {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  async #writeCheckpoint(latest: Checkpoint): Promise<void> {
    if (!this.#facts) return;
    await writeRecord(this.#files.record, { id: this.#id, ...this.#facts, checkpoints: [this.#durable, latest] });
  }
}

/** The longest beginning of the file that matches a checkpoint. */
async function recover(file: FileHandle, checkpoints: readonly Checkpoint[], signal: AbortSignal): Promise<Prefix> {
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const hash = createHash('sha256');
  let position = 0;
  let intact = nothing();
  for (const checkpoint of checkpoints.filter(({ bytes }) => bytes <= size).toSorted((a, b) => a.bytes - b.bytes)) {
    while (position < checkpoint.bytes) {
      signal.throwIfAborted();
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, checkpoint.bytes - position), position);
      if (bytesRead === 0) return intact;
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    if (hash.copy().digest('hex') === checkpoint.sha256) intact = { bytes: position, hash: hash.copy() };
  }
  return intact;
}

function nothing(): Prefix {
  return { bytes: 0, hash: createHash('sha256') };
}

/** A nearly full disk writes less than requested, without an error at first. */
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
