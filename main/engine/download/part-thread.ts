import { createHash, type Hash } from 'node:crypto';
import { closeSync, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * Writes and hashes a part on a thread of its own: neither a slow disk nor the arithmetic stalls the application.
 * The bytes come through shared memory. Beside the part a small record says how much of it is certain:
 * its marks are lengths with the hash up to there, so that what a crash or a power cut left is never taken on trust.
 */

/** What is known of the file, from the answer it came with. */
export interface PartFacts {
  /** The name the file is to have in the end. */
  readonly name: string;
  /** Where it came from, without anything secret. */
  readonly source: string;
  readonly contentType?: string;
  readonly length?: number;
  readonly validator?: string;
}

export interface Mark {
  readonly bytes: number;
  readonly sha256: string;
}

export interface PartRecord extends Partial<PartFacts> {
  /** Which download this is a part of. */
  readonly id: string;
  /** The last one outlives a killed process, the one before it a power cut. */
  readonly marks: readonly Mark[];
}

export interface Setup {
  readonly part: string;
  readonly record: string;
  readonly found: PartRecord;
  readonly memory: SharedArrayBuffer;
  /** Bytes of one slot of the memory. */
  readonly slot: number;
}

export type Order =
  | { readonly type: 'begin'; readonly facts: PartFacts }
  | { readonly type: 'write'; readonly slot: number; readonly bytes: number }
  /** No more comes: make it durable. */
  | { readonly type: 'finish' }
  | { readonly type: 'close' };

export type Report =
  /** How much of the part is good. */
  | { readonly type: 'ready'; readonly bytes: number }
  | { readonly type: 'written' }
  | { readonly type: 'finished'; readonly mark: Mark }
  | { readonly type: 'failed'; readonly code: string; readonly message: string };

/** The whole record is one write within one page: a killed process leaves the old one or the new one. */
const recordBytes = 4096;
/** How much a power cut may cost. */
const durableEvery = 64 * 1024 * 1024;

function openWriter({ part, record, found, memory, slot }: Setup, report: (report: Report) => void) {
  const file = openSync(part, 'r+');
  const notes = openSync(record, 'r+');
  let { id, marks: _, ...facts }: PartRecord = found;
  let hash: Hash;
  let bytes: number;
  let durable: Mark | undefined;
  let syncing = false;
  let afterSync: (() => void) | undefined;
  /** Counts the files that were begun. */
  let generation = 0;
  let failed = false;

  const mark = (): Mark => ({ bytes, sha256: hash.copy().digest('hex') });
  const note = (latest: Mark): void => {
    const text = JSON.stringify({ id, ...facts, marks: durable ? [durable, latest] : [latest] } satisfies PartRecord);
    writeAll(notes, Buffer.from(text.padEnd(recordBytes)), 0);
  };
  const restart = (): void => {
    generation += 1;
    hash = createHash('sha256');
    bytes = 0;
    durable = undefined;
    ftruncateSync(file, 0);
    note(mark());
  };
  const fail = (error: unknown): void => {
    failed = true;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    report({ type: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  };
  const syncAhead = (latest: Mark): void => {
    if (syncing || latest.bytes - (durable?.bytes ?? 0) < durableEvery) return;
    syncing = true;
    const begun = generation;
    fdatasync(file, (error) => {
      syncing = false;
      if (error) fail(error);
      else if (begun === generation) durable = latest;
      afterSync?.();
    });
  };
  const run = (order: Order): void => {
    // Hash and file may differ after a failure: what the last mark says is all that counts then.
    if (failed && order.type !== 'close') return;
    if (order.type === 'begin') {
      facts = order.facts;
      restart();
    } else if (order.type === 'write') {
      const chunk = new Uint8Array(memory, order.slot * slot, order.bytes);
      hash.update(chunk);
      writeAll(file, chunk, bytes);
      bytes += chunk.length;
      const latest = mark();
      note(latest);
      report({ type: 'written' });
      syncAhead(latest);
    } else if (order.type === 'finish') {
      fsyncSync(file);
      durable = mark();
      note(durable);
      report({ type: 'finished', mark: durable });
    } else if (syncing) {
      afterSync = () => run(order);
    } else {
      closeSync(file);
      closeSync(notes);
      parentPort?.close();
    }
  };

  const good = recover(file, found.marks);
  hash = good.hash;
  bytes = good.bytes;
  ftruncateSync(file, bytes);
  report({ type: 'ready', bytes });
  return (order: Order): void => {
    try {
      run(order);
    } catch (error) {
      fail(error);
    }
  };
}

/** The longest beginning of the file that a mark vouches for, with its hash. */
function recover(file: number, marks: readonly Mark[]): { readonly bytes: number; readonly hash: Hash } {
  const size = fstatSync(file).size;
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const hash = createHash('sha256');
  let position = 0;
  let good = { bytes: 0, hash: createHash('sha256') };
  for (const mark of marks.filter(({ bytes }) => bytes <= size).sort((a, b) => a.bytes - b.bytes)) {
    while (position < mark.bytes) {
      const read = readSync(file, buffer, 0, Math.min(buffer.length, mark.bytes - position), position);
      if (read === 0) return good;
      hash.update(buffer.subarray(0, read));
      position += read;
    }
    if (hash.copy().digest('hex') === mark.sha256) good = { bytes: position, hash: hash.copy() };
  }
  return good;
}

/** A nearly full disk takes less than it is given, without an error at first. */
function writeAll(file: number, chunk: Uint8Array, position: number): void {
  for (let done = 0; done < chunk.length; ) {
    done += writeSync(file, chunk, done, chunk.length - done, position + done);
  }
}

if (parentPort) {
  const port = parentPort;
  const write = openWriter(workerData as Setup, (report) => port.postMessage(report));
  port.on('message', write);
}
