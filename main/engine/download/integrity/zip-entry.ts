import { crc32, inflateRawSync } from 'node:zlib';
import { downloadMessages } from '../../messages/index.ts';
import { DownloadError } from '../failure.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import { type Inflated, inflateAt, isZlibError } from './inflate.ts';
import { extraFields, readZip64Field, type ZipEntry } from './zip-directory.ts';
import { entrySignature } from './zip-end.ts';
import type { ZipRemarks } from './zip-remarks.ts';

/** The bytes of the file that an entry occupies, with its headers. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface EntryCheckOptions {
  readonly reader: ByteReader;
  /** Bytes before the archive. */
  readonly shift: number;
  /** Offset behind which no entry may reach. */
  readonly limit: number;
  readonly remarks: ZipRemarks;
  readonly signal: AbortSignal;
  /** Takes the number of bytes processed. */
  sweep(bytes: number): void;
}

const localBytes = 30;
/** Of the format, times ten; common tools refuse later ones. */
const latestVersion = 63;
const encryptedFlag = 1;
const descriptorFlag = 8;
/** Compressed patches and masked headers. */
const unreadableFlags = 0x20 | 0x2000;

/**
 * Reads an entry to its end and compares length and CRC-32 with the directory. Throws "damaged" if common tools cannot
 * read it; adds to the remarks what is odd but readable, or cannot be decoded here.
 */
export async function checkEntry(entry: ZipEntry, options: EntryCheckOptions): Promise<Span> {
  const { reader, shift, limit, remarks } = options;
  const start = entry.offset + shift;
  const header = start + localBytes <= limit ? await reader.read(start, localBytes) : Buffer.alloc(0);
  if (header.length < localBytes || header.readUInt32LE(0) !== entrySignature) {
    throw damaged(downloadMessages.zipEntryMissing());
  }
  const dataStart = start + localBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const dataEnd = dataStart + entry.compressed;
  if (dataEnd > limit) throw damaged(downloadMessages.zipEntryMissing());
  const variable = await reader.read(start + localBytes, dataStart - start - localBytes);
  const [name, extra] = [variable.subarray(0, header.readUInt16LE(26)), variable.subarray(header.readUInt16LE(26))];
  if (differs(entry, header, name, extra)) remarks.add('header');
  if (!entry.extraIsValid || !extraFields(extra).isValid) remarks.add('extra');
  const span = { start: dataStart, end: dataEnd };
  await checkContent(entry, span, options).catch(async (error) => {
    const local = await asLocal(entry, header, dataEnd, options);
    if (!(error instanceof DownloadError) || !local) throw error;
    await checkContent(local, span, options);
    remarks.add('header');
  });
  return { start, end: await endBehindDescriptor(entry, dataEnd, options) };
}

/** The entry by its local header or descriptor, which some tools read; undefined where the values are the same. */
async function asLocal(
  entry: ZipEntry,
  header: Buffer,
  dataEnd: number,
  { reader, limit }: EntryCheckOptions,
): Promise<ZipEntry | undefined> {
  const local = { ...entry, method: header.readUInt16LE(8) };
  if ((entry.flags & descriptorFlag) === 0) {
    const size = header.readUInt32LE(22);
    Object.assign(local, { crc: header.readUInt32LE(14), size: size === 0xffffffff ? entry.size : size });
  } else {
    const descriptor = await reader.read(dataEnd, Math.min(8, limit - dataEnd));
    const at = descriptor.length === 8 && descriptor.readUInt32LE(0) === descriptorSignature ? 4 : 0;
    if (descriptor.length === 8) Object.assign(local, { crc: descriptor.readUInt32LE(at) });
  }
  return local.method === entry.method && local.crc === entry.crc && local.size === entry.size ? undefined : local;
}

/** Whether the local header contradicts the directory. */
function differs(entry: ZipEntry, header: Buffer, name: Buffer, extra: Buffer): boolean {
  if (entry.disk !== 0 && entry.disk !== 0xffff) return true;
  if (!name.equals(entry.name) || header.readUInt16LE(8) !== entry.method) return true;
  if (header.readUInt16LE(6) !== entry.flags) return true;
  if ((entry.flags & descriptorFlag) !== 0) return false;
  const { values } = readZip64Field(extra, {
    size: header.readUInt32LE(22),
    compressed: header.readUInt32LE(18),
    offset: 0,
  });
  return header.readUInt32LE(14) !== entry.crc || values.compressed !== entry.compressed || values.size !== entry.size;
}

