import { crc32 } from 'node:zlib';
import { downloadMessages, type Message } from '../../../messages/index.ts';
import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../damage.ts';

const container = 'xz';
const endBytes = 12;
/** The index of a file of many terabytes is smaller. */
const longestIndex = 64 * 1024 * 1024;
const headerMagic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]);

/**
 * Walks the streams of an xz file from its end to its beginning: each header, footer and index has a checksum, and the index tells
 * where every block begins. The blocks themselves are not decompressed, which the remark says. Throws "damaged".
 */
export async function checkXz(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  let end = reader.size;
  while (end > 0) end = await checkStream(reader, await paddingStart(reader, end, signal), signal);
  return [downloadMessages.contentUnchecked({ container })];
}

/** Returns where the stream that ends there begins. */
async function checkStream(reader: ByteReader, end: number, signal: AbortSignal): Promise<number> {
  const { flags, indexBytes } = await readFooter(reader, end);
  const indexStart = end - endBytes - indexBytes;
  if (indexBytes > longestIndex || indexStart < endBytes) throw headersDamaged();
  const index = Buffer.from(await reader.read(indexStart, indexBytes));
  if (crc32(index.subarray(0, -4)) !== index.readUInt32LE(indexBytes - 4)) throw headersDamaged();
  let blockStart = indexStart;
  for (const bytes of blockSizes(index).reverse()) {
    signal.throwIfAborted();
    blockStart -= bytes;
    await checkBlockHeader(reader, blockStart);
  }
  await checkHeader(reader, blockStart - endBytes, flags);
  return blockStart - endBytes;
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

/** The bytes that each block takes in the file, padding included. */
function blockSizes(index: Buffer): number[] {
  const numbers = readNumbers(index.subarray(1, -4));
  const count = numbers.next().value ?? -1;
  const sizes: number[] = [];
  if (index[0] !== 0 || count < 0 || count > index.length) throw headersDamaged();
  for (let block = 0; block < count; block += 1) {
    const packed = numbers.next().value ?? 0;
    const unpacked = numbers.next().value;
    if (packed === 0 || unpacked === undefined) throw headersDamaged();
    sizes.push(Math.ceil(packed / 4) * 4);
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
