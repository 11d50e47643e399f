import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diskFailure, errorCode } from './failure.ts';
import { numbered } from './file-name.ts';

/** What is known of a file, from the answer it came with. */
export interface PartFacts {
  /** The name the file is to have in the end. */
  readonly name: string;
  /** Where it came from, without anything secret. */
  readonly source: string;
  readonly contentType?: string;
  readonly length?: number;
  readonly validator?: string;
}

/** The beginning of a file, by its length and hash. */
export interface Mark {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * A file on its way in: "<name>.part", and beside it "<name>.part.json", from which any later process goes on.
 * That record holds marks up to which the part is certain, so that what a crash or a power cut left is never taken on trust.
 */
export interface PartFile {
  readonly path: string;
  readonly facts: PartFacts | undefined;
  /** How much of the file has been taken. */
  readonly bytes: number;
  /** Starts over with another file. */
  begin(facts: PartFacts): Promise<void>;
  /** What is here may not be of the file that the server has now: the next request is for the whole. */
  distrust(): void;
  /** Takes the bytes, which become its own; waits where the disk is behind. */
  append(chunk: Uint8Array): Promise<void>;
  /** Makes it durable. */
  finish(): Promise<Mark>;
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
/** The whole record is one write within one page: a killed process leaves the old one or the new one. */
const recordBytes = 4096;

const partEnding = '.part';
const recordEnding = '.part.json';

const PartRecord = z.object({
  /** Which download this is a part of. */
  id: z.string(),
  name: z.string(),
  source: z.string(),
  contentType: z.string().exactOptional(),
  length: z.int().nonnegative().exactOptional(),
  validator: z.string().exactOptional(),
  /** The last outlives a killed process, the one before it a power cut. */
  marks: z.array(z.object({ bytes: z.int().nonnegative(), sha256: z.string() })).max(2),
});
type PartRecord = Readonly<z.infer<typeof PartRecord>>;

/** The part an earlier attempt at this download left; reads it once through, to know how much of it is good. */
export async function openPart(folder: string, id: string, signal: AbortSignal): Promise<PartFile | undefined> {
  const place = await findPart(folder, id);
  if (!place) return undefined;
  const { path, record, found } = place;
  const { id: _, marks, ...facts } = found;
  const files = await openBoth(path, record);
  try {
    const good = await recover(files.part, marks, signal);
    await files.part.truncate(good.bytes);
    return new OpenPart(id, path, files, good, facts);
  } catch (error) {
    await closeBoth(files);
    throw error;
  }
}

/** A new part under the first free name. */
export async function createPart(folder: string, id: string, facts: PartFacts): Promise<PartFile> {
  for (let number = 1; ; number += 1) {
    const file = join(folder, number === 1 ? facts.name : numbered(facts.name, number));
    const path = file + partEnding;
    if ((await exists(file)) || !(await reserve(path))) continue;
    await (await open(file + recordEnding, 'w', 0o600).catch(rethrow)).close();
    const part = new OpenPart(id, path, await openBoth(path, file + recordEnding), nothing());
    await part.begin(facts);
    return part;
  }
}

/** Removes what an earlier attempt at this download left. */
export async function removePart(folder: string, id: string): Promise<void> {
  for (let place = await findPart(folder, id); place; place = await findPart(folder, id)) {
    await rm(place.path, { force: true }).catch(rethrow);
    await rm(place.record, { force: true }).catch(rethrow);
  }
}

interface Files {
  readonly part: FileHandle;
  readonly record: FileHandle;
}
interface Beginning {
  readonly bytes: number;
  readonly hash: Hash;
}
interface Batch {
  readonly chunks: readonly Uint8Array[];
  readonly position: number;
  /** Where it ends. */
  readonly mark: Mark;
}

class OpenPart implements PartFile {
  readonly path: string;
  readonly #id: string;
  readonly #files: Files;
  #facts: PartFacts | undefined;
  #hash: Hash;
  #bytes: number;
  #batch: Uint8Array[] = [];
  #batched = 0;
  /** Never rejects; a failure is kept, and nothing is written after it. */
  #writing: Promise<void> = Promise.resolve();
  #failure: unknown;
  #durable: Mark | undefined;
  #syncing: Promise<void> | undefined;

  constructor(id: string, path: string, files: Files, { bytes, hash }: Beginning, facts?: PartFacts) {
    this.#id = id;
    this.path = path;
    this.#files = files;
    this.#bytes = bytes;
    this.#hash = hash;
    this.#facts = facts;
  }

  get facts(): PartFacts | undefined {
    return this.#facts;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async begin(facts: PartFacts): Promise<void> {
    this.#batch = [];
    this.#batched = 0;
    await this.#writing;
    await this.#syncing;
    this.#facts = facts;
    this.#bytes = 0;
    this.#hash = createHash('sha256');
    this.#durable = undefined;
    await this.#files.part.truncate(0).catch(rethrow);
    await this.#note(this.#mark()).catch(rethrow);
  }

  distrust(): void {
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

  async finish(): Promise<Mark> {
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
    await closeBoth(this.#files);
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
    if (!this.#syncing && mark.bytes - (this.#durable?.bytes ?? 0) >= durableEvery) this.#syncing = this.#sync(mark);
  }

  /** Goes on beside the writing. */
  async #sync(mark: Mark): Promise<void> {
    try {
      await this.#files.part.datasync();
      this.#durable = mark;
    } catch (error) {
      this.#failure = diskFailure(error);
    }
    this.#syncing = undefined;
  }

  #mark(): Mark {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  async #note(latest: Mark): Promise<void> {
    if (!this.#facts) return;
    const marks = this.#durable ? [this.#durable, latest] : [latest];
    const text = JSON.stringify({ id: this.#id, ...this.#facts, marks } satisfies PartRecord);
    await this.#files.record.write(Buffer.from(text.padEnd(recordBytes)), 0, undefined, 0);
  }
}

/** The longest beginning of the file that a mark vouches for. */
async function recover(file: FileHandle, marks: readonly Mark[], signal: AbortSignal): Promise<Beginning> {
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

function nothing(): Beginning {
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

interface Place {
  readonly path: string;
  readonly record: string;
  readonly found: PartRecord;
}

async function findPart(folder: string, id: string): Promise<Place | undefined> {
  const names = await readdir(folder).catch(rethrow);
  for (const name of names.filter((one) => one.endsWith(recordEnding))) {
    const record = join(folder, name);
    const path = record.slice(0, -recordEnding.length) + partEnding;
    const found = await readRecord(record);
    if (found?.id !== id) continue;
    if (await exists(path)) return { path, record, found };
    await rm(record, { force: true });
  }
  return undefined;
}

async function readRecord(file: string): Promise<PartRecord | undefined> {
  try {
    return PartRecord.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function openBoth(path: string, record: string): Promise<Files> {
  const part = await open(path, 'r+').catch(rethrow);
  try {
    return { part, record: await open(record, 'r+') };
  } catch (error) {
    await part.close();
    throw diskFailure(error);
  }
}

async function closeBoth({ part, record }: Files): Promise<void> {
  await part.close();
  await record.close();
}

async function reserve(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw diskFailure(error);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function rethrow(error: unknown): never {
  throw diskFailure(error);
}
