import { crc32 } from 'node:zlib';
import { downloadMessages, type Message } from '../../../messages/index.ts';
import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../damage.ts';
import { type ContentOptions, checkContent } from './content-check.ts';

const container = 'xz';
const endBytes = 12;
/** The index of a file of many terabytes is smaller. */
const longestIndex = 64 * 1024 * 1024;
const headerMagic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);

/**
 * Walks the streams of an xz file from end to beginning: headers, footers and indexes have checksums, and an index
 * tells where its blocks begin. Then decompresses the blocks if all can be decoded. Throws "damaged".
 */
export async function checkXz(options: ContentOptions): Promise<Message[]> {
  const { reader, signal } = options;
  let end = reader.size;
  let longestBlock = 0;
  let isUnchecked = false;
  while (end > 0) {
    const stream = await checkStream(reader, await paddingStart(reader, end, signal), signal);
    longestBlock = Math.max(longestBlock, stream.longestBlock);
    isUnchecked ||= stream.isUnchecked;
    end = stream.start;
  }
  const remarks = await checkContent({ name: container, longestBlock }, options);
  if (remarks === undefined) return [downloadMessages.contentUnchecked({ container })];
  return isUnchecked ? [...remarks, downloadMessages.withoutChecksums({ container })] : remarks;
}

/** The stream ending there: its start, its largest block's decompressed bytes, and whether blocks lack checksums. */
async function checkStream(reader: ByteReader, end: number, signal: AbortSignal) {
  const { flags, indexBytes } = await readFooter(reader, end);
  const indexStart = end - endBytes - indexBytes;
  if (indexBytes > longestIndex || indexStart < endBytes) throw headersDamaged();
  const index = Buffer.from(await reader.read(indexStart, indexBytes));
  if (crc32(index.subarray(0, -4)) !== index.readUInt32LE(indexBytes - 4)) throw headersDamaged();
  let blockStart = indexStart;
  let longestBlock = 0;
  for (const { packed, unpacked } of blockSizes(index).reverse()) {
    signal.throwIfAborted();
    blockStart -= packed;
    longestBlock = Math.max(longestBlock, unpacked);
    await checkBlockHeader(reader, blockStart);
  }
  await checkHeader(reader, blockStart - endBytes, flags);
  // Of the two bytes of flags, the second is the kind of check.
  return { start: blockStart - endBytes, longestBlock, isUnchecked: flags >> 8 === 0 && longestBlock > 0 };
}

async function readFooter(reader: ByteReader, end: number) {
  const footer = await reader.read(end - endBytes, end < endBytes ? 0 : endBytes);
  if (footer.length < endBytes || footer.toString('latin1', 10) !== 'YZ') {
    throw damaged(downloadMessages.streamEndsEarly({ container }));
  }
  if (crc32(footer.subarray(4, 10)) !== footer.readUInt32LE(0)) throw headersDamaged();
  return { flags: footer.readUInt16LE(8), indexBytes: (footer.readUInt32LE(4) + 1) * 4 };
}

async function checkHeader(reader: ByteReader, start: number, flags: number): Promise<void> {
  const header = start < 0 ? Buffer.alloc(0) : await reader.read(start, endBytes);
  const isWhole = header.length === endBytes && header.subarray(0, headerMagic.length).equals(headerMagic);
  if (!isWhole || crc32(header.subarray(6, 8)) !== header.readUInt32LE(8) || header.readUInt16LE(6) !== flags) {
    throw headersDamaged();
  }
}

async function checkBlockHeader(reader: ByteReader, start: number): Promise<void> {
  const [size = 0] = start < endBytes ? [] : await reader.read(start, 1);
  const length = (size + 1) * 4;
  const header = size === 0 ? Buffer.alloc(0) : await reader.read(start, length);
  if (header.length < length || size === 0) throw headersDamaged();
  if (crc32(header.subarray(0, -4)) !== header.readUInt32LE(length - 4)) throw headersDamaged();
}

interface BlockSize {
  /** In the file, padding included. */
  readonly packed: number;
  readonly unpacked: number;
}

function blockSizes(index: Buffer): BlockSize[] {
  const numbers = readNumbers(index.subarray(1, -4));
  const count = numbers.next().value ?? -1;
  const sizes: BlockSize[] = [];
  if (index[0] !== 0 || count < 0 || count > index.length) throw headersDamaged();
  for (let block = 0; block < count; block += 1) {
    const packed = numbers.next().value ?? 0;
    const unpacked = numbers.next().value;
    if (packed === 0 || unpacked === undefined) throw headersDamaged();
    sizes.push({ packed: Math.ceil(packed / 4) * 4, unpacked });
  }
  return sizes;
}

/** Numbers in groups of seven bits, the lowest first. */
function* readNumbers(bytes: Buffer): Generator<number, undefined> {
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 0x80;
    if (byte >= 0x80) continue;
    yield value;
    value = 0;
    scale = 1;
  }
}

const paddingWindow = 64 * 1024;

/** Where the zeros before that offset begin, in steps of four bytes. */
async function paddingStart(reader: ByteReader, from: number, signal: AbortSignal): Promise<number> {
  let end = from;
  while (end > 0) {
    signal.throwIfAborted();
    const start = Math.max(0, end - paddingWindow);
    const last = (await reader.read(start, end - start)).findLastIndex((byte) => byte !== 0);
    if (last >= 0) return end - Math.floor((end - start - last - 1) / 4) * 4;
    end = start;
  }
  return from;
}

function headersDamaged() {
  return damaged(downloadMessages.headersDamaged({ container }));
}
