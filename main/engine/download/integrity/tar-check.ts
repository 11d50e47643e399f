import { downloadMessages, type Message } from '../../messages/index.ts';
import type { ByteReader } from './byte-reader.ts';
import { damaged } from './damage.ts';
import { isZero, tarBlockBytes } from './tar-header.ts';
import { createTarWalk, headerRemarks } from './tar-walk.ts';

/** Follows the headers of a tar archive to its end; its files carry no checksums. Throws "damaged". */
export async function checkTar(reader: ByteReader, signal: AbortSignal): Promise<Message[]> {
  const walk = createTarWalk();
  for (let position = 0; ; ) {
    signal.throwIfAborted();
    const block = await reader.read(position, tarBlockBytes);
    if (block.length < tarBlockBytes && (position === 0 || walk.isWithinMap)) {
      throw damaged(downloadMessages.tarEndsEarly());
    }
    // Common tools ignore a part of a block where a further file would begin.
    if (block.length < tarBlockBytes) return [...headerRemarks(walk), downloadMessages.tarEndMissing()];
    const step = walk.take(block);
    if (step === undefined) return [...headerRemarks(walk), ...(await endRemarks(reader, position, signal))];
    position += tarBlockBytes;
    if (step.description > 0) walk.describe(await reader.read(position, step.description));
    position += step.content;
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

/** Whether the remarks on a tar archive leave no doubt that it is complete. */
export function hasEndMarker(remarks: readonly Message[]): boolean {
  return !remarks.some(({ code }) => code === downloadMessages.tarEndMissing().code);
}
