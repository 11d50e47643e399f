import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import type { ByteReader } from './byte-reader.ts';

export interface InflateOptions {
  readonly reader: ByteReader;
  readonly signal: AbortSignal;
  /** Takes the number of bytes of each decompressed chunk. */
  sweep(bytes: number): void;
  /** Takes each decompressed chunk. */
  take?(chunk: Buffer): void;
}

export interface Inflated {
  readonly length: number;
  readonly crc: number;
  /** Compressed bytes up to the end of the data, which other bytes may follow. */
  readonly consumed: number;
}

/** Decompresses the raw deflate data that begins at `start`, without storing it. */
export async function inflateAt(
  start: number,
  end: number,
  { reader, signal, sweep, take }: InflateOptions,
): Promise<Inflated> {
  const decoder = createInflateRaw({ chunkSize: 128 * 1024 });
  let length = 0;
  let crc = 0;
  const chunks = async function* (): AsyncGenerator<Buffer> {
    // The decoder holds what it has not consumed yet, and the reader reuses its chunks.
    for await (const chunk of reader.stream(start, end, signal)) yield Buffer.from(chunk);
  };
  await pipeline(
    chunks,
    decoder,
    async (decompressed: AsyncIterable<Buffer>) => {
      for await (const chunk of decompressed) {
        crc = crc32(chunk, crc);
        length += chunk.length;
        take?.(chunk);
        sweep(chunk.length);
      }
    },
    { signal },
  );
  return { length, crc, consumed: decoder.bytesWritten };
}

/** Whether zlib could not decode the data. */
export function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
