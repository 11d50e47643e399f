import { downloadMessages, type Message } from '../../messages/index.ts';
import { DownloadError } from '../failure.ts';
import { damaged } from './damage.ts';
import { isErrorAlone } from './json-error.ts';
import { headBytes, nonFileReason } from './non-file-response.ts';
import { hasEndMarker } from './tar-check.ts';
import { isTarHeader, isZero, tarBlockBytes } from './tar-header.ts';
import { createTarStream, type TarStream } from './tar-stream.ts';

/** DEFLATE reaches 1032:1; a sparse disk or a table of equal rows may reach more in other formats. */
const mostExpansion = 2000;
const freeExpansion = 1024 ** 3;

/** Decompressed bytes at which the check of a file of that size ends: more is meant to keep a computer busy. */
export function longestContent(fileBytes: number): number {
  return freeExpansion + fileBytes * mostExpansion;
}

/** The content is longer than what is checked of it. */
export class ContentTooLong extends Error {
  /** Decompressed bytes up to there. */
  readonly checked: number;

  constructor(checked: number) {
    super(`More than ${checked} bytes of content.`);
    this.checked = checked;
  }
}

/** Checks the file that a compressed one decompresses to: it may be damaged although its compression is intact. */
export interface DecompressedContent {
  /** Throws "damaged", or ContentTooLong. */
  add(chunk: Buffer): void;
  /** Throws "damaged" or "not-a-backup" where the content is a cut archive or nothing but an error. */
  end(): Message[];
}

/** Containers that may continue with another member, stream or frame behind the end of one. */
export type CompressedContainer = 'gzip' | 'zstd' | 'bzip2' | 'xz';

interface CompressedFile {
  readonly name: string;
  readonly container: CompressedContainer;
  /** Decompressed bytes after which the check ends. */
  readonly longestContent: number;
  /** Nothing confirms where the compressed file ends. */
  readonly uncertainEnd?: boolean;
  /** Words by which the provider announces a failure in plain text. */
  readonly failureWords: readonly string[];
}

const tarName = /\.(tar\.[a-z0-9]{1,5}|tgz|tzst|tbz|tbz2|txz)$/i;

export function createDecompressedContent(file: CompressedFile): DecompressedContent {
  const { name, container, uncertainEnd = false } = file;
  let length = 0;
  let isOnlyZeros = true;
  let head = Buffer.alloc(0);
  /** The bytes until it is known whether they are a tar archive. */
  let first: Buffer | undefined = Buffer.alloc(0);
  let tar: TarStream | undefined;
  const recognize = (bytes: Buffer): void => {
    first = undefined;
    if (!isTarHeader(bytes) && !(tarName.test(name) && isZeroBlock(bytes))) return;
    tar = createTarStream();
    tar.add(bytes);
  };
  const remarksOnContent = (): Message[] => {
    if (length === 0) return [downloadMessages.archiveWithoutData({ container })];
    if (!tar && tarName.test(name)) throw damaged(downloadMessages.notAnArchive({ file: name, extension: 'tar' }));
    if (tar) return tar.end();
    if (isOnlyZeros) return [downloadMessages.archiveOfZeros({ container })];
    return responseRemarks(file, head, length === head.length);
  };
  return {
    add(chunk) {
      if (length + chunk.length > file.longestContent) throw new ContentTooLong(length);
      length += chunk.length;
      isOnlyZeros &&= isZero(chunk);
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      if (first === undefined) tar?.add(chunk);
      else if (length < tarBlockBytes) first = Buffer.concat([first, chunk]);
      else recognize(Buffer.concat([first, chunk]));
    },
    end() {
      const remarks = remarksOnContent();
      const showsEnd = !uncertainEnd || (tar !== undefined && hasEndMarker(remarks));
      return showsEnd ? remarks : [...remarks, downloadMessages.moreMayFollow({ container })];
    },
  };
}

/** Tables and dumps of databases, in which words for a failure are data. */
const dataName = /\.(csv|tsv|sql)\.[a-z0-9]{1,5}$/i;

/** Data may read like an error. Throws "not-a-backup" only where it consists of nothing else. */
function responseRemarks(
  { name, container, failureWords }: CompressedFile,
  head: Buffer,
  complete: boolean,
): Message[] {
  const contentType = dataName.test(name) ? 'text/csv' : null;
  const reason = nonFileReason({ bytes: head, complete, contentType, failureWords });
  if (reason === undefined) return [];
  if (complete && isErrorAlone(head.toString('utf8'))) throw new DownloadError('not-a-backup', reason);
  return [remarkOf[reason.code]?.({ container }) ?? downloadMessages.archiveOfError({ container })];
}

type Remark = (content: { readonly container: string }) => Message;
const remarkOf: Readonly<Record<string, Remark>> = {
  'download.emptyFile': downloadMessages.archiveWithoutData,
  'download.webPage': downloadMessages.archiveOfWebPage,
};

function isZeroBlock(bytes: Buffer): boolean {
  return bytes.length >= tarBlockBytes && isZero(bytes.subarray(0, tarBlockBytes));
}
