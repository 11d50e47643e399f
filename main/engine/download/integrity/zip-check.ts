import { downloadMessages, type Message } from '../../messages/index.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import { readDirectory, type ZipEntry } from './zip-directory.ts';
import { findZipEnd, type ZipEnd } from './zip-end.ts';
import { checkEntry, type EntryCheckOptions, type Span } from './zip-entry.ts';
import { ZipRemarks } from './zip-remarks.ts';

/**
 * Reads every entry of a zip archive to its end and compares it with the directory, which is read to its own end whatever
 * count the archive declares. Returns remarks on what is odd or could not be checked; throws DownloadError "damaged".
 */
export async function checkZip(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  const end = await findZipEnd(reader);
  const remarks = new ZipRemarks();
  const options = { reader, shift: end.shift, limit: end.start, remarks, signal, sweep: createMemorySweep() };
  const { spans, directoryEnd } = await checkEntries(end, options);
  const { entries, content } = spans;
  if (entries === 0) throw damaged(downloadMessages.zipEmpty());
  return [
    ...(content === 0 ? [downloadMessages.archiveWithoutData({ container: 'zip' })] : []),
    ...end.remarks,
    ...remarks.messages,
    ...directoryRemarks(end, entries, directoryEnd),
    ...(spans.uncovered(end) > 0 ? [downloadMessages.zipUncovered({ bytes: spans.uncovered(end) })] : []),
  ];
}

async function checkEntries(
  end: ZipEnd,
  options: EntryCheckOptions,
): Promise<{ readonly spans: Spans; readonly directoryEnd: number }> {
  const spans = new Spans(options.reader.size);
  const directory = readDirectory(options.reader, end);
  for (;;) {
    options.signal.throwIfAborted();
    const next: IteratorResult<ZipEntry, number> = await directory.next();
    if (next.done) {
      spans.rejectOverlaps();
      return { spans, directoryEnd: next.value };
    }
    spans.add(await checkEntry(next.value, options), next.value.size);
  }
}

/** What differs between the directory as read and as declared. */
function directoryRemarks(end: ZipEnd, entries: number, directoryEnd: number): Message[] {
  const { declaredEntries, modulus, declaredBytes } = end;
  const counts = modulus === Number.POSITIVE_INFINITY ? entries : entries % modulus;
  const behind = end.end - directoryEnd;
  return [
    ...(counts === declaredEntries
      ? []
      : [downloadMessages.zipCountDiffers({ declared: declaredEntries, found: entries })]),
    ...(behind > 0 ? [downloadMessages.zipDirectoryTrailing({ bytes: behind })] : []),
    ...(behind === 0 && directoryEnd - end.start !== declaredBytes ? [downloadMessages.zipDirectorySizeDiffers()] : []),
  ];
}

/** The bytes of the file that belong to entries. */
class Spans {
  #starts = new Float64Array(1024);
  #ends = new Float64Array(1024);
  readonly #fileSize: number;
  entries = 0;
  /** Bytes of all files, decompressed. */
  content = 0;
  #covered = 0;

  constructor(fileSize: number) {
    this.#fileSize = fileSize;
  }

  add({ start, end }: Span, bytes: number): void {
    this.content += bytes;
    if (this.entries === this.#starts.length) this.#grow();
    this.#starts[this.entries] = start;
    this.#ends[this.entries] = end;
    this.entries += 1;
    this.#covered += end - start;
    // The entries of a zip bomb refer to the same bytes many times; it is rejected before all are read.
    if (this.#covered > this.#fileSize) throw damaged(downloadMessages.zipOverlapping());
  }

  rejectOverlaps(): void {
    const starts = this.#starts.slice(0, this.entries).sort();
    const ends = this.#ends.slice(0, this.entries).sort();
    // Sorted separately, the spans are disjoint where each ends before the next starts.
    for (let index = 1; index < this.entries; index += 1) {
      if ((ends[index - 1] ?? 0) > (starts[index] ?? 0)) throw damaged(downloadMessages.zipOverlapping());
    }
  }

  /** Bytes between the archive's beginning and its directory that belong to no entry. */
  uncovered({ start, shift }: ZipEnd): number {
    return start - shift - this.#covered;
  }

  #grow(): void {
    this.rejectOverlaps();
    const [starts, ends] = [new Float64Array(this.entries * 2), new Float64Array(this.entries * 2)];
    starts.set(this.#starts);
    ends.set(this.#ends);
    this.#starts = starts;
    this.#ends = ends;
  }
}
