import { downloadMessages, type Message } from '../../../messages/index.ts';
import type { ByteReader } from '../byte-reader.ts';
import { damaged } from '../damage.ts';
import { DecompressionFault, decompress, type Format } from '../decompress/index.ts';
import type { DecompressedContent } from '../decompressed-content.ts';
import { trailingRemarks } from '../trailing.ts';

export interface ContentOptions {
  readonly reader: ByteReader;
  readonly content: DecompressedContent;
  readonly signal: AbortSignal;
}

/**
 * Decompresses the file without storing it, and compares its checksums. Gives undefined where it uses something that is not
 * decoded here. Throws "damaged".
 */
export async function checkContent(format: Format, options: ContentOptions): Promise<Message[] | undefined> {
  const { reader, content, signal } = options;
  const container = format.name;
  try {
    const end = await decompress(reader.file, format, content.add, signal);
    return [...content.end(), ...(await trailingRemarks(reader, end, container, signal))];
  } catch (error) {
    if (!(error instanceof DecompressionFault)) throw error;
    if (error.fault === 'unsupported') return undefined;
    const { streamEndsEarly, streamDamaged } = downloadMessages;
    const isCut = error.fault === 'ends-early';
    throw damaged(isCut ? streamEndsEarly({ container }) : streamDamaged({ container, reason: error.message }), error);
  }
}
