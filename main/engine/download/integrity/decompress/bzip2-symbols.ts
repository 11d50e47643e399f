import type { Bzip2Bits } from './bzip2-bits.ts';
import { damage } from './fault.ts';

/** Symbols coded with one of the tables before the next one is chosen. */
const groupSymbols = 50;
const longestCode = 20;

/**
 * Reads the bytes of a block: undoes Huffman codes, run lengths of the most frequent byte, and the move-to-front list.
 * Returns how many there are, and in `counts` how many of each.
 */
export function readSymbols(bits: Bzip2Bits, target: Uint32Array, counts: Uint32Array): number {
  const list = readByteList(bits);
  const end = list.length + 1;
  const codes = readCodes(bits, end + 1);
  let length = 0;
  let run = 0;
  let runBit = 1;
  for (;;) {
    const symbol = codes.next();
    if (symbol <= 1) {
      run += runBit << symbol;
      runBit *= 2;
      if (run > target.length - length) throw damage('invalid block length');
      continue;
    }
    if (run > 0) {
      const byte = list[0] ?? 0;
      target.fill(byte, length, length + run);
      counts[byte] = (counts[byte] ?? 0) + run;
      length += run;
      run = 0;
      runBit = 1;
    }
    if (symbol === end) return length;
    if (length === target.length) throw damage('invalid block length');
    const byte = moveToFront(list, symbol - 1);
    target[length] = byte;
    counts[byte] = (counts[byte] ?? 0) + 1;
    length += 1;
  }
}

/** The bytes that occur in the block: a bit for each 16 of them, then a bit for each. */
function readByteList(bits: Bzip2Bits): Uint8Array {
  const groups = bits.read(16);
  const list: number[] = [];
  for (let group = 0; group < 16; group += 1) {
    if ((groups & (0x8000 >> group)) === 0) continue;
    const used = bits.read(16);
    for (let byte = 0; byte < 16; byte += 1) if ((used & (0x8000 >> byte)) !== 0) list.push(16 * group + byte);
  }
  if (list.length === 0) throw damage('invalid symbols');
  return Uint8Array.from(list);
}

function moveToFront(list: Uint8Array, index: number): number {
  const value = list[index] ?? 0;
  // A loop takes less time than a copy within the array where it is short, as most are.
  if (index < 24) for (let at = index; at > 0; at -= 1) list[at] = list[at - 1] ?? 0;
  else list.copyWithin(1, 0, index);
  list[0] = value;
  return value;
}

interface SymbolReader {
  next(): number;
}

function readCodes(bits: Bzip2Bits, alphabet: number): SymbolReader {
  const tableCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (tableCount < 2 || tableCount > 6 || selectorCount === 0) throw damage('invalid code tables');
  const order = Uint8Array.from({ length: tableCount }, (_, index) => index);
  const selectors = new Uint8Array(selectorCount);
  for (let selector = 0; selector < selectorCount; selector += 1) {
    let index = 0;
    while (bits.read(1) === 1) {
      index += 1;
      if (index >= tableCount) throw damage('invalid code selectors');
    }
    selectors[selector] = moveToFront(order, index);
  }
  const tables = Array.from({ length: tableCount }, () => new HuffmanTable(readLengths(bits, alphabet)));
  let group = 0;
  let remaining = 0;
  let table: HuffmanTable | undefined;
  return {
    next() {
      if (remaining === 0) {
        table = group < selectorCount ? tables[selectors[group] ?? 0] : undefined;
        group += 1;
        remaining = groupSymbols;
      }
      remaining -= 1;
      if (!table) throw damage('invalid code selectors');
      return table.read(bits);
    },
  };
}

/** Each length as the difference to the one before. */
function readLengths(bits: Bzip2Bits, alphabet: number): Uint8Array {
  const lengths = new Uint8Array(alphabet);
  let length = bits.read(5);
  for (let symbol = 0; symbol < alphabet; symbol += 1) {
    for (;;) {
      if (length < 1 || length > longestCode) throw damage('invalid code lengths');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return lengths;
}

/** Canonical codes: those of one length are consecutive, in the order of their symbols. */
class HuffmanTable {
  readonly #shortest: number;
  readonly #symbols: Uint16Array;
  /** For each length, the first longer code as if it had the greatest length. */
  readonly #limits = new Uint32Array(longestCode + 1);
  /** For each length, what is added to a code to find its symbol. */
  readonly #offsets = new Int32Array(longestCode + 1);

  constructor(lengths: Uint8Array) {
    this.#symbols = new Uint16Array(lengths.length);
    this.#shortest = Math.min(...lengths);
    let code = 0;
    let count = 0;
    for (let length = this.#shortest; length <= longestCode; length += 1) {
      this.#offsets[length] = count - code;
      for (const [symbol, own] of lengths.entries()) {
        if (own !== length) continue;
        this.#symbols[count] = symbol;
        count += 1;
        code += 1;
      }
      this.#limits[length] = code << (longestCode - length);
      code *= 2;
    }
  }

  read(bits: Bzip2Bits): number {
    const code = bits.peek(longestCode);
    for (let length = this.#shortest; length <= longestCode; length += 1) {
      if (code >= (this.#limits[length] ?? 0)) continue;
      bits.skip(length);
      const symbol = this.#symbols[(code >>> (longestCode - length)) + (this.#offsets[length] ?? 0)];
      if (symbol !== undefined) return symbol;
      break;
    }
    throw damage('invalid code');
  }
}
