import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { byteSize } from '../byte-size.ts';
import { DownloadError, diskFailure } from '../failure.ts';
import { createMemorySweep } from '../memory-sweep.ts';
import { type Container, containerInName, containerOf } from './container.ts';
import { headBytes, nonFileReason } from './non-file-response.ts';
import { checkZip } from './zip-check.ts';

/** What a downloaded file is said to be. */
export interface ExpectedFile {
  /** The name it is to have: it must not say another container than the file is. */
  readonly name: string;
  /** As the server announced it. */
  readonly length?: number;
  /** As it was computed while the file came in. */
  readonly sha256: string;
  readonly contentType?: string;
  /** Nothing told that it ends there: then only an archive proves itself. */
  readonly uncertainEnd?: boolean;
}

export interface CheckedFile {
  readonly bytes: number;
  readonly container: Container;
}

/**
 * Reads the file back from disk and proves that it is whole: length, hash, and for a zip or gzip archive every checksum in it.
 * Memory stays bounded whatever the archive holds. Throws DownloadError, "damaged", "unproven" or "not-a-backup", which says what is wrong.
 */
export async function checkIntegrity(file: string, claim: ExpectedFile, signal: AbortSignal): Promise<CheckedFile> {
  try {
    return await check(file, claim, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw diskFailure(error);
  }
}

async function check(file: string, claim: ExpectedFile, signal: AbortSignal): Promise<CheckedFile> {
  const { name, length, sha256, contentType, uncertainEnd: doubtfulEnd = false } = claim;
  const { size } = await stat(file);
  if (length !== undefined && size < length)
    throw damaged(`The file ended after ${byteSize(size)} of ${byteSize(length)}.`);
  if (length !== undefined && size > length) {
    throw damaged(`The file has ${byteSize(size)}, the server had announced ${byteSize(length)}.`);
  }
  const head = await headOf(file);
  const impostor = nonFileReason(head, size <= head.length, contentType ?? null);
  if (impostor !== undefined) throw new DownloadError('not-a-backup', impostor);
  if ((await digestOf(file, signal)) !== sha256) {
    throw damaged('The disk gave back other bytes than were written to it. Check the disk.');
  }
  const container = containerOf(head);
  rejectExtensionMismatch(name, container);
  if (container === 'none' && doubtfulEnd) throw unverifiable(size);
  if (container === 'zip') await checkZip(file, size, signal);
  if (container === 'gzip') await checkGzip(file, size, signal);
  return { bytes: size, container };
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

function rejectExtensionMismatch(name: string, container: Container): void {
  const claimed = containerInName(name);
  if (claimed === undefined || claimed === container) return;
  const truth = container === 'none' ? `no ${claimed} archive` : `a ${container} archive`;
  throw damaged(`The file is called ${name} but is ${truth}.`);
}

/** Unpacks it to nowhere; zlib checks the CRC and length of every member. */
async function checkGzip(file: string, size: number, signal: AbortSignal): Promise<void> {
  const sweep = createMemorySweep();
  const gunzip = createGunzip({ chunkSize: 128 * 1024 });
  const drain = async (unpacked: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of unpacked) sweep(chunk.length);
  };
  try {
    await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), gunzip, drain, { signal });
  } catch (error) {
    if (!isZlibError(error)) throw error;
    const words = error.code === 'Z_BUF_ERROR' ? 'ends too early' : `is damaged (${error.message})`;
    throw damaged(`The gzip archive ${words}.`, error);
  }
  if (gunzip.bytesWritten !== size) throw damaged('Something that does not belong to it follows the gzip archive.');
}

function isZlibError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('Z_');
}

function unverifiable(size: number): DownloadError {
  return new DownloadError(
    'unverifiable',
    `The server sent ${byteSize(size)} without saying how much it would be, and a connection that breaks ends in the same way: nobody can tell whether that is all of it, so it does not count as a backup. Try again; where it stays so, ask the provider for a zip archive, or for a server that names the length.`,
  );
}

function damaged(message: string, cause?: unknown): DownloadError {
  return new DownloadError('damaged', `${message} Request the backup again.`, cause === undefined ? {} : { cause });
}
