import { downloadMessages } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import { directorySignature, type ZipEnd } from './zip-end.ts';

/** An entry as the directory of the archive describes it. */
export interface ZipEntry {
  readonly name: Buffer;
  /** The version of the format that a tool needs to read it, times ten. */
  readonly version: number;
  /** The disk of an archive that is split. */
  readonly disk: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  /** Of its local header, as declared. */
  readonly offset: number;
  /** Whether its sizes are those of a zip64 field. */
  readonly large: boolean;
  /** Whether its extra fields are as long as they claim. */
  readonly extraIsValid: boolean;
}

const headerBytes = 46;
/** Name, extra fields and comment. */
const longestEntry = headerBytes + 3 * 0xffff;
const windowBytes = 1024 * 1024;

/**
 * The entries of the directory up to its end, however many its end record declares; returns the offset behind the last one.
 * Throws "damaged" where the directory ends within an entry.
 */
export async function* readDirectory(reader: ByteReader, { start, end }: ZipEnd): AsyncGenerator<ZipEntry, number> {
  let window = { position: start, bytes: await reader.read(start, Math.min(windowBytes, end - start)) };
  let position = start;
  while (position + 4 <= end) {
    const windowEnd = window.position + window.bytes.length;
    if (windowEnd < Math.min(end, position + longestEntry)) {
      window = { position, bytes: await reader.read(position, Math.min(windowBytes, end - position)) };
    }
    const bytes = window.bytes.subarray(position - window.position);
    if (bytes.readUInt32LE(0) !== directorySignature) return position;
    const length = entryLength(bytes);
    if (length === undefined) throw damaged(downloadMessages.zipDirectoryDamaged());
    yield parseEntry(bytes.subarray(0, length));
    position += length;
  }
  return position;
}

/** Undefined where the bytes end before the entry does. */
function entryLength(bytes: Buffer): number | undefined {
  if (bytes.length < headerBytes) return undefined;
  const length = headerBytes + bytes.readUInt16LE(28) + bytes.readUInt16LE(30) + bytes.readUInt16LE(32);
  return length <= bytes.length ? length : undefined;
}

function parseEntry(bytes: Buffer): ZipEntry {
  const nameEnd = headerBytes + bytes.readUInt16LE(28);
  const extra = bytes.subarray(nameEnd, nameEnd + bytes.readUInt16LE(30));
  const short = {
    size: bytes.readUInt32LE(24),
    compressed: bytes.readUInt32LE(20),
    offset: bytes.readUInt32LE(42),
  };
  const { values, large, isValid } = readZip64Field(extra, short);
  return {
    ...values,
    large,
    extraIsValid: isValid,
    name: Buffer.from(bytes.subarray(headerBytes, nameEnd)),
    version: bytes.readUInt8(6),
    disk: bytes.readUInt16LE(34),
    flags: bytes.readUInt16LE(8),
    method: bytes.readUInt16LE(10),
    crc: bytes.readUInt32LE(16),
  };
}

type Sizes = Pick<ZipEntry, 'size' | 'compressed' | 'offset'>;
const order = ['size', 'compressed', 'offset'] as const;

/** The 64-bit values of the fields that the header has no room for. */
export function readZip64Field(extra: Buffer, short: Sizes): { values: Sizes; large: boolean; isValid: boolean } {
  const fields = extraFields(extra);
  const field = fields.list.find(({ id }) => id === 1)?.data;
  const values = { ...short };
  let at = 0;
  let isValid = fields.isValid;
  for (const name of order) {
    if (short[name] !== 0xffffffff) continue;
    const isPresent = field !== undefined && at + 8 <= field.length;
    if (isPresent) values[name] = Number(field.readBigUInt64LE(at));
    else isValid = false;
    at += 8;
  }
  return { values, large: field !== undefined, isValid };
}

interface ExtraFields {
  readonly list: readonly { readonly id: number; readonly data: Buffer }[];
  /** False where a field is longer than the extra fields together. */
  readonly isValid: boolean;
}

export function extraFields(extra: Buffer): ExtraFields {
  const list: { id: number; data: Buffer }[] = [];
  let at = 0;
  while (at + 4 <= extra.length) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) return { list, isValid: false };
    list.push({ id: extra.readUInt16LE(at), data: extra.subarray(at + 4, end) });
    at = end;
  }
  // Some tools pad with fewer than four zeros.
  return { list, isValid: extra.subarray(at).every((byte) => byte === 0) };
}
