import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';

/** How a part of an archive begins; null for any byte. */
const beginnings: Readonly<Record<string, readonly (number | null)[]>> = {
  gzip: [0x1f, 0x8b, 8],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
  bzip2: [0x42, 0x5a, 0x68, null, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
};

/** Whether it begins as a part of such an archive but for one byte. */
function isDamagedPart(head: Buffer, container: string): boolean {
  const beginning = beginnings[container] ?? [];
  const wrong = beginning.filter((byte, index) => byte !== null && byte !== head[index]);
  return beginning.length > 0 && wrong.length <= 1;
}

/** What follows the compressed data: tapes and disks pad with zeros, and common tools ignore anything else. */
export async function trailingRemarks(
  reader: ByteReader,
  from: number,
  container: string,
  signal: AbortSignal,
): Promise<Message[]> {
  const bytes = reader.size - from;
  if (bytes <= 0) return [];
  if (isDamagedPart(await reader.read(from, 16), container)) return [downloadMessages.partUnreadable({ container })];
  for await (const chunk of reader.stream(from, reader.size, signal)) {
    if (chunk.some((byte) => byte !== 0)) return [downloadMessages.streamTrailingBytes({ container, bytes })];
  }
  return [downloadMessages.streamPadding({ container, bytes })];
}
