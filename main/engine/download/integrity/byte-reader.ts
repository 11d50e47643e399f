import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Reads a file at any position. */
export interface ByteReader {
  /** Its path. */
  readonly file: string;
  readonly size: number;
  /** Up to `length` bytes; fewer only at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
  /** The bytes from `start` up to `end`, in chunks that stay valid until the next one. */
  stream(start: number, end: number, signal: AbortSignal): AsyncGenerator<Buffer>;
}

const chunkBytes = 256 * 1024;

/** Reads of up to `windowBytes / 2` are served from a window of the file, so that many small ones in a row cost little. */
const windowBytes = 512 * 1024;

/** Milliseconds that reads from the window may take in a row before anything else runs. */
const longestTurn = 10;

/** Opens the file for the duration of `work`. */
export async function withReader<T>(file: string, work: (reader: ByteReader) => Promise<T>): Promise<T> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  let turnedAt = performance.now();
  let window: { readonly position: number; readonly bytes: Buffer } = { position: 0, bytes: Buffer.alloc(0) };
  return await work({
    file,
    size,
    async read(position, length) {
      const available = Math.min(length, Math.max(0, size - position));
      if (available === 0) return Buffer.alloc(0);
      if (available > windowBytes / 2) return readAt(handle, position, available);
      if (position < window.position || position + available > window.position + window.bytes.length) {
        // Reading backwards, the bytes before are wanted next.
        const start = position < window.position ? Math.max(0, position + available - windowBytes) : position;
        window = { position: start, bytes: await readAt(handle, start, Math.min(windowBytes, size - start)) };
        turnedAt = performance.now();
      } else if (performance.now() - turnedAt > longestTurn) {
        await nextTurn();
        turnedAt = performance.now();
      }
      return window.bytes.subarray(position - window.position, position - window.position + available);
    },
    async *stream(start, end, signal) {
      const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, end - start)));
      for (let position = start; position < end; ) {
        signal.throwIfAborted();
        const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - position), position);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
        position += bytesRead;
      }
    },
  });
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(buffer, done, length - done, position + done);
    if (bytesRead === 0) return buffer.subarray(0, done);
    done += bytesRead;
  }
  return buffer;
}
