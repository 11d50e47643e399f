import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import { isZero, tarBlockBytes, tarContentBytes } from './tar-header.ts';

/** Follows the headers of a tar archive to its end; its files carry no checksums. Throws "damaged". */
export async function checkTar(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    if (position === reader.size) return [downloadMessages.tarEndMissing()];
    const header = await reader.read(position, tarBlockBytes);
    if (header.length === tarBlockBytes && isZero(header)) return endRemarks(reader, position, signal);
    position += tarBlockBytes + tarContentBytes(header);
    if (position > reader.size) throw damaged(downloadMessages.tarEndsEarly());
  }
}

/** The end is two blocks of zeros; anything else behind it is ignored by common tools. */
async function endRemarks(reader: ByteReader, from: number, signal: AbortSignal): Promise<Message[]> {
  if (reader.size < from + 2 * tarBlockBytes) return [downloadMessages.tarEndMissing()];
  for await (const chunk of reader.stream(from, reader.size, signal)) {
    if (!isZero(chunk)) return [downloadMessages.tarTrailingBytes()];
  }
  return [];
}