async function checkContent(entry: ZipEntry, span: Span, options: EntryCheckOptions): Promise<void> {
  const { remarks } = options;
  if ((entry.flags & (encryptedFlag | unreadableFlags)) !== 0) {
    remarks.add('encrypted');
    return;
  }
  if ((entry.method !== 0 && entry.method !== 8) || entry.version > latestVersion) {
    remarks.add('method');
    return;
  }
  const content = entry.method === 8 ? await inflate(entry, span, options) : await readStored(span, options);
  compareContent(entry, content, remarks);
  if (content.consumed !== entry.compressed) remarks.add('trailing');
}

/** The checksum decides: common tools read a whole entry whose size is declared wrongly. */
function compareContent(entry: ZipEntry, { length, crc }: Inflated, remarks: ZipRemarks): void {
  const { size: declared } = entry;
  const hasSize = length === declared;
  const isIntact = crc === entry.crc;
  if (hasSize && isIntact) return;
  if (length === 0 && isFolder(entry)) remarks.add('folder');
  else if (length > 0 && isIntact) remarks.add('size');
  else if (hasSize) throw damaged(downloadMessages.zipChecksum());
  else if (length < declared) throw damaged(downloadMessages.zipEntryShort({ read: length, declared }));
  else throw damaged(downloadMessages.zipEntryLong({ declared }));
}

function isFolder({ name }: ZipEntry): boolean {
  return name.at(-1) === 0x2f;
}

async function readStored({ start, end }: Span, { reader, signal, sweep }: EntryCheckOptions): Promise<Inflated> {
  if (end - start <= smallEntry) {
    const content = await reader.read(start, end - start);
    sweep(content.length);
    return { length: content.length, crc: crc32(content), consumed: end - start };
  }
  let length = 0;
  let crc = 0;
  for await (const chunk of reader.stream(start, end, signal)) {
    crc = crc32(chunk, crc);
    length += chunk.length;
    sweep(chunk.length);
  }
  return { length, crc, consumed: end - start };
}

/** Below this many bytes, compressed and not, an entry is decompressed in one call. */
const smallEntry = 256 * 1024;

async function inflate(entry: ZipEntry, span: Span, options: EntryCheckOptions): Promise<Inflated> {
  try {
    const isSmall = entry.compressed <= smallEntry && entry.size <= smallEntry;
    const small = isSmall ? await inflateSmall(entry, span, options) : undefined;
    return small ?? (await inflateAt(span.start, span.end, options));
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw damaged(downloadMessages.zipEntryUnreadable({ reason: error.message }), error);
  }
}

/** Whether the data is longer than the limit it was decompressed with. */
function isTooLong(error: unknown): error is Error {
  return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** Undefined where the data is longer than declared. */
async function inflateSmall(
  { size }: ZipEntry,
  { start, end }: Span,
  options: EntryCheckOptions,
): Promise<Inflated | undefined> {
  const compressed = await options.reader.read(start, end - start);
  try {
    const result: unknown = inflateRawSync(compressed, { info: true, maxOutputLength: Math.max(1, size) });
    const { buffer, engine } = result as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    options.sweep(buffer.length);
    return { length: buffer.length, crc: crc32(buffer), consumed: engine.bytesWritten };
  } catch (error) {
    if (isTooLong(error)) return undefined;
    throw error;
  }
}

const descriptorSignature = 0x08074b50;

/** The end of an entry whose sizes follow its data; with or without a signature, in 32 or 64 bits. */
async function endBehindDescriptor(
  entry: ZipEntry,
  end: number,
  { reader, limit, remarks }: EntryCheckOptions,
): Promise<number> {
  if ((entry.flags & descriptorFlag) === 0) return end;
  const bytes = await reader.read(end, Math.min(24, limit - end));
  const at = bytes.length >= 4 && bytes.readUInt32LE(0) === descriptorSignature ? 4 : 0;
  for (const wide of entry.large ? [true, false] : [false, true]) {
    const length = at + (wide ? 20 : 12);
    if (length <= bytes.length && matchesDescriptor(entry, bytes.subarray(at), wide)) return end + length;
  }
  remarks.add('descriptor');
  return end;
}

function matchesDescriptor({ crc, compressed, size }: ZipEntry, bytes: Buffer, wide: boolean): boolean {
  if (bytes.readUInt32LE(0) !== crc) return false;
  return wide
    ? bytes.readBigUInt64LE(4) === BigInt(compressed) && bytes.readBigUInt64LE(12) === BigInt(size)
    : bytes.readUInt32LE(4) === compressed && bytes.readUInt32LE(8) === size;
}
