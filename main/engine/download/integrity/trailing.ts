import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';

/** What follows the compressed data: tapes and disks pad with zeros, and common tools ignore anything else. */
export async function trailingRemarks(
  reader: ByteReader,
  from: number,
  container: string,
  signal: AbortSignal,
): Promise<Message[]> {
  const bytes = reader.size - from;
  if (bytes <= 0) return [];
  for await (const chunk of reader.stream(from, reader.size, signal)) {
    if (chunk.some((byte) => byte !== 0)) return [downloadMessages.streamTrailingBytes({ container, bytes })];
  }
  return [downloadMessages.streamPadding({ container, bytes })];
}
