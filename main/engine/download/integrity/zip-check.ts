import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { byteSize } from '../byte-size.ts';
import { DownloadError, errorCode } from '../failure.ts';
import { createMemorySweep } from '../memory-sweep.ts';

/**
 * Reads every entry of a zip archive to its end and compares its length and CRC-32 with the directory.
 * What cannot be unpacked here (encrypted, or by a rare method) is read as it lies. Throws DownloadError "damaged".
 */
export async function checkZip(file: string, size: number, signal: AbortSignal): Promise<void> {
  try {
    // Names are not decoded: they are not used, and odd ones do not make a backup bad.
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false, decodeStrings: false });
    try {
      await checkEntries(zip, size, signal);
    } finally {
      zip.close();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DownloadError || errorCode(error) !== undefined) throw error;
    throw damaged(`is damaged or ends too early (${wordsOf(error)})`, error);
  }
}

async function checkEntries(zip: ZipFile, size: number, signal: AbortSignal): Promise<void> {
  if (zip.entryCount === 0) throw damaged('is empty');
  const sweep = createMemorySweep();
  let packed = 0;
  for await (const entry of zip.eachEntry()) {
    signal.throwIfAborted();
    packed += entry.compressedSize;
    // An archive that unpacks to thousands of times its size names the same bytes again and again.
    if (packed > size) throw damaged('holds more than fits into it');
    await checkEntry(zip, entry, sweep, signal);
  }
}

async function checkEntry(zip: ZipFile, entry: Entry, sweep: (bytes: number) => void, signal: AbortSignal) {
  const readable = entry.canDecodeFileData();
  // yauzl 3.4 unpacks where nothing is said, and takes `true` for "as it lies".
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
  const expected = readable ? entry.uncompressedSize : entry.compressedSize;
  if (length !== expected)
    throw damaged(`is damaged: an entry ended after ${byteSize(length)} of ${byteSize(expected)}`);
  if (readable && sum !== entry.crc32) throw damaged('is damaged: the checksum of an entry does not match');
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function damaged(what: string, cause?: unknown): DownloadError {
  const options = cause === undefined ? {} : { cause };
  return new DownloadError('damaged', `The zip archive ${what}. Request the backup again.`, options);
}
