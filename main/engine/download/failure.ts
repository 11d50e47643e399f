import type { ProblemCode } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';

/**
 * Why a download came to nothing.
 * What was fetched is kept, to go on from, except after "not-a-backup" and "damaged".
 */
export type DownloadFailure =
  /** The connection broke off, or nobody answered, until patience ran out. */
  | 'interrupted'
  /** The address is no longer good, not even after it was resolved anew. */
  | 'expired'
  /** The server wants credentials, and those we may send there do not satisfy it. */
  | 'refused'
  /** An address or a redirect that we do not follow. */
  | 'unsafe'
  /** The server answered with something that is no file: an error, a web page. */
  | 'not-a-backup'
  /** The file came, but is not whole or not what it claims to be. */
  | 'damaged'
  /** The file came, and neither its server nor its content tells whether it is whole. */
  | 'unverifiable'
  | 'disk-full'
  /** The folder is gone, read-only, or the disk fails. */
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

export class DownloadError extends RingbackError {
  readonly failure: DownloadFailure;

  constructor(failure: DownloadFailure, message: string, options?: ErrorOptions) {
    super(codes[failure], message, options);
    this.failure = failure;
  }
}

/** One attempt came to an end that another may get past. */
export class Interruption extends Error {
  /** Milliseconds the server asks us to wait. */
  readonly wait: number;

  constructor(message: string, options: ErrorOptions & { readonly wait?: number } = {}) {
    super(message, options);
    this.wait = options.wait ?? 0;
  }
}

const diskMessages: Readonly<Record<string, readonly [DownloadFailure, string]>> = {
  ENOSPC: ['disk-full', 'The disk is full. Make room and start the backup again; what was fetched so far is kept.'],
  EDQUOT: ['disk-full', 'The disk quota is used up. Make room and start the backup again; what was fetched is kept.'],
  EFBIG: ['disk', 'The disk cannot hold a file this large. Choose a folder on another disk.'],
  ENOENT: ['disk', 'The backup folder is gone. Choose another one, or bring it back.'],
  ENOTDIR: ['disk', 'The backup folder is not a folder. Choose another one.'],
  EACCES: ['disk', 'The backup folder may not be written to. Choose another one, or change its permissions.'],
  EPERM: ['disk', 'The backup folder may not be written to. Choose another one, or change its permissions.'],
  EROFS: ['disk', 'The disk of the backup folder is read-only. Choose another folder.'],
};

/** The failure of a file system call, in plain words; every other error is given back as it is. */
export function diskFailure(error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof DownloadError) return error;
  const [failure, message] = diskMessages[code] ?? ['disk', `The disk could not be written or read (${code}).`];
  return new DownloadError(failure, message, { cause: error });
}

/** "ENOSPC"; undefined for an error that is not the system's. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}
