import type { ByteInput } from './byte-input.ts';
import { DecompressionFault } from './fault.ts';

/** Reads bits, the highest of a byte first. */
export class Bzip2Bits {
  readonly #input: ByteInput;
  /** The lowest `#count` bits are those read ahead. */
  #value = 0;
  #count = 0;
  /** How many of these bits, the last ones, are zeros behind the end of the file. */
  #padding = 0;

  constructor(input: ByteInput) {
    this.#input = input;
  }

  /** The next bits, at most 24; throws "ends-early" where there are fewer. */
  read(bits: number): number {
    const value = this.peek(bits);
    this.skip(bits);
    return value;
  }

  /** The next bits, at most 24; zeros behind the end of the file. */
  peek(bits: number): number {
    while (this.#count < bits) {
      if (this.#input.isAtEnd) {
        this.#padding += 8;
        this.#value <<= 8;
      } else this.#value = (this.#value << 8) | this.#input.next();
      this.#count += 8;
    }
    return (this.#value >>> (this.#count - bits)) & ((1 << bits) - 1);
  }

  /** Only after a peek at as many. */
  skip(bits: number): void {
    this.#count -= bits;
    if (this.#count < this.#padding) throw new DecompressionFault('ends-early');
  }

  /** Skips the rest of a byte. */
  align(): void {
    this.#count -= this.#count % 8;
  }

  get isAtEnd(): boolean {
    return this.#count === this.#padding && this.#input.isAtEnd;
  }

  /** Of the byte with the next bit. */
  get position(): number {
    return this.#input.position - Math.ceil((this.#count - this.#padding) / 8);
  }
}
