import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { DownloadError, diskFailure } from '../failure.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import { type Container, containerInName, containerOf } from './container.ts';
import { headBytes, nonFileReason } from './non-file-response.ts';
import { checkZip } from './zip-check.ts';

/** What is known of a file before it is checked. */
export interface ExpectedFile {
  /** Its name, whose extension must not claim another container than the content has. */
  readonly name: string;
  /** As the server announced it. */
  readonly length?: number;
  /** As computed during the download. */
  readonly sha256: string;
  readonly contentType?: string;
  /** Nothing confirms where the file ends: then only an archive can be verified. */
  readonly uncertainEnd?: boolean;
  /** Words by which the provider announces a failure in plain text. */
  readonly failureWords: readonly string[];
}

export interface CheckedFile {
  readonly bytes: number;
  readonly container: Container;
}

/**
 * Reads the file back from disk and checks its length, its hash and, in a zip or gzip archive, every checksum.
 * Memory stays bounded for any archive. Throws DownloadError: "damaged", "unverifiable" or "not-a-backup".
 */
export async function checkIntegrity(file: string, expected: ExpectedFile, signal: AbortSignal): Promise<CheckedFile> {
  try {
    return await check(file, expected, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw diskFailure(error);
  }
}

async function check(file: string, expected: ExpectedFile, signal: AbortSignal): Promise<CheckedFile> {
  const { name, length, sha256, contentType, uncertainEnd = false, failureWords } = expected;
  const { size: received } = await stat(file);
  if (length !== undefined && received !== length) throw damaged(wrongLength(received, length));
  const head = await headOf(file);
  const complete = received <= head.length;
  const reason = nonFileReason({ bytes: head, complete, contentType: contentType ?? null, failureWords });
  if (reason !== undefined) throw new DownloadError('not-a-backup', reason);
  if ((await digestOf(file, signal)) !== sha256) throw damaged(downloadMessages.readBackDiffers());
  const container = containerOf(head);
  rejectExtensionMismatch(name, container);
  if (container === 'none' && uncertainEnd) {
    throw new DownloadError('unverifiable', downloadMessages.endUnknown({ received }));
  }
  if (container === 'zip') await checkZip(file, received, signal);
  if (container === 'gzip') await checkGzip(file, received, signal);
  return { bytes: received, container };
}

function wrongLength(received: number, announced: number): Message {
  const { tooShort, longerThanAnnounced } = downloadMessages;
  return received < announced ? tooShort({ received, announced }) : longerThanAnnounced({ received, announced });
}

/** SHA-256 of a file as it is on disk, in hex. */
export async function digestOf(file: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(256 * 1024);
  await using handle = await open(file);
  for (;;) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, bytesRead));
  }
}

async function headOf(file: string): Promise<Uint8Array> {
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(headBytes), 0, headBytes, 0);
  return buffer.subarray(0, bytesRead);
}

function rejectExtensionMismatch(file: string, container: Container): void {
  const claimed = containerInName(file);
  if (claimed === undefined || claimed === container) return;
  throw damaged(
    container === 'none'
      ? downloadMessages.notAnArchive({ file, extension: claimed })
      : downloadMessages.extensionMismatch({ file, container }),
  );
}

/** Decompresses it without storing the result; zlib checks the CRC and length of every member. */
async function checkGzip(file: string, size: number, signal: AbortSignal): Promise<void> {
  const sweep = createMemorySweep();
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  const drain = async (decompressed: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of decompressed) sweep(chunk.length);
  };
  try {
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), gunzip, drain, { signal });
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const { gzipEndsEarly, gzipDamaged } = downloadMessages;
    throw damaged(error.code === 'Z_BUF_ERROR' ? gzipEndsEarly() : gzipDamaged({ reason: error.message }), error);
  }
  if (gunzip.bytesWritten !== size) throw damaged(downloadMessages.gzipTrailingData());
}

function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function damaged(message: Message, cause?: unknown): DownloadError {
  return new DownloadError('damaged', message, cause === undefined ? {} : { cause });
}
