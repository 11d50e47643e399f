import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';

/** Where the directory of a zip archive lies, and what its end record declares of it. */
export interface ZipEnd {
  /** Offset of the directory in the file. */
  readonly start: number;
  /** Offset of the record behind the directory. */
  readonly end: number;
  readonly declaredEntries: number;
  /** The count is declared modulo this: 65,536 without zip64. */
  readonly modulus: number;
  readonly declaredBytes: number;
  /** Bytes before the archive: they are added to every offset in it. */
  readonly shift: number;
  readonly remarks: readonly Message[];
}

const endSignature = 0x06054b50;
const endBytes = 22;
const longestComment = 0xffff;
const locatorSignature = 0x07064b50;
const locatorBytes = 20;
const zip64Signature = 0x06064b50;
const zip64Bytes = 56;
export const directorySignature = 0x02014b50;
export const entrySignature = 0x04034b50;

/** End records that are tried: where the last one has no directory before it, its bytes are part of a comment. */
const mostTried = 16;

/**
 * Finds the end record as common tools do: the last one with a directory, since one without may be part of an earlier
 * one's comment. Throws "damaged" if there is none, or only that of an archive within the archive.
 */
export async function findZipEnd(reader: ByteReader): Promise<ZipEnd> {
  const found = await findEndRecords(reader);
  let first: PromiseSettledResult<ZipEnd> | undefined;
  for (const candidate of found.candidates.slice(0, mostTried)) {
    const [attempt] = await Promise.allSettled([endAt(reader, found, candidate)]);
    if (attempt.status === 'fulfilled' && attempt.value.start < attempt.value.end) return attempt.value;
    first ??= attempt;
  }
  if (!first) throw damaged(downloadMessages.zipEndMissing());
  if (first.status === 'rejected') throw first.reason;
  return first.value;
}

interface EndRecords {
  /** The last bytes of the file, and where they begin. */
  readonly tail: Buffer;
  readonly tailStart: number;
  /** Offsets within them, the last one first; the others have it in their comment. */
  readonly candidates: readonly number[];
}

async function endAt(reader: ByteReader, { tail, tailStart, candidates }: EndRecords, at: number): Promise<ZipEnd> {
  const trailing = tail.length - at - endBytes - tail.readUInt16LE(at + 20);
  const record = readEndRecord(tail.subarray(at));
  const position = tailStart + at;
  const zip64 = await readZip64(reader, position);
  const directory = await locateDirectory(reader, zip64 ?? { ...record, position, modulus: 0x10000 });
  if (directory.shift > 0 && (await isWithinArchive(reader, directory.shift)))
    throw damaged(downloadMessages.zipEndMissing());
  return {
    ...directory,
    remarks: [
      ...directory.remarks,
      ...(trailing === 0 ? [] : [downloadMessages.zipTrailingBytes({ bytes: Math.abs(trailing) })]),
      ...(candidates.length > 1 ? [downloadMessages.zipSeveralEnds()] : []),
      ...(zip64?.isExtended ? [downloadMessages.zipEndExtended()] : []),
      ...(isContradictory(record, zip64) ? [downloadMessages.zipContradictoryEnds()] : []),
    ],
  };
}

/** Whether the file ends as a zip archive does. */
export async function hasZipEnd(reader: ByteReader): Promise<boolean> {
  return (await findEndRecords(reader)).candidates.length > 0;
}

async function findEndRecords(reader: ByteReader): Promise<EndRecords> {
  const tailStart = Math.max(0, reader.size - endBytes - longestComment);
  const tail = await reader.read(tailStart, reader.size - tailStart);
  return { tail, tailStart, candidates: endRecordsIn(tail) };
}

interface Declared {
  readonly entries: number;
  /** On this disk, of an archive that is one file. */
  readonly entriesHere: number;
  readonly bytes: number;
  readonly offset: number;
}

interface Located extends Declared {
  readonly position: number;
  readonly modulus: number;
}

interface Zip64End extends Located {
  /** Whether it is followed by fields of its own, which not every tool skips. */
  readonly isExtended: boolean;
  /** Whether it is of one disk, as long as it declares, and where its locator says. */
  readonly isConsistent: boolean;
}

function endRecordsIn(tail: Buffer): number[] {
  const found: number[] = [];
  for (let at = tail.length - endBytes; at >= 0; at -= 1) if (tail.readUInt32LE(at) === endSignature) found.push(at);
  const [last = 0] = found;
  // An earlier record that ends before the last one is that of an archive within the archive.
  return found.filter((at) => at === last || at + tail.readUInt16LE(at + 20) >= last);
}

