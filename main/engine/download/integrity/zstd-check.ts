import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import type { DecompressedContent } from './decompressed-content.ts';
import { trailingRemarks } from './trailing.ts';

const container = 'zstd';

/** Decompresses a zstd file without storing it, where this version of Node can. Throws "damaged". */
export async function checkZstd(
  reader: ByteReader,
  signal: AbortSignal,
  content: DecompressedContent,
): Promise<Message[]> {
  if (!('createZstdDecompress' in zlib)) return [downloadMessages.contentUnchecked({ container })];
  let end = 0;
  do end += await checkFrames(reader, end, signal, content);
  while (await isFrame(reader, end));
  return [...content.end(), ...(await trailingRemarks(reader, end, container, signal))];
}

/** Decompresses frames from there on; gives the bytes they take. Node's decoder stops after a frame that ends within a chunk. */
async function checkFrames(
  reader: ByteReader,
  start: number,
  signal: AbortSignal,
  content: DecompressedContent,
): Promise<number> {
  const sweep = createMemorySweep();
  const decoder = zlib.createZstdDecompress();
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of reader.stream(start, reader.size, signal)) yield Buffer.from(chunk);
  };
  const drain = async (decompressed: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of decompressed) {
      content.add(chunk);
      sweep(chunk.length);
    }
  };
  try {
    await pipeline(chunks, decoder, drain, { signal });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !/^(Z|ZSTD)_/.test(String(error.code))) throw error;
    throw damaged(downloadMessages.streamDamaged({ container, reason: error.message }), error);
  }
  return decoder.bytesWritten;
}

/** Whether a frame, or one to be skipped, begins there (RFC 8878, section 3.1). */
async function isFrame(reader: ByteReader, at: number): Promise<boolean> {
  if (at === 0 || at + 4 > reader.size) return false;
  const magic = Buffer.from(await reader.read(at, 4)).readUInt32LE();
  return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50;
}
