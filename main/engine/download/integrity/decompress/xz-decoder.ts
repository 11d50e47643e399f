import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ByteInput } from './byte-input.ts';
import { damage, unsupported } from './fault.ts';
import { LzmaWindow } from './lzma-window.ts';
import { decodeLzma2 } from './lzma2-decoder.ts';
import type { Output } from './output.ts';
import { type BlockCheck, createBlockCheck } from './xz-check-sum.ts';

const headerBytes = 12;
const headerMagic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);
const padding = Buffer.alloc(4);
const lzma2 = 0x21;
/** A larger dictionary is not decoded; that of the highest level of xz has 64 MiB. */
const largestDictionary = 128 * 1024 * 1024;

/**
 * Decompresses every stream of an xz file, and compares the checksum of each block and the index with what was decompressed.
 * `longestBlock`: the bytes of the largest one as the index declares it.
 */
export function decodeXz(input: ByteInput, output: Output, longestBlock: number): void {
  while (!input.isAtEnd) {
    const flags = readStreamHeader(input);
    decodeBlocks(input, output, { check: flags.readUInt8(1), longestBlock });
    readFooter(input, flags);
    skipPadding(input);
  }
}

/** Gives the two bytes of flags, of which the second is the kind of check. */
function readStreamHeader(input: ByteInput): Buffer {
  const header = input.read(headerBytes);
  const flags = header.subarray(6, 8);
  if (!header.subarray(0, 6).equals(headerMagic) || crc32(flags) !== header.readUInt32LE(8))
    throw damage('invalid stream header');
  if (flags[0] !== 0 || (flags[1] ?? 0) > 0x0f) throw unsupported('stream flags');
  return flags;
}

interface BlockOptions {
  readonly check: number;
  readonly longestBlock: number;
}

function decodeBlocks(input: ByteInput, output: Output, options: BlockOptions): void {
  const decoded = new BlockSizes();
  for (let size = input.next(); size !== 0; size = input.next()) {
    const { packed, unpacked } = decodeBlock(size, input, output, options);
    decoded.add(packed, unpacked);
  }
  const declared = readIndex(input);
  if (!declared.equals(decoded)) throw damage('invalid index');
}

function decodeBlock(size: number, input: ByteInput, output: Output, { check, longestBlock }: BlockOptions) {
  const start = input.position - 1;
  const header = readBlockHeader(size, input);
  const sum = createBlockCheck(check);
  let unpacked = 0;
  const take: Output = (bytes) => {
    unpacked += bytes.length;
    sum?.update(bytes);
    output(bytes);
  };
  const dataStart = input.position;
  decodeLzma2(input, new LzmaWindow(Math.min(header.dictionary, longestBlock), take));
  const data = input.position - dataStart;
  if ((header.packed ?? data) !== data || (header.unpacked ?? unpacked) !== unpacked)
    throw damage('incorrect block size');
  for (const byte of input.read(-data & 3)) if (byte !== 0) throw damage('invalid block padding');
  compareCheck(input, sum);
  return { packed: dataStart - start + data + (sum?.bytes ?? 0), unpacked };
}

function compareCheck(input: ByteInput, sum: BlockCheck | undefined): void {
  if (sum && !sum.digest().equals(input.read(sum.bytes))) throw damage('incorrect data check');
}

interface BlockHeader {
  readonly dictionary: number;
  /** Bytes as the block declares them, which it need not. */
  readonly packed: number | undefined;
  readonly unpacked: number | undefined;
}

function readBlockHeader(size: number, input: ByteInput): BlockHeader {
  const header = Buffer.concat([Buffer.of(size), input.read(size * 4 + 3)]);
  if (crc32(header.subarray(0, -4)) !== header.readUInt32LE(header.length - 4)) throw damage('invalid block header');
  const flags = header.readUInt8(1);
  const fields = header.subarray(2, -4);
  let at = 0;
  const next = (): number => {
    if (at >= fields.length) throw damage('invalid block header');
    at += 1;
    return fields.readUInt8(at - 1);
  };
  const packed = (flags & 0x40) === 0 ? undefined : readNumber(next);
  const unpacked = (flags & 0x80) === 0 ? undefined : readNumber(next);
  // Other filters change the data before they are compressed, so that their checksum is of something else.
  if ((flags & 0x3f) !== 0 || readNumber(next) !== lzma2) throw unsupported('filter');
  if (readNumber(next) !== 1) throw damage('invalid filter');
  const dictionary = dictionaryBytes(next());
  if (fields.subarray(at).some((byte) => byte !== 0)) throw unsupported('block header');
  return { dictionary, packed, unpacked };
}

function dictionaryBytes(bits: number): number {
  if (bits > 40) throw damage('invalid dictionary size');
  const bytes = bits === 40 ? 2 ** 32 - 1 : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  if (bytes > largestDictionary) throw unsupported('dictionary');
  return bytes;
}

/** In groups of seven bits, the lowest first. */
function readNumber(next: () => number): number {
  let value = 0;
  for (let group = 0; group < 9; group += 1) {
    const byte = next();
    value += (byte & 0x7f) * 2 ** (7 * group);
    if (byte < 0x80) return value;
  }
  throw damage('invalid number');
}

/** The sizes of all blocks in order, compared by a hash: there may be millions. */
class BlockSizes {
  readonly #hash = createHash('sha256');

  add(packed: number, unpacked: number): void {
    this.#hash.update(`${packed} ${unpacked} `);
  }

  equals(other: BlockSizes): boolean {
    return this.#hash.digest().equals(other.#hash.digest());
  }
}

/** Reads the index from its second byte on; the first one is a zero. */
function readIndex(input: ByteInput): BlockSizes {
  const sizes = new BlockSizes();
  let crc = crc32(Buffer.of(0));
  let length = 1;
  const next = (): number => {
    const byte = input.next();
    crc = crc32(Buffer.of(byte), crc);
    length += 1;
    return byte;
  };
  const count = readNumber(next);
  for (let block = 0; block < count; block += 1) sizes.add(readNumber(next), readNumber(next));
  while (length % 4 !== 0) if (next() !== 0) throw damage('invalid index');
  if (input.read(4).readUInt32LE(0) !== crc) throw damage('invalid index');
  return sizes;
}

function readFooter(input: ByteInput, flags: Buffer): void {
  const footer = input.read(headerBytes);
  const isValid = footer.toString('latin1', 10) === 'YZ' && crc32(footer.subarray(4, 10)) === footer.readUInt32LE(0);
  if (!isValid || !footer.subarray(8, 10).equals(flags)) throw damage('invalid stream footer');
}

/** Zeros between streams and behind the last one, in groups of four. */
function skipPadding(input: ByteInput): void {
  while (input.peek(4).equals(padding)) input.read(4);
}
