import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  /** In place of the correct checksum. */
  readonly crc?: number;
  /** Marked as encrypted; the content is unchanged, behind twelve bytes as in the traditional encryption. */
  readonly encrypted?: boolean;
  /** Sizes and offset are in the zip64 field. */
  readonly large?: boolean;
}

/** A zip archive, written by hand so that it can be invalid. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, stored = false, crc, encrypted = false, large = false } of entries) {
    const data = encrypted ? Buffer.concat([Buffer.alloc(12), content]) : stored ? content : deflateRawSync(content);
    const sum = (crc ?? crc32(content)) >>> 0;
    const method = stored || encrypted ? 0 : 8;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(45, 4);
    local.writeUInt16LE(encrypted ? 1 : 0, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(sum, 14);
    local.writeUInt32LE(data.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(45, 6);
    central.writeUInt16LE(encrypted ? 1 : 0, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(sum, 16);
    central.writeUInt32LE(large ? 0xffffffff : data.length, 20);
    central.writeUInt32LE(large ? 0xffffffff : content.length, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt16LE(large ? 28 : 0, 30);
    central.writeUInt32LE(large ? 0xffffffff : offset, 42);
    const wide = Buffer.alloc(large ? 28 : 0);
    if (large) {
      wide.writeUInt16LE(1, 0);
      wide.writeUInt16LE(24, 2);
      wide.writeBigUInt64LE(BigInt(content.length), 4);
      wide.writeBigUInt64LE(BigInt(data.length), 12);
      wide.writeBigUInt64LE(BigInt(offset), 20);
    }
    files.push(local, Buffer.from(name), data);
    directory.push(central, Buffer.from(name), wide);
    offset += local.length + Buffer.byteLength(name) + data.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}

/** Many entries that refer to the same compressed bytes: small on disk, huge when decompressed. */
export function bomb(count: number): Buffer {
  const one = zip([{ name: 'zeros', content: Buffer.alloc(10_000_000) }]);
  const start = one.readUInt32LE(one.length - 6);
  const entry = one.subarray(start, one.length - 22);
  const end = Buffer.from(one.subarray(one.length - 22));
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(entry.length * count, 12);
  return Buffer.concat([one.subarray(0, start), ...Array.from({ length: count }, () => entry), end]);
}
