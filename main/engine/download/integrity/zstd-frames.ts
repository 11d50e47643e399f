import { downloadMessages } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';

const container = 'zstd';
const frameMagic = 0xfd2fb528;
/** The lowest of the sixteen magic numbers of skippable frames, which hold no content. */
const skippableMagic = 0x184d2a50;
/** Node decodes no frame that needs a larger window. */
const largestWindow = 128 * 1024 * 1024;
const bytesOfContentSize = [0, 2, 4, 8] as const;
const bytesOfDictionary = [0, 1, 2, 4] as const;
/** A block begins with its kind and size; the content of a repeated byte is that byte. */
const blockHeaderBytes = 3;
const repeatedByte = 1;
const reservedBlock = 3;

/** A frame of a zstd file (RFC 8878), as its headers describe it. */
export interface ZstdFrame {
  readonly start: number;
  readonly end: number;
  readonly isSkippable: boolean;
  readonly hasChecksum: boolean;
  /** False where it needs a dictionary or more memory than is used here. */
  readonly isDecodable: boolean;
}

/** Reads the headers of the frame that begins there; undefined where none does. Throws "damaged" where it ends too early. */
export async function readZstdFrame(
  reader: ByteReader,
  start: number,
  signal: AbortSignal,
): Promise<ZstdFrame | undefined> {
  const magic = await numberAt(reader, start, 4);
  if (magic === undefined) return undefined;
  if ((magic & 0xfffffff0) >>> 0 === skippableMagic) return readSkippable(reader, start);
  if (magic !== frameMagic) return undefined;
  const { length, ...header } = await readHeader(reader, start + 4);
  const blocksEnd = await endOfBlocks(reader, start + 4 + length, signal);
  const end = blocksEnd + (header.hasChecksum ? 4 : 0);
  if (end > reader.size) throw endsEarly();
  return { start, end, isSkippable: false, ...header };
}

async function readSkippable(reader: ByteReader, start: number): Promise<ZstdFrame> {
  const end = start + 8 + (await required(reader, start + 4, 4));
  if (end > reader.size) throw endsEarly();
  return { start, end, isSkippable: true, hasChecksum: false, isDecodable: true };
}

async function readHeader(reader: ByteReader, start: number) {
  const descriptor = await required(reader, start, 1);
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = bytesOfDictionary[descriptor & 3] ?? 0;
  const sizeBytes = bytesOfContentSize[descriptor >> 6] || (isSingleSegment ? 1 : 0);
  const windowBytes = isSingleSegment ? 0 : 1;
  const sizeStart = start + 1 + windowBytes + dictionaryBytes;
  const window = isSingleSegment
    ? await required(reader, sizeStart, sizeBytes)
    : windowOf(await required(reader, start + 1, 1));
  const dictionary = await required(reader, start + 1 + windowBytes, dictionaryBytes);
  return {
    length: sizeStart + sizeBytes - start,
    hasChecksum: (descriptor & 4) !== 0,
    isDecodable: dictionary === 0 && window <= largestWindow,
  };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

async function endOfBlocks(reader: ByteReader, start: number, signal: AbortSignal): Promise<number> {
  let position = start;
  for (;;) {
    signal.throwIfAborted();
    const header = await required(reader, position, blockHeaderBytes);
    const kind = (header >> 1) & 3;
    if (kind === reservedBlock) throw damaged(downloadMessages.headersDamaged({ container }));
    position += blockHeaderBytes + (kind === repeatedByte ? 1 : header >> 3);
    if ((header & 1) === 1) return position;
  }
}

async function required(reader: ByteReader, position: number, bytes: number): Promise<number> {
  const value = await numberAt(reader, position, bytes);
  if (value === undefined) throw endsEarly();
  return value;
}

/** A number with its lowest byte first; undefined where the file ends before it does. */
async function numberAt(reader: ByteReader, position: number, length: number): Promise<number | undefined> {
  const bytes = await reader.read(position, length);
  if (bytes.length < length) return undefined;
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}

function endsEarly() {
  return damaged(downloadMessages.streamEndsEarly({ container }));
}