/** Whether an archive that begins at `start` is only an entry of an outer archive that is cut off. */
async function isWithinArchive(reader: ByteReader, start: number): Promise<boolean> {
  const head = await reader.read(0, 4);
  if (head.length < 4 || head.readUInt32LE(0) !== entrySignature) return false;
  const length = Math.min(start, endBytes + longestComment);
  const before = await reader.read(start - length, length);
  return !endRecordsIn(before).some((at) => at + endBytes + before.readUInt16LE(at + 20) === length);
}

function readEndRecord(record: Buffer): Declared {
  const disks = [record.readUInt16LE(4), record.readUInt16LE(6)];
  if (disks.some((disk) => disk !== 0 && disk !== 0xffff)) throw damaged(downloadMessages.zipSplit());
  return {
    entries: record.readUInt16LE(10),
    entriesHere: record.readUInt16LE(8),
    bytes: record.readUInt32LE(12),
    offset: record.readUInt32LE(16),
  };
}

async function readZip64(reader: ByteReader, end: number): Promise<Zip64End | undefined> {
  if (end < locatorBytes) return undefined;
  const locator = await reader.read(end - locatorBytes, locatorBytes);
  if (locator.readUInt32LE(0) !== locatorSignature) return undefined;
  const declared = Number(locator.readBigUInt64LE(8));
  for (const position of [declared, end - locatorBytes - zip64Bytes]) {
    const record = position >= 0 && position < end ? await reader.read(position, zip64Bytes) : Buffer.alloc(0);
    if (record.length < zip64Bytes || record.readUInt32LE(0) !== zip64Signature) continue;
    const disks = [locator.readUInt32LE(4), record.readUInt32LE(16), record.readUInt32LE(20)];
    return {
      position,
      isExtended: Number(record.readBigUInt64LE(4)) > zip64Bytes - 12,
      isConsistent:
        disks.every((disk) => disk === 0) &&
        // Behind other bytes all offsets are short by their number.
        [position, Number(record.readBigUInt64LE(48)) + Number(record.readBigUInt64LE(40))].includes(declared) &&
        locator.readUInt32LE(16) <= 1 &&
        position + 12 + Number(record.readBigUInt64LE(4)) === end - locatorBytes,
      modulus: Number.POSITIVE_INFINITY,
      entries: Number(record.readBigUInt64LE(32)),
      entriesHere: Number(record.readBigUInt64LE(24)),
      bytes: Number(record.readBigUInt64LE(40)),
      offset: Number(record.readBigUInt64LE(48)),
    };
  }
  throw damaged(downloadMessages.zipEndMissing());
}

/** Where the directory really is: behind bytes that precede the archive, or at the offset as declared. */
async function locateDirectory(
  reader: ByteReader,
  { position, modulus, entries, bytes, offset }: Located,
): Promise<ZipEnd> {
  const shift = position - (offset + bytes);
  if (shift < 0) throw damaged(downloadMessages.zipDirectoryDamaged());
  const found = { end: position, declaredEntries: entries, modulus, declaredBytes: bytes };
  if (await isDirectory(reader, offset + shift, position)) {
    const remarks = shift === 0 ? [] : [downloadMessages.zipLeadingBytes({ bytes: shift })];
    return { ...found, start: offset + shift, shift, remarks };
  }
  if (await isDirectory(reader, offset, position)) return { ...found, start: offset, shift: 0, remarks: [] };
  throw damaged(downloadMessages.zipDirectoryDamaged());
}

async function isDirectory(reader: ByteReader, start: number, end: number): Promise<boolean> {
  if (start === end) return true;
  const signature = await reader.read(start, 4);
  return signature.length === 4 && signature.readUInt32LE(0) === directorySignature;
}

/** A count must be the same in all places, and a value that the short record can hold that of the zip64 record. */
function isContradictory(short: Declared, long: Zip64End | undefined): boolean {
  if (short.entries !== short.entriesHere) return true;
  if (!long) return false;
  const differs = (value: number, limit: number, other: number): boolean => value !== limit && value !== other;
  return (
    !long.isConsistent ||
    long.entries !== long.entriesHere ||
    differs(short.entries, 0xffff, long.entries) ||
    differs(short.bytes, 0xffffffff, long.bytes) ||
    differs(short.offset, 0xffffffff, long.offset)
  );
}
