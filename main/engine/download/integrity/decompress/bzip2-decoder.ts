import type { ByteInput } from './byte-input.ts';
import { Bzip2Bits } from './bzip2-bits.ts';
import { readSymbols } from './bzip2-symbols.ts';
import { damage, unsupported } from './fault.ts';
import type { Output } from './output.ts';

const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;
const blockStep = 100_000;

/**
 * Decompresses every stream of a bzip2 file and compares the checksums of blocks and streams. Returns the position
 * behind the last one: like common tools, it ignores what follows and does not begin as another stream.
 */
export function decodeBzip2(input: ByteInput, output: Output): number {
  const bits = new Bzip2Bits(input);
  const decoder = new BlockDecoder(bits, output);
  let level = readHeader(bits);
  if (level === undefined) throw damage('invalid stream header');
  let end = 0;
  while (level !== undefined) {
    decodeStream(bits, decoder, level);
    end = bits.position;
    level = readHeader(bits);
  }
  return end;
}

/** The level of the stream that begins here; undefined where none does. */
function readHeader(bits: Bzip2Bits): number | undefined {
  if (bits.isAtEnd) return undefined;
  for (const expected of Buffer.from('BZh')) if (bits.read(8) !== expected) return undefined;
  const level = bits.read(8) - 0x30;
  return level >= 1 && level <= 9 ? level : undefined;
}

function decodeStream(bits: Bzip2Bits, decoder: BlockDecoder, level: number): void {
  let combined = 0;
  for (;;) {
    const magic = bits.read(24) * 2 ** 24 + bits.read(24);
    const declared = bits.read(16) * 2 ** 16 + bits.read(16);
    if (magic === endMagic) {
      if (declared !== combined) throw damage('incorrect data check');
      bits.align();
      return;
    }
    if (magic !== blockMagic) throw damage('invalid block header');
    if (decoder.decode(level * blockStep) !== declared) throw damage('incorrect data check');
    combined = (((combined << 1) | (combined >>> 31)) ^ declared) >>> 0;
  }
}

const outputBytes = 64 * 1024;

/** Decodes one block after another, in the same memory: 3.6 MB at the highest level. */
class BlockDecoder {
  readonly #bits: Bzip2Bits;
  readonly #output: Output;
  #links = new Uint32Array(0);
  readonly #bytes = new Uint8Array(outputBytes);

  constructor(bits: Bzip2Bits, output: Output) {
    this.#bits = bits;
    this.#output = output;
  }

  /** Gives the checksum of what the block decompresses to. */
  decode(capacity: number): number {
    // An early version of the format shuffled some blocks.
    if (this.#bits.read(1) === 1) throw unsupported('randomized block');
    const origin = this.#bits.read(24);
    const counts = new Uint32Array(256);
    if (this.#links.length < capacity) this.#links = new Uint32Array(capacity);
    const length = readSymbols(this.#bits, this.#links.subarray(0, capacity), counts);
    if (origin >= length) throw damage('invalid block origin');
    this.#linkBytes(length, counts);
    return this.#expand(length, origin);
  }

  /** Inverts the Burrows-Wheeler transform: beside each byte, the index of the byte that follows it. */
  #linkBytes(length: number, counts: Uint32Array): void {
    const links = this.#links;
    let sum = 0;
    for (let byte = 0; byte < 256; byte += 1) {
      const count = counts[byte] ?? 0;
      counts[byte] = sum;
      sum += count;
    }
    for (let index = 0; index < length; index += 1) {
      const byte = (links[index] ?? 0) & 0xff;
      const target = counts[byte] ?? 0;
      counts[byte] = target + 1;
      links[target] = (links[target] ?? 0) | (index << 8);
    }
  }

  /** Follows the links and expands runs: after four equal bytes comes the number of further ones. */
  #expand(length: number, origin: number): number {
    const links = this.#links;
    const bytes = this.#bytes;
    let crc = 0xffffffff;
    let filled = 0;
    let run = 0;
    let previous = -1;
    let link = (links[origin] ?? 0) >>> 8;
    for (let index = 0; index < length; index += 1) {
      const entry = links[link] ?? 0;
      const byte = entry & 0xff;
      link = entry >>> 8;
      let copies = 1;
      if (run === 4) {
        copies = byte;
        run = 0;
      } else {
        run = byte === previous ? run + 1 : 1;
        previous = byte;
      }
      for (; copies > 0; copies -= 1) {
        bytes[filled] = previous;
        filled += 1;
        crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ previous] ?? 0);
        if (filled < outputBytes) continue;
        this.#output(bytes);
        filled = 0;
      }
    }
    this.#output(bytes.subarray(0, filled));
    return ~crc >>> 0;
  }
}

/** CRC-32 with the highest bit first, which zlib does not compute. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc >>> 0;
});
