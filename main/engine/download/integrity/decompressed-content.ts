import { downloadMessages, type Message } from '../../messages/index.ts';
import { DownloadError } from '../failure.ts';
import { damaged } from './damage.ts';
import { headBytes, nonFileReason } from './non-file-response.ts';
import { isTarHeader, isZero, tarBlockBytes } from './tar-header.ts';
import { createTarStream, type TarStream } from './tar-stream.ts';

/** The file that a gzip or zstd file decompresses to. An intact compression says nothing of what was compressed. */
export interface DecompressedContent {
  /** Throws "damaged". */
  add(chunk: Buffer): void;
  /** Throws "damaged" or "not-a-backup" where the content is a cut archive or an error. */
  end(): Message[];
}

interface CompressedFile {
  readonly name: string;
  readonly container: 'gzip' | 'zstd';
  /** Words by which the provider announces a failure in plain text. */
  readonly failureWords: readonly string[];
}

const tarName = /\.(tar\.[a-z0-9]{1,5}|tgz|tzst)$/i;

export function createDecompressedContent({ name, container, failureWords }: CompressedFile): DecompressedContent {
  let length = 0;
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
  return {
    add(chunk) {
      length += chunk.length;
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      if (first === undefined) tar?.add(chunk);
      else if (length < tarBlockBytes) first = Buffer.concat([first, chunk]);
      else recognize(Buffer.concat([first, chunk]));
    },
    end() {
      if (length === 0) return [downloadMessages.archiveWithoutData({ container })];
      const complete = length === head.length;
      const reason = nonFileReason({ bytes: head, complete, contentType: null, failureWords });
      if (reason !== undefined) throw new DownloadError('not-a-backup', reason);
      if (!tar && tarName.test(name)) throw damaged(downloadMessages.notAnArchive({ file: name, extension: 'tar' }));
      return tar?.end() ?? [];
    },
  };
}

function isZeroBlock(bytes: Buffer): boolean {
  return bytes.length >= tarBlockBytes && isZero(bytes.subarray(0, tarBlockBytes));
}
