import { crc32 } from 'node:zlib';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import type { DecompressedContent } from './decompressed-content.ts';
import { type InflateOptions, inflateAt, isZlibError } from './inflate.ts';
import { trailingRemarks } from './trailing.ts';

const container = 'gzip';

/** Decompresses every member of a gzip file without storing it, and compares its length and CRC-32. Throws "damaged". */
export async function checkGzip(
  reader: ByteReader,
  signal: AbortSignal,
  content: DecompressedContent,
): Promise<Message[]> {
  const options = { reader, signal, sweep: createMemorySweep(), take: content.add };
  let position = 0;
  do {
    position = await checkMember(position, options);
  } while (await isMember(reader, position));
  return [...content.end(), ...(await trailingRemarks(reader, position, container, signal))];
}

async function isMember(reader: ByteReader, position: number): Promise<boolean> {
  const magic = await reader.read(position, 2);
  return magic[0] === 0x1f && magic[1] === 0x8b;
}

/** Returns the offset behind the member. */
async function checkMember(position: number, options: InflateOptions): Promise<number> {
  const { reader } = options;
  const start = await headerEnd(reader, position);
  const { consumed, crc, length } = await inflateMember(start, options);
  const trailer = await reader.read(start + consumed, 8);
  if (trailer.length < 8) throw damaged(downloadMessages.streamEndsEarly({ container }));
  if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== length % 2 ** 32) {
    throw damaged(downloadMessages.gzipChecksum());
  }
  return start + consumed + 8;
}

async function inflateMember(start: number, options: InflateOptions) {
  try {
    return await inflateAt(start, options.reader.size, options);
  } catch (error) {
    if (!isZlibError(error)) throw error;
    if (error.code === 'Z_BUF_ERROR') throw damaged(downloadMessages.streamEndsEarly({ container }), error);
    throw damaged(downloadMessages.streamDamaged({ container, reason: error.message }), error);
  }
}

const fixedBytes = 10;
const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** A name or a comment longer than this is damage. */
const longestText = 64 * 1024;

async function headerEnd(reader: ByteReader, start: number): Promise<number> {
  const fixed = await reader.read(start, fixedBytes);
  if (fixed.length < fixedBytes) throw damaged(downloadMessages.streamEndsEarly({ container }));
  const [, , method, set = 0] = fixed;
  if (method !== 8 || (set & flags.reserved) !== 0) throw damaged(downloadMessages.headersDamaged({ container }));
  let position = start + fixedBytes;
  if ((set & flags.extra) !== 0) {
    const [low = 0, high = 0] = await reader.read(position, 2);
    position += 2 + low + 256 * high;
  }
  for (const flag of [flags.name, flags.comment]) if ((set & flag) !== 0) position = await textEnd(reader, position);
  return (set & flags.headerCrc) === 0 ? position : checkHeaderCrc(reader, start, position);
}

/** Returns the offset behind the checksum of the header: the lower half of its CRC-32. */
async function checkHeaderCrc(reader: ByteReader, start: number, end: number): Promise<number> {
  const header = await reader.read(start, end + 2 - start);
  const isWhole = header.length === end + 2 - start;
  if (!isWhole || header.readUInt16LE(end - start) !== (crc32(header.subarray(0, end - start)) & 0xffff)) {
    throw damaged(downloadMessages.headersDamaged({ container }));
  }
  return end + 2;
}

async function textEnd(reader: ByteReader, position: number): Promise<number> {
  const length = (await reader.read(position, longestText)).indexOf(0);
  if (length < 0) throw damaged(downloadMessages.headersDamaged({ container }));
  return position + length + 1;
}
