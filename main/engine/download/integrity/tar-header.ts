import { downloadMessages } from '../../messages/index.ts';
import { damaged } from './damage.ts';

export const tarBlockBytes = 512;

/** Whether this is the header of a tar archive: it carries the checksum of itself. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < tarBlockBytes) return false;
  const header = Buffer.from(block.buffer, block.byteOffset, tarBlockBytes);
  const declared = parseNumber(header.subarray(148, 156));
  // The checksum is computed with its own field as spaces; old tools add signed bytes.
  const sum = (signed: boolean): number =>
    header.reduce((total, byte, at) => {
      const value = at >= 148 && at < 156 ? 0x20 : byte;
      return total + (signed && value > 127 ? value - 256 : value);
    }, 0);
  return declared !== undefined && (declared === sum(false) || declared === sum(true));
}

/** The bytes of content, in whole blocks, that follow a header. Throws "damaged" where it is none. */
export function tarContentBytes(header: Buffer): number {
  const size = isTarHeader(header) ? parseNumber(header.subarray(124, 136)) : undefined;
  if (size === undefined) throw damaged(downloadMessages.tarDamaged());
  // Links and devices have no content, whichever size they declare.
  return hasContent(header) ? Math.ceil(size / tarBlockBytes) * tarBlockBytes : 0;
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
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
