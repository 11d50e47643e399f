import { pipeline } from 'node:stream/promises';
import * as zlib from 'node:zlib';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import type { DecompressedContent } from './decompressed-content.ts';
import { decodeSmall, small } from './inflate.ts';
import { trailingRemarks } from './trailing.ts';
import { readZstdFrame, type ZstdFrame } from './zstd-frames.ts';

const container = 'zstd';

/** Decompresses a zstd file without storing it, where this version of Node can. Throws "damaged". */
export async function checkZstd(
  reader: ByteReader,
  signal: AbortSignal,
  content: DecompressedContent,
): Promise<Message[]> {
  const unchecked = [downloadMessages.contentUnchecked({ container })];
  if (!('createZstdDecompress' in zlib)) return unchecked;
  const sweep = createMemorySweep();
  let end = 0;
  let isWithoutChecksum = false;
  for (let frame = await readZstdFrame(reader, 0, signal); frame; frame = await readZstdFrame(reader, end, signal)) {
    end = frame.end;
    if (frame.isSkippable) continue;
    if (!frame.isDecodable) return unchecked;
    let length = 0;
    await decodeFrame(reader, frame, signal, (chunk) => {
      content.add(chunk);
      length += chunk.length;
      sweep(chunk.length);
    });
    isWithoutChecksum ||= !frame.hasChecksum && length > 0;
  }
  return [
    ...content.end(),
    ...(await trailingRemarks(reader, end, container, signal)),
    ...(isWithoutChecksum ? [downloadMessages.withoutChecksums({ container })] : []),
  ];
}

async function decodeFrame(
  reader: ByteReader,
  { start, end }: ZstdFrame,
  signal: AbortSignal,
  take: (chunk: Buffer) => void,
): Promise<void> {
  signal.throwIfAborted();
  const bytes = end - start <= small.packed ? await reader.read(start, end - start) : undefined;
  const decoded = bytes && decodeSmall(() => zlib.zstdDecompressSync(bytes, { maxOutputLength: small.content }));
  if (decoded) return take(decoded);
  const chunks = async function* (): AsyncGenerator<Buffer> {
    // The decoder holds what it has not consumed yet, and the reader reuses its chunks.
    for await (const chunk of reader.stream(start, end, signal)) yield Buffer.from(chunk);
  };
  const drain = async (decompressed: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of decompressed) take(chunk);
  };
  try {
    await pipeline(chunks, zlib.createZstdDecompress(), drain, { signal });
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !/^(Z|ZSTD)_/.test(String(error.code))) throw error;
    throw damaged(downloadMessages.streamDamaged({ container, reason: error.message }), error);
  }
}
