/** Collects the chunks of one body in about as much memory as it has bytes, however small they are. */
interface BodyCollector {
  add(chunk: Buffer): void;
  /** Everything that was added. */
  take(): Buffer;
  clear(): void;
}

/** A smaller chunk costs more as an object of its own than it holds. */
const smallChunk = 4096;
const blockSize = 16 * 1024;

/** Copies small chunks after the first into blocks, as well as those that keep a much larger socket block in memory. */
export function createBodyCollector(): BodyCollector {
  let parts: Buffer[] = [];
  let block: Buffer | undefined;
  let used = 0;
  const finishBlock = (): void => {
    if (block && used > 0) parts.push(block.subarray(0, used));
    block = undefined;
    used = 0;
  };
  const copy = (chunk: Buffer): void => {
    for (let start = 0; start < chunk.length; ) {
      block ??= Buffer.allocUnsafeSlow(blockSize);
      const copied = chunk.copy(block, used, start);
      start += copied;
      used += copied;
      if (used === blockSize) finishBlock();
    }
  };
  return {
    add(chunk) {
      const isFirst = parts.length === 0 && used === 0;
      const isWasteful = chunk.length < smallChunk || chunk.length * 2 < chunk.buffer.byteLength;
      if (isWasteful && !isFirst) return copy(chunk);
      finishBlock();
      parts.push(chunk);
    },
    take() {
      finishBlock();
      return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    },
    clear() {
      parts = [];
      block = undefined;
      used = 0;
    },
  };
}
