import { setImmediate } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { bytesOf, joined, type LargeFile, part, seededBytes } from './large-file.ts';

interface Entry {
  readonly name: string;
  readonly content: LargeFile;
  readonly crc: number;
}

/** Larger sizes need 64-bit records. */
const largest32 = 0xffff_ffff;
/** Smaller than 4 GiB, so that no entry needs 64-bit records. */
const largestEntry = 1024 ** 3;
const fewestEntries = 3;

/**
 * A valid zip of exactly `size` bytes (or the smallest possible), with stored entries of seeded bytes that are not held
 * in memory. Checksums are calculated first without blocking, about a second for each GiB.
 */
export async function zipFile(seed: string, size: number): Promise<LargeFile> {
  const count = Math.max(fewestEntries, Math.ceil(size / largestEntry));
  const names = Array.from({ length: count }, (_, index) => `owner/part-${String(index + 1).padStart(5, '0')}.dat`);
  const is64 = size > largest32;
  const content = seededBytes(seed, Math.max(0, size - overhead(names, is64)));
  const share = Math.floor(content.size / count);
  const entries: Entry[] = [];
  for (const [index, name] of names.entries()) {
    const start = index * share;
    const own = part(content, start, index === count - 1 ? content.size - start : share);
    entries.push({ name, content: own, crc: await crcOf(own) });
  }
  return assemble(entries, is64);
}

async function crcOf(file: LargeFile): Promise<number> {
  let crc = 0;
  let counted = 0;
  for (const piece of file.read(0, file.size)) {
    crc = crc32(piece, crc);
    counted += piece.length;
    if (counted % (16 * 1024 * 1024) < piece.length) await setImmediate();
  }
  return crc;
}

function overhead(names: readonly string[], is64: boolean): number {
  const perName = names.reduce((sum, name) => sum + localHeaderSize + centralHeaderSize + 2 * name.length, 0);
  return perName + (is64 ? names.length * offset64Size + end64Size : 0) + endSize;
}

function assemble(entries: readonly Entry[], is64: boolean): LargeFile {
  const parts: LargeFile[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const local = localHeader(entry);
    parts.push(bytesOf(local), entry.content);
    directory.push(centralHeader(entry, offset, is64));
    offset += local.length + entry.content.size;
  }
  const central = Buffer.concat(directory);
  return joined([...parts, bytesOf(central), bytesOf(endRecords(entries.length, central.length, offset, is64))]);
}

const localHeaderSize = 30;
const centralHeaderSize = 46;
const offset64Size = 12;
const end64Size = 56 + 20;
const endSize = 22;
/** 1 January 2026 in the format of DOS. */
const date = ((2026 - 1980) << 9) | (1 << 5) | 1;

/**
 * The fields that local and central headers share: version needed, flags, method "stored", time, date, checksum, both
 * sizes, length of the name.
 */
function writeCommon(header: Buffer, at: number, { name, content, crc }: Entry, is64: boolean): void {
  header.writeUInt16LE(is64 ? 45 : 20, at);
  header.writeUInt16LE(date, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(content.size, at + 14);
  header.writeUInt32LE(content.size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function localHeader(entry: Entry): Buffer {
  const header = Buffer.alloc(localHeaderSize);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry, false);
  return Buffer.concat([header, Buffer.from(entry.name)]);
}

function centralHeader(entry: Entry, offset: number, is64: boolean): Buffer {
  const header = Buffer.alloc(centralHeaderSize);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(is64 ? 45 : 20, 4);
  writeCommon(header, 6, entry, is64);
  header.writeUInt16LE(is64 ? offset64Size : 0, 30);
  header.writeUInt32LE(is64 ? largest32 : offset, 42);
  return Buffer.concat([header, Buffer.from(entry.name), is64 ? offset64(offset) : Buffer.alloc(0)]);
}

function offset64(offset: number): Buffer {
  const extra = Buffer.alloc(offset64Size);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(offset), 4);
  return extra;
}

function endRecords(count: number, size: number, offset: number, is64: boolean): Buffer {
  const end = Buffer.alloc(endSize);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(is64 ? largest32 : offset, 16);
  return is64 ? Buffer.concat([end64(count, size, offset), end]) : end;
}

/** The 64-bit end of the central directory, and its locator. */
function end64(count: number, size: number, offset: number): Buffer {
  const records = Buffer.alloc(end64Size);
  records.writeUInt32LE(0x06064b50, 0);
  records.writeBigUInt64LE(44n, 4);
  records.writeUInt16LE(45, 12);
  records.writeUInt16LE(45, 14);
  records.writeBigUInt64LE(BigInt(count), 24);
  records.writeBigUInt64LE(BigInt(count), 32);
  records.writeBigUInt64LE(BigInt(size), 40);
  records.writeBigUInt64LE(BigInt(offset), 48);
  records.writeUInt32LE(0x07064b50, 56);
  records.writeBigUInt64LE(BigInt(offset + size), 64);
  records.writeUInt32LE(1, 72);
  return records;
}
