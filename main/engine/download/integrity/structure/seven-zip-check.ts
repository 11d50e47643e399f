import { crc32 } from 'node:zlib';
import { downloadMessages, type Message } from '../../../messages/index.ts';
import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../damage.ts';

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

async function crcOf(reader: ByteReader, start: number, end: number, signal: AbortSignal): Promise<number> {
  let crc = 0;
  for await (const chunk of reader.stream(start, end, signal)) crc = crc32(chunk, crc);
  return crc;
}
