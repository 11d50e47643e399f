import { setTimeout as delay } from 'node:timers/promises';
import { DownloadError } from './failure.ts';
import type { FileFetch } from './file-fetch.ts';
import { finalizeFile, findFinalized } from './finalize.ts';
import { prove } from './integrity/index.ts';
import type { BackupFile } from './manifest.ts';
import { removePartialFile } from './partial-file-paths.ts';
import { type Transferred, transfer } from './transfer.ts';
import { createTransferRate } from './transfer-rate.ts';

export { DownloadError, type DownloadFailure } from './failure.ts';
export { type FileFetch, fileFetch } from './file-fetch.ts';

export interface DownloadRequest {
  /** Names this download for good: a call with the same id, in this process or a later one, goes on where the last one ended. */
  readonly id: string;
  readonly url: string;
  /** Absolute; exists. */
  readonly folder: string;
  /** For a file that neither its server nor its URL names. */
  readonly fallbackName: string;
  /** Whose backup it is; kept in the manifest. */
  readonly account: string;
  /** Plain http from another computer. */
  readonly allowInsecure?: boolean;
  /** An address in place of one that expired; asked for once at most. */
  renew?(): Promise<string>;
  /** Headers for an address that was refused without them, asked only then; undefined where credentials must not go there. They never follow a redirect to another origin. */
  authorization?(url: string): Promise<Readonly<Record<string, string>> | undefined>;
}

export interface DownloadOptions {
  /** `fileFetch`, or anything else like fetch. */
  readonly fetch: FileFetch;
  /** Ends the download; what was fetched is kept. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Rests before another attempt; throws the signal's reason. In real time when absent. */
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Told a few times a second. */
  progress?(progress: DownloadProgress): void;
  readonly retryPolicy?: Partial<RetryPolicy>;
}

export interface DownloadProgress {
  /** "proving": all is here and is being read back. */
  readonly phase: 'downloading' | 'verifying';
  readonly bytes: number;
  readonly total?: number;
  /** Bytes per second, smoothed. */
  readonly rate?: number;
  /** Seconds. */
  readonly remaining?: number;
}

export interface RetryPolicy {
  /** Failures in a row without a byte of progress before it is given up. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled for each that follows. */
  readonly backoff: number;
  /** Milliseconds of silence after which a connection counts as dead. */
  readonly stall: number;
}

const defaultRetryPolicy: RetryPolicy = { retries: 5, backoff: 1000, stall: 60_000 };
const progressInterval = 250;

/**
 * Brings a backup to disk and proves it: when it resolves, the file is whole, durable and under its own name, with its manifest beside it.
 * Throws DownloadError, or the signal's reason. Calling it again with the same id goes on, or gives what has landed already.
 */
export async function download(order: DownloadRequest, means: DownloadOptions): Promise<BackupFile> {
  const { id, folder } = order;
  const landed = await findFinalized(folder, id);
  const backup = landed ?? (await fetchAndCheck(order, means));
  await removePartialFile(folder, id);
  return backup;
}

/** Forgets a download that will not be gone on with; a backup that has landed stays. */
export async function discardDownload(folder: string, id: string): Promise<void> {
  await findFinalized(folder, id);
  await removePartialFile(folder, id);
}

async function fetchAndCheck(order: DownloadRequest, means: DownloadOptions): Promise<BackupFile> {
  const { id, folder, account } = order;
  const { fetch, signal, now, wait = waitFor } = means;
  const progress = createProgress(means);
  const transferred = await transfer({
    ...order,
    ...defaultRetryPolicy,
    ...means.retryPolicy,
    fetch,
    signal,
    wait,
    progress,
  });
  const { file: part, facts, checkpoint: mark } = transferred;
  means.progress?.({ phase: 'verifying', bytes: mark.bytes, total: mark.bytes });
  const { container, bytes } = await checkTransferred(order, transferred, signal);
  const time = new Date(now()).toISOString();
  return finalizeFile(part.path, facts.name, folder, {
    format: 'ringback-backup-1',
    id,
    account,
    source: facts.source,
    finishedAt: time,
    bytes,
    sha256: mark.sha256,
    container,
    ...(facts.misnomer === undefined ? {} : { misnomer: facts.misnomer }),
    verifiedAt: [time],
  });
}

async function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** What has failed its proof is no good for going on. */
async function checkTransferred({ id, folder }: DownloadRequest, transferred: Transferred, signal: AbortSignal) {
  const { file: part, facts, checkpoint: mark, endConfirmed: ended } = transferred;
  try {
    return await prove(part.path, { ...facts, sha256: mark.sha256, uncertainEnd: !ended }, signal);
  } catch (error) {
    if (error instanceof DownloadError && ['damaged', 'not-a-backup'].includes(error.failure))
      await removePartialFile(folder, id);
    throw error;
  }
}

function createProgress({ now, progress }: DownloadOptions): (bytes: number, total: number | undefined) => void {
  const pace = createTransferRate(now);
  let told = Number.NEGATIVE_INFINITY;
  return (bytes, total) => {
    if (!progress || (Math.abs(now() - told) < progressInterval && bytes !== total)) return;
    told = now();
    const rate = pace.at(bytes);
    progress({
      phase: 'downloading',
      bytes,
      ...(total === undefined ? {} : { total }),
      ...(rate === undefined ? {} : { rate }),
      ...(rate && total !== undefined ? { remaining: (total - bytes) / rate } : {}),
    });
  };
}
