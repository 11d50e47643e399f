import { crc32 } from 'node:zlib';
import { downloadMessages, type Message } from '../../../messages/index.ts';
import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../damage.ts';
import { trailingRemarks } from '../trailing.ts';

const container = '7z';
const startBytes = 32;
/** Identifiers within the list of files. */
const ids = { header: 1, mainStreams: 4, packed: 6, sizes: 9, encodedHeader: 23 } as const;
/** The list of files may be long; what it says of the packed streams stands at its beginning. */
const beginningBytes = 64 * 1024;

/**
 * The start header and the file list of a 7z archive have checksums, and the packed streams must lie between them;
 * their content is not decompressed. Throws "damaged".
 */
export async function checkSevenZip(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  const start = Buffer.from(await reader.read(0, startBytes));
  if (start.length < startBytes || crc32(start.subarray(12)) !== start.readUInt32LE(8)) throw headersDamaged();
  const offset = Number(start.readBigUInt64LE(12));
  const length = Number(start.readBigUInt64LE(20));
  const [position, end] = [startBytes + offset, startBytes + offset + length];
  if (length === 0) throw damaged(downloadMessages.archiveEmpty({ container }));
  if (end > reader.size) throw damaged(downloadMessages.streamEndsEarly({ container }));
  if ((await crcOf(reader, position, end, signal)) !== start.readUInt32LE(28)) throw headersDamaged();
  const list = await reader.read(position, Math.min(length, beginningBytes));
  if ((packedEnd(list) ?? 0) > offset) throw headersDamaged();
  const remarks = await trailingRemarks(reader, end, container, signal);
  return [...remarks, downloadMessages.contentUnchecked({ container })];
}

async function crcOf(reader: ByteReader, start: number, end: number, signal: AbortSignal): Promise<number> {
  let crc = 0;
  for await (const chunk of reader.stream(start, end, signal)) crc = crc32(chunk, crc);
  return crc;
}

/** Where the packed streams end, counted from behind the start header; undefined where the list does not begin with them. */
function packedEnd(list: Buffer): number | undefined {
  const numbers = readNumbers(list);
  const next = (): number | undefined => numbers.next().value;
  const first = next();
  if (first === ids.header ? next() !== ids.mainStreams : first !== ids.encodedHeader) return undefined;
  if (next() !== ids.packed) return undefined;
  let end = next();
  const streams = next() ?? 0;
  if (next() !== ids.sizes) return undefined;
  for (let stream = 0; stream < streams && end !== undefined; stream += 1) {
    const size = next();
    end = size === undefined ? undefined : end + size;
  }
  return end;
}

/** The first byte tells by its leading ones how many follow, the lowest first; the rest of it are the highest bits. */
function* readNumbers(bytes: Buffer): Generator<number, undefined> {
  for (let at = 0; at < bytes.length; ) {
    const first = bytes.readUInt8(at);
    const following = Math.min(8, Math.clz32(~first << 24));
    const high = first & (0x7f >> following);
    if (at + following >= bytes.length) return;
    let value = high * 2 ** (8 * following);
    for (let index = 0; index < following; index += 1) value += bytes.readUInt8(at + 1 + index) * 2 ** (8 * index);
    yield value;
    at += 1 + following;
  }
}

function headersDamaged() {
  return damaged(downloadMessages.headersDamaged({ container }));
}
