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

/** The size that a header declares. Throws "damaged" where it is none. */
export function declaredSize(header: Buffer): number {
  const size = isTarHeader(header) ? parseNumber(header.subarray(124, 136)) : undefined;
  if (size === undefined) throw damaged(downloadMessages.tarDamaged());
  return size;
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Octal text up to a space or a zero, or with the highest bit set binary; undefined for anything else. */
function parseNumber(field: Buffer): number | undefined {
  const [first = 0] = field;
  if ((first & 0x80) !== 0) {
    const value = field.subarray(1).reduce((total, byte) => total * 256 + byte, first & 0x7f);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^[ \0]*([0-7]*)(?:[ \0]|$)/.exec(field.toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8);
}
