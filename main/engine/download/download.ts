import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileFetch } from '../requests/index.ts';
import { isRecent } from '../timing/index.ts';
import { DownloadError } from './failure.ts';
import { finalizeFile, findFinalized, setAsideDamaged } from './finalize.ts';
import type { FolderSync } from './folder-sync.ts';
import { type CheckedFile, checkIntegrity } from './integrity/index.ts';
import type { BackupFile } from './manifest.ts';
import { findPartialFile, removePartialFile } from './partial-file-paths.ts';
import { type Transferred, transfer } from './transfer.ts';
import { createTransferRate } from './transfer-rate.ts';

export { DownloadError, type DownloadFailure } from './failure.ts';

export interface DownloadRequest {
  /** Identifies this download for good: a later call with it, also of another process, resumes where this one ended. */
  readonly id: string;
  readonly url: string;
  /** Absolute; exists. */
  readonly folder: string;
  /** For a file that neither its server nor its URL names. */
  readonly fallbackName: string;
  /** Whose backup it is; stored in the manifest. */
  readonly account: string;
  /** Plain http from another computer. */
  readonly allowInsecure?: boolean;
  /** The provider's address: links may lead into private networks only if it is in one; when absent, always. */
  readonly related?: string;
  /** Bytes of the disk that stay free; where absent, 1 GB or 2 % of the disk, whichever is less. */
  readonly reserve?: number | undefined;
  /** Words by which the provider announces a failure in plain text. */
  readonly failureWords?: readonly string[];
  /** A new address in place of an expired one; requested at most once. */
  renew?(): Promise<string>;
  /**
   * Credentials for a URL that denied access without them; undefined where they must not go. They never follow a
   * redirect to another origin.
   */
  authorization?(url: string): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface DownloadOptions {
  /** Sends the requests for the file. */
  readonly fetch: FileFetch;
  /** Ends the download; the data received stays. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits before another attempt; throws the signal's reason. In real time when absent. */
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Makes the name of the finished file durable. */
  readonly syncFolder: FolderSync;
  /** Called a few times a second. */
  progress?(progress: DownloadProgress): void;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

export interface DownloadProgress {
  /** "verifying": all data is received and is being read back. */
  readonly phase: 'downloading' | 'verifying';
  readonly bytes: number;
  readonly total?: number;
  /** Bytes per second, smoothed. */
  readonly rate?: number;
  /** Seconds. */
  readonly remaining?: number;
}

interface RetryPolicy {
  /** Failures in a row without a byte before the download fails. */
  readonly retries: number;
  /** Milliseconds before the first retry; twice as long for each of the six that follow without progress. */
  readonly backoff: number;
  /** Milliseconds without data after which a connection counts as dead. */
  readonly stall: number;
}

const defaultRetryPolicy: RetryPolicy = { retries: 5, backoff: 1000, stall: 60_000 };
const progressInterval = 250;

/**
 * Downloads and verifies a backup: when it resolves, the file is complete, durable and under its own name, with its
 * manifest beside it; if the disk does not confirm the name, `syncFolder` warns. Throws DownloadError, or the signal's
 * reason. A call with the same id resumes, or returns the finished file.
 */
export async function download(request: DownloadRequest, options: DownloadOptions): Promise<BackupFile> {
  const { id, folder } = request;
  const finished = await findFinalized(folder, id);
  // Whether an earlier call could sync it is not known.
  if (finished) await options.syncFolder(folder);
  const backup = finished ?? (await fetchAndCheck(request, options));
  await removePartialFile(folder, id);
  return backup;
}

/** How much of an unfinished download is on disk. */
export async function receivedBytes(folder: string, id: string): Promise<number> {
  const paths = await findPartialFile(folder, id);
  return paths ? (await stat(paths.path)).size : 0;
}

/** Deletes what was received of a download that will not be resumed; a finished file stays. */
export async function discardDownload(folder: string, id: string): Promise<void> {
  await findFinalized(folder, id);
  await removePartialFile(folder, id);
}

async function fetchAndCheck(request: DownloadRequest, options: DownloadOptions): Promise<BackupFile> {
  const { id, folder, account } = request;
  const { fetch, signal, now, wait = waitFor } = options;
  const { report, stop } = createProgressReports(options);
  const policy = { ...defaultRetryPolicy, ...options.retryPolicy };
  const transferring = transfer({ ...request, ...policy, fetch, signal, now, wait, progress: report });
  const transferred = await transferring.finally(stop);
  const { file, facts, checkpoint } = transferred;
  options.progress?.({ phase: 'verifying', bytes: checkpoint.bytes, total: checkpoint.bytes });
  const { container, bytes, remarks } = await checkTransferred(request, transferred, signal);
  const time = new Date(now()).toISOString();
  const backup: Omit<BackupFile, 'file'> = {
    format: 'ringback-backup-1',
    id,
    account,
    source: facts.source,
    finishedAt: time,
    bytes,
    sha256: checkpoint.sha256,
    container,
    ...(facts.serverName === undefined ? {} : { serverName: facts.serverName }),
    ...(remarks.length === 0 ? {} : { remarks: [...remarks] }),
    verifiedAt: [time],
  };
  return finalizeFile(file.path, facts.name, folder, backup, options.syncFolder);
}

function withFile(error: DownloadError, file: string): DownloadError {
  const { failure, message: text, reason = { code: '', params: {} } } = error;
  return new DownloadError(failure, { ...reason, text }, { cause: error, file });
}

async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** A file that fails its integrity check cannot be resumed: a damaged one is set aside, anything else is removed. */
async function checkTransferred(
  { id, folder, failureWords = [] }: DownloadRequest,
  { file, facts, checkpoint, endConfirmed }: Transferred,
  signal: AbortSignal,
): Promise<CheckedFile> {
  const expected = { ...facts, sha256: checkpoint.sha256, uncertainEnd: !endConfirmed, failureWords };
  try {
    return await checkIntegrity(file.path, expected, signal);
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    const damaged = error.failure === 'damaged' ? await setAsideDamaged(file.path, facts.name, folder) : undefined;
    if (damaged !== undefined || error.failure === 'not-a-backup') await removePartialFile(folder, id);
    throw damaged === undefined ? error : withFile(error, damaged);
  }
}

/** Reports progress four times a second at most; what was received before a pause is reported in it. */
function createProgressReports({ now, progress }: DownloadOptions) {
  const transferRate = createTransferRate(now);
  let latest: { readonly bytes: number; readonly total: number | undefined } = { bytes: 0, total: undefined };
  let reportedAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const send = (): void => {
    stop();
    reportedAt = now();
    const { bytes, total } = latest;
    const rate = transferRate.at(bytes);
    progress?.({
      phase: 'downloading',
      bytes,
      ...(total === undefined ? {} : { total }),
      ...(rate === undefined ? {} : { rate }),
      ...(rate && total !== undefined ? { remaining: (total - bytes) / rate } : {}),
    });
  };
  return {
    report(bytes: number, total: number | undefined) {
      latest = { bytes, total };
      if (bytes === total || !isRecent(reportedAt, progressInterval, now())) send();
      else timer ??= setTimeout(send, progressInterval).unref();
    },
    stop,
  };
}
