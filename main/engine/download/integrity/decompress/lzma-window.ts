import { damage } from './fault.ts';
import type { Output } from './output.ts';

/** Its size is a multiple of this, so that a position within it aligns as one within the data. */
const alignment = 16;

/** The last bytes that were decompressed, to which matches refer. */
export class LzmaWindow {
  readonly #bytes: Uint8Array;
  readonly #output: Output;
  /** Where the next byte goes; since a reset it counts the bytes modulo the window's size. */
  position = 0;
  #flushed = 0;
  /** Bytes since the reset, up to the window's size. */
  #filled = 0;
  /** All bytes that were put so far, also before a reset. */
  total = 0;

  constructor(size: number, output: Output) {
    this.#bytes = new Uint8Array(Math.ceil(Math.max(size, 1) / alignment) * alignment);
    this.#output = output;
  }

  reset(): void {
    this.flush();
    this.position = 0;
    this.#flushed = 0;
    this.#filled = 0;
  }

  put(byte: number): void {
    this.#bytes[this.position] = byte;
    this.position += 1;
    this.total += 1;
    if (this.position === this.#bytes.length) this.#wrap();
  }

  /** The byte that was put so many before the next one; zero where there is none. */
  at(distance: number): number {
    return this.#bytes[this.position - distance + (distance > this.position ? this.#bytes.length : 0)] ?? 0;
  }

  get isEmpty(): boolean {
    return this.position === 0 && this.#filled === 0;
  }

  has(distance: number): boolean {
    return distance <= this.position || distance <= this.#filled;
  }

  /** Repeats bytes from that distance on, which may overlap those that are put. */
  copy(distance: number, length: number): void {
    if (!this.has(distance)) throw damage('invalid distance');
    const bytes = this.#bytes;
    for (let remaining = length; remaining > 0; ) {
      const source = this.position - distance + (distance > this.position ? bytes.length : 0);
      const count = Math.min(remaining, bytes.length - this.position, bytes.length - source);
      let target = this.position;
      for (let from = source; from < source + count; from += 1) {
        bytes[target] = bytes[from] ?? 0;
        target += 1;
      }
      this.position = target;
      this.total += count;
      remaining -= count;
      if (target === bytes.length) this.#wrap();
    }
  }

  /** Outputs what has been put since the last time. */
  flush(): void {
    if (this.position > this.#flushed) this.#output(this.#bytes.subarray(this.#flushed, this.position));
    this.#flushed = this.position;
  }

  #wrap(): void {
    this.flush();
    this.#filled = this.#bytes.length;
    this.position = 0;
    this.#flushed = 0;
  }
}
