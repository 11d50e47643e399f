import type { MessageReference, ProblemCode } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { downloadMessages, type Message, referenceOf } from '../messages/index.ts';

/** Why a download failed. The data received stays for a resume, except after "not-a-backup"; a damaged file is set aside. */
export type DownloadFailure =
  /** The connection was lost, or there was no response, in every attempt. */
  | 'interrupted'
  /** The address is no longer valid, nor is the one it was renewed with. */
  | 'expired'
  /** The server demands credentials, and rejects those that may be sent there. */
  | 'refused'
  /** An address or a redirect that must not be followed. */
  | 'unsafe'
  /** The response is no file but an error or a web page. */
  | 'not-a-backup'
  /** The file is incomplete, or is not what it claims to be. */
  | 'damaged'
  /** Neither the server nor the content tells whether the file is complete. */
  | 'unverifiable'
  | 'disk-full'
  /** The folder is missing or read-only, or the disk fails. */
  | 'disk';

const codes: Readonly<Record<DownloadFailure, ProblemCode>> = {
  interrupted: 'offline',
  expired: 'not-found',
  refused: 'unauthorized',
  unsafe: 'provider',
  'not-a-backup': 'provider',
  damaged: 'provider',
  unverifiable: 'provider',
  'disk-full': 'conflict',
  disk: 'conflict',
};

interface DownloadErrorOptions extends ErrorOptions {
  readonly file?: string;
}

export class DownloadError extends RingbackError {
  readonly failure: DownloadFailure;
  /** Where a damaged file is stored, for examination. */
  readonly file: string | undefined;

  constructor(failure: DownloadFailure, message: Message, options: DownloadErrorOptions = {}) {
    super(codes[failure], message, options);
    this.failure = failure;
    this.file = options.file;
  }
}

interface InterruptionOptions extends ErrorOptions {
  readonly wait?: number;
}

/** The end of one attempt, which another may get past. */
export class Interruption extends Error {
  /** Milliseconds for which the server wants no further attempt. */
  readonly wait: number;
  readonly reason: MessageReference | undefined;

  constructor(message: string | Message, options: InterruptionOptions = {}) {
    super(typeof message === 'string' ? message : message.text, options);
    this.reason = typeof message === 'string' ? undefined : referenceOf(message);
    this.wait = options.wait ?? 0;
  }
}

const diskMessages: ReadonlyMap<string, readonly [DownloadFailure, () => Message]> = new Map([
  ['ENOSPC', ['disk-full', downloadMessages.diskFull]],
  ['EDQUOT', ['disk-full', downloadMessages.diskQuota]],
  ['EFBIG', ['disk', downloadMessages.fileTooLarge]],
  ['ENOENT', ['disk', downloadMessages.folderMissing]],
  ['ENOTDIR', ['disk', downloadMessages.folderIsFile]],
  ['EACCES', ['disk', downloadMessages.folderNotWritable]],
  ['EPERM', ['disk', downloadMessages.folderNotWritable]],
  ['EROFS', ['disk', downloadMessages.diskReadOnly]],
]);

/** The failure of a file system call as a DownloadError; every other error is returned as it is. */
export function diskFailure(error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof DownloadError) return error;
  const [failure, message] = diskMessages.get(code) ?? ['disk', () => downloadMessages.diskFailed({ code })];
  return new DownloadError(failure, message(), { cause: error });
}

/** "ENOSPC"; undefined for an error that is not the system's. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
