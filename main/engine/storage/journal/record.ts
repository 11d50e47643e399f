import { crc32 } from 'node:zlib';

/** What is stored at one place of a journal file. */
export interface JournalRecord {
  /** Grows by one from record to record, and is never given twice. */
  readonly sequence: number;
  readonly content: Uint8Array;
}

/** "RBJ1", the length of the content, the sequence number, and a checksum of both numbers and the content. */
export const headerSize = 18;
const magic = 0x52424a31;
const at = { length: 4, sequence: 8, checksum: 14 } as const;

/** What stands before the content in the file. */
export function encodeHeader({ sequence, content }: JournalRecord): Buffer {
  const header = Buffer.allocUnsafe(headerSize);
  header.writeUInt32BE(magic, 0);
  header.writeUInt32BE(content.length, at.length);
  header.writeUIntBE(sequence, at.sequence, 6);
  header.writeUInt32BE(checksumOf(header, content), at.checksum);
  return header;
}

/**
 * The records of a file, from its start to the first that is broken or does not follow the one before: what stands after it
 * is left from an earlier use of the file.
 */
export function decodeRecords(file: Buffer): JournalRecord[] {
  const records: JournalRecord[] = [];
  for (let position = 0; ; ) {
    const record = decodeRecord(file.subarray(position));
    const last = records.at(-1);
    if (!record || (last && record.sequence !== last.sequence + 1)) return records;
    records.push(record);
    position += headerSize + record.content.length;
  }
}

function decodeRecord(bytes: Buffer): JournalRecord | undefined {
  if (bytes.length < headerSize || bytes.readUInt32BE(0) !== magic) return undefined;
  const end = headerSize + bytes.readUInt32BE(at.length);
  if (end > bytes.length) return undefined;
  const content = bytes.subarray(headerSize, end);
  if (bytes.readUInt32BE(at.checksum) !== checksumOf(bytes, content)) return undefined;
  return { sequence: bytes.readUIntBE(at.sequence, 6), content };
}

function checksumOf(bytes: Buffer, content: Uint8Array): number {
  return crc32(content, crc32(bytes.subarray(at.length, at.checksum)));
}
