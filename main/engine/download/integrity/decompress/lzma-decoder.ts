import type { ByteInput } from './byte-input.ts';
import { damage } from './fault.ts';
import type { LzmaWindow } from './lzma-window.ts';

/** How many bits of the previous byte and of the position choose the probabilities. */
interface LzmaProperties {
  readonly lc: number;
  readonly lp: number;
  readonly pb: number;
}

/** Undefined where the byte holds none. */
export function lzmaProperties(byte: number): LzmaProperties | undefined {
  if (byte >= 9 * 5 * 5) return undefined;
  return { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
}

/** Where the probabilities of each kind lie. */
const offsets = {
  isMatch: 0,
  isRepeat: 192,
  isRepeat0: 204,
  isRepeat1: 216,
  isRepeat2: 228,
  isLongRepeat: 240,
  slot: 432,
  special: 688,
  align: 803,
  matchLength: 819,
  repeatLength: 1333,
  literal: 1847,
} as const;
/** Within those of a length. */
const lengthOffsets = { longer: 0, longest: 1, short: 2, middle: 130, long: 258 } as const;

const probabilityBits = 11;
const evenly = 1 << (probabilityBits - 1);
const adaptation = 5;
const renormalizeBelow = 2 ** 24;
const endMarker = 2 ** 32 - 1;

/** Indices of the range coder's two numbers of 32 bits, in an array because it keeps them unboxed. */
const range = 0;
const code = 1;

/** Decodes LZMA data: matches with earlier bytes and literals, each bit of which is coded by its probability. */
export class LzmaDecoder {
  readonly #input: ByteInput;
  readonly #window: LzmaWindow;
  readonly #coder = new Uint32Array(2);
  #probabilities = new Uint16Array(0);
  #literalShift = 0;
  #literalMask = 0;
  #positionMask = 0;
  #state = 0;
  /** The distances of the last matches, the latest first. */
  #repeats: [number, number, number, number] = [1, 1, 1, 1];

  constructor(input: ByteInput, window: LzmaWindow) {
    this.#input = input;
    this.#window = window;
  }

  setProperties({ lc, lp, pb }: LzmaProperties): void {
    this.#literalShift = lc;
    this.#literalMask = (1 << lp) - 1;
    this.#positionMask = (1 << pb) - 1;
    this.#probabilities = new Uint16Array(offsets.literal + (0x300 << (lc + lp)));
  }

  resetState(): void {
    this.#probabilities.fill(evenly);
    this.#state = 0;
    this.#repeats = [1, 1, 1, 1];
  }

  /** Reads the first five bytes of the coded data. */
  start(): void {
    if (this.#input.next() !== 0) throw damage('invalid first byte');
    this.#coder[range] = 2 ** 32 - 1;
    for (let byte = 0; byte < 4; byte += 1) this.#coder[code] = ((this.#coder[code] ?? 0) << 8) | this.#input.next();
  }

  /** Whether the coded data may end here. */
  get isFinished(): boolean {
    return this.#coder[code] === 0;
  }

  /** Decodes until so many bytes in total are in the window, or to an end marker; gives whether it met one. */
  decode(until: number): boolean {
    const window = this.#window;
    while (window.total < until) {
      const position = window.position & this.#positionMask;
      if (this.#bit(offsets.isMatch + (this.#state << 4) + position) === 0) {
        this.#literal();
        continue;
      }
      const length = this.#match(position);
      if (length === 0) return true;
      if (length > until - window.total) throw damage('invalid match length');
      window.copy(this.#repeats[0], length);
    }
    return false;
  }

  /** Sets the distance and gives the length; zero for an end marker. */
  #match(position: number): number {
    const state = this.#state;
    if (this.#bit(offsets.isRepeat + state) === 0) {
      const length = this.#length(offsets.matchLength, position);
      this.#state = state < 7 ? 7 : 10;
      const distance = this.#distance(length);
      if (distance === endMarker) return 0;
      const [first, second, third] = this.#repeats;
      this.#repeats = [distance + 1, first, second, third];
      return length;
    }
    if (this.#bit(offsets.isRepeat0 + state) === 0) {
      if (this.#bit(offsets.isLongRepeat + (state << 4) + position) === 0) {
        this.#state = state < 7 ? 9 : 11;
        return 1;
      }
    } else this.#chooseRepeat(state);
    this.#state = state < 7 ? 8 : 11;
    return this.#length(offsets.repeatLength, position);
  }

  /** Makes one of the three earlier distances the latest. */
  #chooseRepeat(state: number): void {
    const [first, second, third, fourth] = this.#repeats;
    if (this.#bit(offsets.isRepeat1 + state) === 0) this.#repeats = [second, first, third, fourth];
    else if (this.#bit(offsets.isRepeat2 + state) === 0) this.#repeats = [third, first, second, fourth];
    else this.#repeats = [fourth, first, second, third];
  }

  #literal(): void {
    const window = this.#window;
    const state = this.#state;
    const previous = window.isEmpty ? 0 : window.at(1);
    const context =
      ((window.position & this.#literalMask) << this.#literalShift) + (previous >> (8 - this.#literalShift));
    const base = offsets.literal + 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      // After a match, the byte that would have continued it helps to predict this one.
      let matched = window.at(this.#repeats[0]);
      while (symbol < 0x100) {
        const expected = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#bit(base + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(base + symbol);
    window.put(symbol & 0xff);
    this.#state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  #length(base: number, position: number): number {
    if (this.#bit(base + lengthOffsets.longer) === 0) {
      return 2 + this.#tree(base + lengthOffsets.short + (position << 3), 3);
    }
    if (this.#bit(base + lengthOffsets.longest) === 0) {
      return 10 + this.#tree(base + lengthOffsets.middle + (position << 3), 3);
    }
    return 18 + this.#tree(base + lengthOffsets.long, 8);
  }

  /** One less than how far back the match is. */
  #distance(length: number): number {
    const slot = this.#tree(offsets.slot + (Math.min(length - 2, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return high + this.#reverseTree(offsets.special + high - slot, bits);
    return high + this.#direct(bits - 4) * 16 + this.#reverseTree(offsets.align, 4);
  }

  #tree(base: number, bits: number): number {
    let symbol = 1;
    for (let bit = 0; bit < bits; bit += 1) symbol = (symbol << 1) | this.#bit(base + symbol);
    return symbol - (1 << bits);
  }

  #reverseTree(base: number, bits: number): number {
    let node = 1;
    let symbol = 0;
    for (let index = 0; index < bits; index += 1) {
      const bit = this.#bit(base + node);
      node = (node << 1) | bit;
      symbol |= bit << index;
    }
    return symbol;
  }

  /** Bits without a probability. */
  #direct(bits: number): number {
    const coder = this.#coder;
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const half = (coder[range] ?? 0) >>> 1;
      coder[range] = half;
      value *= 2;
      if ((coder[code] ?? 0) >= half) {
        coder[code] = (coder[code] ?? 0) - half;
        value += 1;
      }
      if (half < renormalizeBelow) this.#renormalize();
    }
    return value;
  }

  #bit(index: number): 0 | 1 {
    const coder = this.#coder;
    const probability = this.#probabilities[index] ?? 0;
    const whole = coder[range] ?? 0;
    const value = coder[code] ?? 0;
    const bound = Math.imul(whole >>> probabilityBits, probability) >>> 0;
    if (value < bound) {
      coder[range] = bound;
      this.#probabilities[index] = probability + (((1 << probabilityBits) - probability) >> adaptation);
      if (bound < renormalizeBelow) this.#renormalize();
      return 0;
    }
    coder[range] = whole - bound;
    coder[code] = value - bound;
    this.#probabilities[index] = probability - (probability >> adaptation);
    if (whole - bound < renormalizeBelow) this.#renormalize();
    return 1;
  }

  #renormalize(): void {
    const coder = this.#coder;
    coder[range] = (coder[range] ?? 0) << 8;
    coder[code] = ((coder[code] ?? 0) << 8) | this.#input.next();
  }
}
