import { setTimeout as delay } from 'node:timers/promises';
import { DownloadError } from './failure.ts';
import type { FileFetch } from './file-fetch.ts';
import { findLanded, land } from './finalize.ts';
import { prove } from './integrity/index.ts';
import type { BackupFile } from './manifest.ts';
import { removePart } from './part-files.ts';
import { createPace } from './rate.ts';
import { type Transferred, transfer } from './transfer.ts';

export { DownloadError, type DownloadFailure } from './failure.ts';
export { type FileFetch, fileFetch } from './file-fetch.ts';

export interface DownloadOrder {
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

export interface DownloadMeans {
  /** `fileFetch`, or anything else like fetch. */
  readonly fetch: FileFetch;
  /** Ends the download; what was fetched is kept. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  now(): number;
  /** Rests before another attempt; throws the signal's reason. In real time when absent. */
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Told a few times a second. */
  progress?(progress: Progress): void;
  readonly patience?: Partial<Patience>;
}

export interface Progress {
  /** "proving": all is here and is being read back. */
  readonly phase: 'downloading' | 'proving';
  readonly bytes: number;
  readonly total?: number;
  /** Bytes per second, smoothed. */
  readonly rate?: number;
  /** Seconds. */
  readonly remaining?: number;
}

export interface Patience {
  /** Failures in a row without a byte of progress before it is given up. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled for each that follows. */
  readonly backoff: number;
  /** Milliseconds of silence after which a connection counts as dead. */
  readonly stall: number;
}

const patience: Patience = { retries: 5, backoff: 1000, stall: 60_000 };
const progressInterval = 250;

/**
 * Brings a backup to disk and proves it: when it resolves, the file is whole, durable and under its own name, with its manifest beside it.
 * Throws DownloadError, or the signal's reason. Calling it again with the same id goes on, or gives what has landed already.
 */
export async function download(order: DownloadOrder, means: DownloadMeans): Promise<BackupFile> {
  const { id, folder } = order;
  const landed = await findLanded(folder, id);
  const backup = landed ?? (await fetchAndProve(order, means));
  await removePart(folder, id);
  return backup;
}

/** Forgets a download that will not be gone on with; a backup that has landed stays. */
export async function discardDownload(folder: string, id: string): Promise<void> {
  await findLanded(folder, id);
  await removePart(folder, id);
}

async function fetchAndProve(order: DownloadOrder, means: DownloadMeans): Promise<BackupFile> {
  const { id, folder, account } = order;
  const { fetch, signal, now, wait = rest } = means;
  const progress = createProgress(means);
  const transferred = await transfer({ ...order, ...patience, ...means.patience, fetch, signal, wait, progress });
  const { part, facts, mark } = transferred;
  means.progress?.({ phase: 'proving', bytes: mark.bytes, total: mark.bytes });
  const { container, bytes } = await proven(order, transferred, signal);
  const time = new Date(now()).toISOString();
  return land(part.path, facts.name, folder, {
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

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** What has failed its proof is no good for going on. */
async function proven({ id, folder }: DownloadOrder, transferred: Transferred, signal: AbortSignal) {
  const { part, facts, mark, ended } = transferred;
  try {
    return await prove(part.path, { ...facts, sha256: mark.sha256, doubtfulEnd: !ended }, signal);
  } catch (error) {
    if (error instanceof DownloadError && ['damaged', 'not-a-backup'].includes(error.failure))
      await removePart(folder, id);
    throw error;
  }
}

function createProgress({ now, progress }: DownloadMeans): (bytes: number, total: number | undefined) => void {
  const pace = createPace(now);
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
