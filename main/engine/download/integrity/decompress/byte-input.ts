import { readSync } from 'node:fs';
import { DecompressionFault } from './fault.ts';

const bufferBytes = 64 * 1024;

/** Reads an open file from a position on, byte by byte. Blocks: for a thread of its own. */
export class ByteInput {
  readonly #file: number;
  readonly #buffer = Buffer.alloc(bufferBytes);
  #bufferStart: number;
  #at = 0;
  #end = 0;

  constructor(file: number, position = 0) {
    this.#file = file;
    this.#bufferStart = position;
  }

  /** Of the next byte. */
  get position(): number {
    return this.#bufferStart + this.#at;
  }

  /** The next byte; throws "ends-early" where there is none. */
  next(): number {
    if (this.#at === this.#end && !this.#fill()) throw new DecompressionFault('ends-early');
    const byte = this.#buffer[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#end && !this.#fill();
  }

  /** The next bytes; throws "ends-early" where there are fewer. */
  read(length: number): Buffer {
    const bytes = this.peek(length);
    if (bytes.length < length) throw new DecompressionFault('ends-early');
    this.#bufferStart += length;
    return bytes;
  }

  /** The next bytes, which the next read gives again; fewer at the end of the file. */
  peek(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    const { position } = this;
    let filled = 0;
    while (filled < length) {
      const read = readSync(this.#file, bytes, filled, length - filled, position + filled);
      if (read === 0) break;
      filled += read;
    }
    this.#bufferStart = position;
    this.#at = 0;
    this.#end = 0;
    return bytes.subarray(0, filled);
  }

  #fill(): boolean {
    this.#bufferStart += this.#end;
    this.#at = 0;
    this.#end = readSync(this.#file, this.#buffer, 0, bufferBytes, this.#bufferStart);
    return this.#end > 0;
  }
}
