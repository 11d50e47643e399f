import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { DownloadError, errorCode } from '../failure.ts';
import { createMemorySweep } from '../memory-sweep.ts';

/**
 * Reads every entry of a zip archive to its end and compares its length and CRC-32 with the directory.
 * An entry that cannot be decoded (encrypted, or of a rare method) is read without decoding it. Throws DownloadError "damaged".
 */
export async function checkZip(file: string, size: number, signal: AbortSignal): Promise<void> {
  try {
    // Names are not decoded: they are not used, and an unusual one does not damage a backup.
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false });
    try {
      await checkEntries(zip, size, signal);
    } finally {
      zip.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DownloadError || errorCode(error) !== undefined) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(downloadMessages.zipUnreadable({ reason }), error);
  }
}

async function checkEntries(zip: ZipFile, size: number, signal: AbortSignal): Promise<void> {
  if (zip.entryCount === 0) throw damaged(downloadMessages.zipEmpty());
  const sweep = createMemorySweep();
  let compressed = 0;
  for await (const entry of zip.eachEntry()) {
    signal.throwIfAborted();
    compressed += entry.compressedSize;
    // A zip bomb refers to the same bytes many times.
    if (compressed > size) throw damaged(downloadMessages.zipOverlapping());
    await checkEntry(zip, entry, sweep, signal);
  }
}

async function checkEntry(zip: ZipFile, entry: Entry, sweep: (bytes: number) => void, signal: AbortSignal) {
  const readable = entry.canDecodeFileData();
  // yauzl 3.4 decodes without this option, and with `true` does not.
  const content = await zip.openReadStreamPromise(entry, readable ? {} : { decodeFileData: false });
  let sum = 0;
  let length = 0;
  await pipeline(
    content,
    async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        sum = crc32(chunk, sum);
        length += chunk.length;
        sweep(chunk.length);
      }
    },
    { signal },
  );
  const declared = readable ? entry.uncompressedSize : entry.compressedSize;
  if (length !== declared) throw damaged(downloadMessages.zipEntryShort({ read: length, declared }));
  if (readable && sum !== entry.crc32) throw damaged(downloadMessages.zipChecksum());
}

function damaged(message: Message, cause?: unknown): DownloadError {
  return new DownloadError('damaged', message, cause === undefined ? {} : { cause });
}
