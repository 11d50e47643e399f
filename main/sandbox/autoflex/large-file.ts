import { createHash } from 'node:crypto';

/** A file whose bytes need not be in memory and can be read from any offset. */
export interface LargeFile {
  readonly size: number;
  /** The bytes from `from` up to, not including, `to`; the pieces must not be modified. */
  read(from: number, to: number): Iterable<Uint8Array>;
}

const blockSize = 1024 * 1024;

/** Bytes that depend only on the seed: one random MiB, rotated by a different amount in each MiB, so that all differ. */
export function seededBytes(seed: string, size: number): LargeFile {
  const block = randomBlock(seed);
  return {
    size,
    *read(from, to) {
      for (let at = from; at < to; ) {
        const number = Math.floor(at / blockSize);
        const start = ((at % blockSize) + turnOf(number)) % blockSize;
        const length = Math.min(blockSize - start, blockSize - (at % blockSize), to - at);
        yield block.subarray(start, start + length);
        at += length;
      }
    },
  };
}

export function bytesOf(bytes: Uint8Array): LargeFile {
  return {
    size: bytes.length,
    *read(from, to) {
      yield bytes.subarray(from, to);
    },
  };
}

export function part(file: LargeFile, start: number, size: number): LargeFile {
  return { size, read: (from, to) => file.read(start + from, start + to) };
}

export function joined(files: readonly LargeFile[]): LargeFile {
  return {
    size: files.reduce((sum, { size }) => sum + size, 0),
    *read(from, to) {
      let start = 0;
      for (const file of files) {
        const first = Math.max(from - start, 0);
        const last = Math.min(to - start, file.size);
        if (first < last) yield* file.read(first, last);
        start += file.size;
      }
    },
  };
}

/** The hash in hex. Reads the whole file synchronously, at about 1 GiB a second. */
export function sha256(file: LargeFile): string {
  const hash = createHash('sha256');
  for (const piece of file.read(0, file.size)) hash.update(piece);
  return hash.digest('hex');
}

function randomBlock(seed: string): Uint8Array {
  return createHash('shake256', { outputLength: blockSize }).update(seed).digest();
}

/** The rotation of a block: very different for neighbouring blocks, unique for the first million. */
function turnOf(number: number): number {
  return (Math.imul(number, 0x9e3779b1) >>> 0) % blockSize;
}
