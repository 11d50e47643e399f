import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
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
export async function inflateAt(start: number, end: number, options: InflateOptions): Promise<Inflated> {
  options.signal.throwIfAborted();
  return (await inflateSmall(start, end, options)) ?? inflateStream(start, end, options);
}

/** Bytes decompressed in one step: a stream for each of many small parts would take a hundred times as long. */
export const small = { packed: 16 * 1024, content: 256 * 1024 } as const;

/** Undefined where it is not small, or cannot be decompressed. */
async function inflateSmall(start: number, end: number, options: InflateOptions): Promise<Inflated | undefined> {
  const packed = await options.reader.read(start, Math.min(small.packed, end - start));
  const decoded = decodeSmall(() => inflateRawSync(packed, { maxOutputLength: small.content, info: true }));
  if (!decoded) return undefined;
  const { buffer, engine } = decoded as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  options.take?.(buffer);
  options.sweep(buffer.length);
  return { length: buffer.length, crc: crc32(buffer), consumed: engine.bytesWritten };
}

/** Undefined where zlib rejects the data; the stream then says why. */
export function decodeSmall<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

async function inflateStream(
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
