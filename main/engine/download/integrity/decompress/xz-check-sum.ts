import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc64 } from './crc64.ts';
import { unsupported } from './fault.ts';

/** The checksum of what a block of an xz file decompresses to. */
export interface BlockCheck {
  readonly bytes: number;
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

/** The check with this number in the flags of a stream; undefined for the number that means none. */
export function createBlockCheck(kind: number): BlockCheck | undefined {
  if (kind === 0) return undefined;
  const create = kinds.get(kind);
  if (!create) throw unsupported('check');
  return create();
}

const kinds: ReadonlyMap<number, () => BlockCheck> = new Map([
  [1, createCrc32],
  [4, createCrc64],
  [10, createSha256],
]);

function createCrc32(): BlockCheck {
  let crc = 0;
  return {
    bytes: 4,
    update(bytes) {
      crc = crc32(bytes, crc);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(crc);
      return bytes;
    },
  };
}

function createCrc64(): BlockCheck {
  const crc = new Crc64();
  return { bytes: 8, update: (bytes) => crc.update(bytes), digest: () => crc.digest() };
}

function createSha256(): BlockCheck {
  const hash = createHash('sha256');
  return { bytes: 32, update: (bytes) => hash.update(bytes), digest: () => hash.digest() };
}
