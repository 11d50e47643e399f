import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';

const blockBytes = 512;

/** Whether this is the header of a tar archive: it carries the checksum of itself. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < blockBytes) return false;
  const header = Buffer.from(block.buffer, block.byteOffset, blockBytes);
  const declared = parseNumber(header.subarray(148, 156));
  // The checksum is computed with its own field as spaces; old tools add signed bytes.
  const sum = (signed: boolean): number =>
    header.reduce((total, byte, at) => {
      const value = at >= 148 && at < 156 ? 0x20 : byte;
      return total + (signed && value > 127 ? value - 256 : value);
    }, 0);
  return declared !== undefined && (declared === sum(false) || declared === sum(true));
}

/** Follows the headers of a tar archive to its end; its files carry no checksums. Throws "damaged". */
export async function checkTar(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    if (position === reader.size) return [downloadMessages.tarEndMissing()];
    const header = await reader.read(position, blockBytes);
    if (header.length === blockBytes && isZero(header)) return endRemarks(reader, position, signal);
    if (!isTarHeader(header)) throw damaged(downloadMessages.tarDamaged());
    const size = parseNumber(header.subarray(124, 136));
    if (size === undefined) throw damaged(downloadMessages.tarDamaged());
    // Links and devices have no content, whichever size they declare.
    const content = hasContent(header) ? Math.ceil(size / blockBytes) * blockBytes : 0;
    position += blockBytes + content;
    if (position > reader.size) throw damaged(downloadMessages.tarEndsEarly());
  }
}

/** The end is two blocks of zeros; anything else behind it is ignored by common tools. */
async function endRemarks(reader: ByteReader, from: number, signal: AbortSignal): Promise<Message[]> {
  if (reader.size < from + 2 * blockBytes) return [downloadMessages.tarEndMissing()];
  for await (const chunk of reader.stream(from, reader.size, signal)) {
    if (!isZero(chunk)) return [downloadMessages.tarTrailingBytes()];
  }
  return [];
}

/** Type flags 1 to 6: hard and symbolic links, devices, folders and pipes. */
function hasContent(header: Buffer): boolean {
  const type = header[156] ?? 0;
  return type < 0x31 || type > 0x36;
}

/** Octal text, or with the highest bit set binary; undefined for anything else. */
function parseNumber(field: Buffer): number | undefined {
  const [first = 0] = field;
  if ((first & 0x80) !== 0) {
    const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, first & 0x7f);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = field.toString('latin1').replace(/[\0 ]/g, '');
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : undefined;
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
