import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import { trailingRemarks } from './trailing.ts';

const container = 'zstd';

/** Decompresses a zstd file without storing it, where this version of Node can. Throws "damaged". */
export async function checkZstd(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  if (!('createZstdDecompress' in zlib)) return [downloadMessages.contentUnchecked({ container })];
  const sweep = createMemorySweep();
  const decoder = zlib.createZstdDecompress();
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of reader.stream(0, reader.size, signal)) yield Buffer.from(chunk);
  };
  const drain = async (decompressed: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of decompressed) sweep(chunk.length);
  };
  try {
    await pipeline(chunks, decoder, drain, { signal });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !/^(Z|ZSTD)_/.test(String(error.code))) throw error;
    throw damaged(downloadMessages.streamDamaged({ container, reason: error.message }), error);
  }
  return trailingRemarks(reader, decoder.bytesWritten, container, signal);
}
