import { downloadMessages, type Message } from '../../../messages/index.ts';
import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../damage.ts';
import { type ContentOptions, checkContent } from './content-check.ts';

const container = 'bzip2';

const blockMagic = 0x314159265359n;
const endMagic = 0x177245385090n;
/** A magic number and a checksum that begin within a byte. */
const markBytes = 11;

/**
 * For each byte, a bit for each of the eight bit offsets at which a magic number could have it as its byte number
 * `position`; the offsets of a block are below those of an end.
 */
function offsetsOf(position: number): Uint16Array {
  const offsets = new Uint16Array(256);
  for (const [index, magic] of [blockMagic, endMagic].entries()) {
    for (let shift = 0; shift < 8; shift += 1) {
      const byte = Number((magic >> BigInt(40 - 8 * position + shift)) & 0xffn);
      offsets[byte] = (offsets[byte] ?? 0) | (1 << (8 * index + shift));
    }
  }
  return offsets;
}

/** Gives the first byte from there on in which a magic number may begin. */
type Search = (bytes: Buffer, from: number, end: number) => number;

function createSearch(): Search {
  const [second, third, fourth] = [offsetsOf(1), offsetsOf(2), offsetsOf(3)];
  const at = (offsets: Uint16Array, byte = 0): number => offsets[byte] ?? 0;
  return (bytes, from, end) => {
    for (let index = from; index < end; index += 1) {
      const offsets = at(second, bytes[index + 1]) & at(third, bytes[index + 2]);
      if (offsets !== 0 && (offsets & at(fourth, bytes[index + 3])) !== 0) return index;
    }
    return end;
  };
}

interface Mark {
  readonly isEnd: boolean;
  /** Of a block, or of all blocks of the stream. */
  readonly crc: number;
  /** Offset of the first byte behind it. */
  readonly end: number;
}

/** Decompresses every block, or checks the structure alone if a block cannot be decoded. Throws "damaged". */
export async function checkBzip2(options: ContentOptions): Promise<Message[]> {
  return (await checkContent({ name: container }, options)) ?? checkStructure(options);
}

/** Finds the blocks and the ends of streams, and compares the blocks' declared checksums with that of their stream. */
async function checkStructure({ reader, signal }: ContentOptions): Promise<Message[]> {
  let combined = 0;
  for await (const { isEnd, crc, end } of marksIn(reader, signal)) {
    if (!isEnd) {
      combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0;
      continue;
    }
    if (crc !== combined) throw damaged(downloadMessages.headersDamaged({ container }));
    // Common tools ignore what follows a stream and does not begin as another one.
    if (!(await isHeader(reader, end))) return [downloadMessages.contentUnchecked({ container })];
    combined = 0;
  }
  throw damaged(downloadMessages.streamEndsEarly({ container }));
}

async function isHeader(reader: ByteReader, at: number): Promise<boolean> {
  return /^BZh[1-9]/.test((await reader.read(at, 4)).toString('latin1'));
}

async function* marksIn(reader: ByteReader, signal: AbortSignal): AsyncGenerator<Mark> {
  const search = createSearch();
  let rest: Buffer = Buffer.alloc(0);
  let position = 0;
  for await (const chunk of reader.stream(0, reader.size, signal)) {
    const bytes = Buffer.concat([rest, chunk]);
    const last = position + bytes.length === reader.size ? bytes.length : bytes.length - markBytes;
    for (let at = search(bytes, 0, last); at < last; at = search(bytes, at + 1, last)) {
      const mark = markAt(bytes, at);
      if (mark) yield { ...mark, end: position + mark.end };
    }
    rest = Buffer.from(bytes.subarray(Math.max(0, last)));
    position += bytes.length - rest.length;
  }
}

/** The magic number and the checksum behind it that begin with a bit of that byte. */
function markAt(bytes: Buffer, at: number): Mark | undefined {
  const window = bytes.subarray(at, at + markBytes);
  const value = BigInt(`0x${window.toString('hex').padEnd(2 * markBytes, '0')}`);
  for (let shift = 0; shift < 8; shift += 1) {
    const aligned = value >> BigInt(8 - shift);
    const magic = (aligned >> 32n) & 0xffffffffffffn;
    if (magic !== blockMagic && magic !== endMagic) continue;
    const end = at + Math.ceil((80 + shift) / 8);
    if (end > bytes.length) return undefined;
    return { isEnd: magic === endMagic, crc: Number(aligned & 0xffffffffn), end };
  }
  return undefined;
}
