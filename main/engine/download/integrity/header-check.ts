import { crc32 } from 'node:zlib';
import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';

/** Archives of which only the headers can be checked here: the remark says that their contents were not. */

/** The start header and the list of files of a 7z archive have checksums of their own. */
export async function checkSevenZip(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  const start = await reader.read(0, 32);
  const container = '7z';
  if (start.length < 32 || crc32(start.subarray(12)) !== start.readUInt32LE(8)) {
    throw damaged(downloadMessages.headersDamaged({ container }));
  }
  const position = 32 + Number(start.readBigUInt64LE(12));
  const length = Number(start.readBigUInt64LE(20));
  if (length === 0) throw damaged(downloadMessages.archiveEmpty({ container }));
  if (position + length > reader.size) throw damaged(downloadMessages.streamEndsEarly({ container }));
  if ((await crcOf(reader, position, position + length, signal)) !== start.readUInt32LE(28)) {
    throw damaged(downloadMessages.headersDamaged({ container }));
  }
  return [downloadMessages.contentUnchecked({ container })];
}

/** An xz file begins and ends with a header that has a checksum, and may be padded with zeros. */
export async function checkXz(reader: ByteReader): Promise<Message[]> {
  const container = 'xz';
  const head = await reader.read(0, 12);
  if (head.length < 12 || crc32(head.subarray(6, 8)) !== head.readUInt32LE(8)) {
    throw damaged(downloadMessages.headersDamaged({ container }));
  }
  const foot = await reader.read((await paddingStart(reader)) - 12, 12);
  if (foot.length < 12 || foot.toString('latin1', 10) !== 'YZ') {
    throw damaged(downloadMessages.streamEndsEarly({ container }));
  }
  if (crc32(foot.subarray(4, 10)) !== foot.readUInt32LE(0))
    throw damaged(downloadMessages.headersDamaged({ container }));
  return [downloadMessages.contentUnchecked({ container })];
}

async function crcOf(reader: ByteReader, start: number, end: number, signal: AbortSignal): Promise<number> {
  let crc = 0;
  for await (const chunk of reader.stream(start, end, signal)) crc = crc32(chunk, crc);
  return crc;
}

/** Where the zeros at the end of the file begin, in steps of four bytes. */
async function paddingStart(reader: ByteReader): Promise<number> {
  let end = reader.size;
  while (end >= 16 && (await reader.read(end - 4, 4)).readUInt32LE(0) === 0) end -= 4;
  return end;
}
