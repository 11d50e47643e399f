import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
  readonly stored?: boolean;
  /** In place of the correct checksum. */
  readonly crc?: number;
  /** Claimed in place of the true size. */
  readonly size?: number;
  /** Claimed in place of the true compression. */
  readonly method?: number;
  /** Marked as encrypted; the content is unchanged, behind twelve bytes as in the traditional encryption. */
  readonly encrypted?: boolean;
  /** Sizes and offset are in the zip64 field. */
  readonly large?: boolean;
  /** The sizes follow the data, behind a signature or without one. */
  readonly descriptor?: 'signed' | 'plain';
  /** Extra fields of the local header and of the directory. */
  readonly extra?: Buffer;
  /** Another name in the local header. */
  readonly localName?: string;
  /** Bytes of no entry before this one. */
  readonly gap?: number;
}

export interface ZipOptions {
  /** Declared in place of the true number of entries. */
  readonly count?: number;
  readonly comment?: Buffer;
  /** Count, size and offset of the directory are in a zip64 end record. */
  readonly large?: boolean;
}

/** A zip archive, written by hand so that it can be invalid. */
export function zip(entries: readonly ZipEntry[], options: ZipOptions = {}): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    offset += entry.gap ?? 0;
    const { file, header } = encode(entry, offset);
    files.push(Buffer.alloc(entry.gap ?? 0), file);
    directory.push(header);
    offset += file.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const { count = entries.length, comment = Buffer.alloc(0), large = false } = options;
  return Buffer.concat([...files, ...directory, endRecord({ count, size, offset }, comment, large)]);
}

function encode(entry: ZipEntry, offset: number): { readonly file: Buffer; readonly header: Buffer } {
  const { name, localName = name, content, stored = false, encrypted = false, large = false, descriptor } = entry;
  const { extra = Buffer.alloc(0), crc = crc32(content), size = content.length } = entry;
  const data = encrypted ? Buffer.concat([Buffer.alloc(12), content]) : stored ? content : deflateRawSync(content);
  const method = entry.method ?? (stored || encrypted ? 0 : 8);
  const sizes = large ? [0xffffffff, 0xffffffff] : [data.length, size];
  const checksum = crc >>> 0;
  const fields = [numbers(2, [45, (encrypted ? 1 : 0) | (descriptor ? 8 : 0), method, 0, 0])];
  const header = Buffer.concat([...fields, numbers(4, [checksum, ...sizes])]);
  const localHeader = descriptor ? Buffer.concat([...fields, Buffer.alloc(12)]) : header;
  const localExtra = Buffer.concat([large && !descriptor ? zip64Field([size, data.length]) : Buffer.alloc(0), extra]);
  const directoryExtra = Buffer.concat([large ? zip64Field([size, data.length, offset]) : Buffer.alloc(0), extra]);
  const lengths = (text: string, extraFields: Buffer): Buffer =>
    numbers(2, [Buffer.byteLength(text), extraFields.length]);
  const behind = descriptor ? [descriptorOf([checksum, data.length, size], descriptor === 'signed')] : [];
  return {
    file: Buffer.concat([
      ...[numbers(4, [0x04034b50]), localHeader, lengths(localName, localExtra)],
      ...[Buffer.from(localName), localExtra, data, ...behind],
    ]),
    header: Buffer.concat([
      ...[numbers(4, [0x02014b50]), numbers(2, [45]), header, lengths(name, directoryExtra)],
      ...[Buffer.alloc(10), numbers(4, [large ? 0xffffffff : offset]), Buffer.from(name), directoryExtra],
    ]),
  };
}

function descriptorOf(values: readonly number[], signed: boolean): Buffer {
  return numbers(4, signed ? [0x08074b50, ...values] : values);
}

interface Directory {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

function endRecord({ count, size, offset }: Directory, comment: Buffer, large: boolean): Buffer {
  const short = (value: number): number => (large ? 0xffffffff : value);
  const end = Buffer.concat([
    ...[numbers(4, [0x06054b50]), numbers(2, [0, 0, large ? 0xffff : count, large ? 0xffff : count])],
    ...[numbers(4, [short(size), short(offset)]), numbers(2, [comment.length]), comment],
  ]);
  if (!large) return end;
  return Buffer.concat([
    ...[numbers(4, [0x06064b50]), numbers(8, [44]), numbers(2, [45, 45]), numbers(4, [0, 0])],
    numbers(8, [count, count, size, offset]),
    ...[numbers(4, [0x07064b50, 0]), numbers(8, [offset + size]), numbers(4, [1])],
    end,
  ]);
}

function zip64Field(values: readonly number[]): Buffer {
  return Buffer.concat([numbers(2, [1, 8 * values.length]), numbers(8, values)]);
}

/** Little-endian numbers of 2, 4 or 8 bytes. */
function numbers(bytes: 2 | 4 | 8, values: readonly number[]): Buffer {
  const buffer = Buffer.alloc(bytes * values.length);
  for (const [index, value] of values.entries()) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), bytes * index);
    else buffer.writeUIntLE(value % 2 ** (8 * bytes), bytes * index, bytes);
  }
  return buffer;
}

/** The headers of a 7z archive without files, around bytes that no header describes unless the list of files does. */
export function sevenZip(packed: Buffer, next = Buffer.from([1, 0])): Buffer {
  const start = Buffer.concat([numbers(8, [packed.length, next.length]), numbers(4, [crc32(next)])]);
  return Buffer.concat([Buffer.from('377abcaf271c0004', 'hex'), numbers(4, [crc32(start)]), start, packed, next]);
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
