import { createHash } from 'node:crypto';
import { downloadMessages, type Message } from '../../messages/index.ts';
import { DownloadError, diskFailure } from '../failure.ts';
import { type ByteReader, withReader } from './byte-reader.ts';
import { type Container, containerInName, containerOf, hasChecksums } from './container.ts';
import { damaged } from './damage.ts';
import {
  type CompressedContainer,
  ContentTooLong,
  createDecompressedContent,
  type DecompressedContent,
  longestContent,
} from './decompressed-content.ts';
import { checkGzip } from './gzip-check.ts';
import { headBytes, nonFileReason } from './non-file-response.ts';
import { checkBzip2, checkSevenZip, checkXz, uncheckedKindOf } from './structure/index.ts';
import { checkTar, hasEndMarker } from './tar-check.ts';
import { isTarHeader, isZero } from './tar-header.ts';
import { checkZip } from './zip-check.ts';
import { hasZipEnd } from './zip-end.ts';
import { checkZstd } from './zstd-check.ts';

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
  /** Decompressed bytes after which the check of a compressed file ends; follows from its size where absent. */
  readonly longestContent?: number;
}

export interface CheckedFile {
  readonly bytes: number;
  readonly container: Container;
  /** What is odd about it or could not be checked; empty for a file that is verified completely. */
  readonly remarks: readonly Message[];
}

/**
 * Reads the file back and checks its length, hash and, in an archive, every checksum that can be computed here. Memory
 * stays bounded for any archive. Throws DownloadError: "damaged", "unverifiable" or "not-a-backup".
 */
export async function checkIntegrity(file: string, expected: ExpectedFile, signal: AbortSignal): Promise<CheckedFile> {
  try {
    return await withReader(file, (reader) => check(reader, expected, signal));
  } catch (error) {
    signal.throwIfAborted();
    throw diskFailure(error);
  }
}

async function check(reader: ByteReader, expected: ExpectedFile, signal: AbortSignal): Promise<CheckedFile> {
  const { name, length, sha256, contentType = null, failureWords } = expected;
  const { size: received } = reader;
  if (length !== undefined && received !== length) throw damaged(wrongLength(received, length));
  const bytes = await reader.read(0, headBytes);
  const reason = nonFileReason({ bytes, complete: received <= bytes.length, contentType, failureWords });
  if (reason !== undefined) throw new DownloadError('not-a-backup', reason);
  if ((await hash(reader, signal)) !== sha256) throw damaged(downloadMessages.readBackDiffers());
  const container = await actualContainer(name, bytes, reader);
  if (container === 'none' && (await isAllZero(reader, bytes, signal))) {
    throw new DownloadError('not-a-backup', downloadMessages.onlyZeros({ received }));
  }
  const remarks = await checkContent(container, reader, expected, signal);
  checkEnd({ bytes: received, container, remarks }, expected);
  return { bytes: received, container, remarks };
}

async function checkContent(
  container: Container,
  reader: ByteReader,
  expected: ExpectedFile,
  signal: AbortSignal,
): Promise<Message[]> {
  try {
    return await checks[container](reader, signal, expected);
  } catch (error) {
    if (!(error instanceof ContentTooLong)) throw error;
    // The check did not reach the end of the file.
    if (expected.uncertainEnd) {
      throw new DownloadError('unverifiable', downloadMessages.endUnknown({ received: reader.size }));
    }
    return [downloadMessages.contentTooLong({ container, checked: error.checked })];
  }
}

/** The container by the content, or else by the name: an archive may follow other bytes, and an old tar has no signature. */
async function actualContainer(file: string, head: Buffer, reader: ByteReader): Promise<Container> {
  const container = containerOf(head);
  const claimed = containerInName(file);
  if (claimed === undefined || claimed === container) return container;
  if (container !== 'none') throw damaged(downloadMessages.extensionMismatch({ file, container }));
  if (claimed === 'zip' ? await hasZipEnd(reader) : claimed === 'tar' && isTarHeader(head)) return claimed;
  throw damaged(downloadMessages.notAnArchive({ file, extension: claimed }));
}

type ContainerCheck = (reader: ByteReader, signal: AbortSignal, expected: ExpectedFile) => Promise<Message[]>;

const unchecked =
  (container: Container): ContainerCheck =>
  async () => [downloadMessages.contentUnchecked({ container })];

const contentOf = (container: CompressedContainer, { size }: ByteReader, expected: ExpectedFile): DecompressedContent =>
  createDecompressedContent({ longestContent: longestContent(size), ...expected, container });

const checks: Readonly<Record<Container, ContainerCheck>> = {
  zip: checkZip,
  gzip: (reader, signal, expected) => checkGzip(reader, signal, contentOf('gzip', reader, expected)),
  zstd: (reader, signal, expected) => checkZstd(reader, signal, contentOf('zstd', reader, expected)),
  tar: checkTar,
  '7z': checkSevenZip,
  xz: (reader, signal, expected) => checkXz({ reader, signal, content: contentOf('xz', reader, expected) }),
  bzip2: (reader, signal, expected) => checkBzip2({ reader, signal, content: contentOf('bzip2', reader, expected) }),
  rar: unchecked('rar'),
  none: async (reader, _, { name }) => {
    const kind = uncheckedKindOf(name, await reader.read(0, 16));
    return kind === undefined ? [] : [downloadMessages.contentUnchecked({ container: kind })];
  },
};

/** Whether the file holds zeros alone, as one for which the disk reserved room and which was never written. */
async function isAllZero(reader: ByteReader, head: Buffer, signal: AbortSignal): Promise<boolean> {
  if (!isZero(head)) return false;
  for await (const chunk of reader.stream(head.length, reader.size, signal)) if (!isZero(chunk)) return false;
  return true;
}

function checkEnd({ bytes: received, container, remarks }: CheckedFile, { uncertainEnd = false }: ExpectedFile): void {
  const isMarked = container === '7z' || (container === 'tar' && hasEndMarker(remarks));
  if (!uncertainEnd || isMarked || hasChecksums(container)) return;
  throw new DownloadError('unverifiable', downloadMessages.endUnknown({ received }));
}

function wrongLength(received: number, announced: number): Message {
  const { tooShort, longerThanAnnounced } = downloadMessages;
  return received < announced ? tooShort({ received, announced }) : longerThanAnnounced({ received, announced });
}

/** SHA-256 of a file as it is on disk, in hex. */
export async function digestOf(file: string, signal: AbortSignal): Promise<string> {
  return withReader(file, (reader) => hash(reader, signal));
}

async function hash(reader: ByteReader, signal: AbortSignal): Promise<string> {
  const sha256 = createHash('sha256');
  signal.throwIfAborted();
  for await (const chunk of reader.stream(0, reader.size, signal)) sha256.update(chunk);
  return sha256.digest('hex');
}
