import { mkdir, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { BackupSupport, Context } from '../connector/index.ts';
import {
  type BackupFile,
  createFolderSync,
  type DownloadOptions,
  type DownloadProgress,
  discardDownload,
  diskFailure,
  download,
  type FolderSync,
  receivedBytes,
} from '../download/index.ts';
import { RingbackError } from '../errors.ts';
import type { Log } from '../log.ts';
import { backupMessages } from '../messages/index.ts';
import type { FileFetch } from '../requests/index.ts';
import type { SecretStore } from '../storage/index.ts';
import { createSerialQueue, type SerialQueue } from '../timing/index.ts';
import { type BackupProgress, type BackupRecord, type BackupRecords, fileId, isOver, sizeOf } from './records/index.ts';

interface FileDownloadsOptions {
  readonly records: BackupRecords;
  readonly secretStore: SecretStore;
  readonly log: Log;
  /** Sends the requests for the files themselves. */
  readonly fetch: FileFetch;
  /** The folder for backups of this account. */
  folderOf(record: BackupRecord): string;
  /** The account and connector of the backup. */
  originOf(record: BackupRecord): { readonly account: string; readonly connector: string };
  allowInsecure(): boolean;
  /** Bytes of the disk that stay free; undefined for the default. */
  reserve(): number | undefined;
  now(): number;
  readonly wait?: DownloadOptions['wait'];
  progress(record: BackupRecord, progress: BackupProgress): void;
}

interface Run {
  readonly support: BackupSupport;
  readonly context: Context;
  readonly signal: AbortSignal;
}

/** Downloads the files of a backup, one after the other. */
export interface FileDownloads {
  /** The backup's own folder where it still exists, else the account's present one; exists. */
  folderFor(record: BackupRecord): Promise<string>;
  /** Resolves when every file is verified and recorded; resumes where an earlier run ended. */
  run(record: BackupRecord, run: Run): Promise<void>;
  /** Bytes of its files that are on disk, of an unfinished one too. */
  received(record: BackupRecord): Promise<number>;
  /** Deletes the partial files of a backup unless it continues; false where their folder does not exist. */
  discard(record: BackupRecord): Promise<boolean>;
}

export function createFileDownloads(options: FileDownloadsOptions): FileDownloads {
  return new Downloads(options);
}

const Urls = z.array(z.string()).min(1);

class Downloads implements FileDownloads {
  readonly #options: FileDownloadsOptions;
  /** Nothing is downloaded into a partial file while partial files are deleted. */
  readonly #deletions: SerialQueue = createSerialQueue();
  readonly #syncFolder: FolderSync;

  constructor(options: FileDownloadsOptions) {
    this.#options = options;
    this.#syncFolder = createFolderSync((message) => options.log.warn('backups', message));
  }

  async folderFor(record: BackupRecord): Promise<string> {
    if (record.folder !== null && (await isFolder(record.folder))) return record.folder;
    const folder = this.#options.folderOf(record);
    await mkdir(folder, { recursive: true }).catch((error) => Promise.reject(diskFailure(error)));
    return folder;
  }

  async run(record: BackupRecord, run: Run): Promise<void> {
    await this.#deletions(async () => {});
    const urls = await this.#urlsOf(record);
    for (let index = record.files.length; index < urls.length; index += 1) {
      const { file: path, bytes, sha256, serverName, remarks } = await this.#download(record, index, urls, run);
      const stored = {
        path,
        bytes,
        sha256,
        ...(serverName === undefined ? {} : { serverName }),
        ...(remarks ? { remarks: [...remarks] } : {}),
      };
      await this.#options.records.change(record.id, ({ files }) => ({ files: [...files, stored] }));
    }
  }

  async received(record: BackupRecord): Promise<number> {
    const { id, folder, files } = record;
    const unfinished =
      folder !== null && (await isFolder(folder)) ? await receivedBytes(folder, fileId(id, files.length)) : 0;
    return sizeOf(record) + unfinished;
  }

  discard({ id, folder, files }: BackupRecord): Promise<boolean> {
    return this.#deletions(async () => {
      if (folder === null || !(await isFolder(folder))) return false;
      const present = this.#options.records.get(id);
      if (present && !isOver(present)) return false;
      await discardDownload(folder, fileId(id, files.length));
      return true;
    });
  }

  #download(record: BackupRecord, index: number, urls: readonly string[], run: Run): Promise<BackupFile> {
    const { fetch, now, wait, allowInsecure, records } = this.#options;
    const { support, context, signal } = run;
    const { account, connector } = this.#options.originOf(record);
    const downloaded = sizeOf(records.get(record.id) ?? record);
    return download(
      {
        id: fileId(record.id, index),
        url: urls[index] ?? '',
        folder: record.folder ?? this.#options.folderOf(record),
        fallbackName: `${connector}-backup-${stamp(record.createdAt)}`,
        account,
        allowInsecure: allowInsecure(),
        related: support.address(context),
        reserve: this.#options.reserve(),
        failureWords: support.failureWords ?? [],
        ...(record.handle === null ? {} : { renew: () => this.#renewUrl(record, index, run) }),
        authorization: (url) => support.authorization(context, url),
      },
      {
        ...{ fetch, signal, now, syncFolder: this.#syncFolder },
        ...(wait ? { wait } : {}),
        progress: (progress) => this.#report(record, urls.length, downloaded, progress),
      },
    );
  }

  /** While one of several files is downloaded, the size of all is unknown. */
  #report(record: BackupRecord, count: number, downloaded: number, { phase, ...progress }: DownloadProgress): void {
    const { bytes, rate } = progress;
    const verifying = phase === 'verifying' ? { verifying: true } : {};
    const shown = count === 1 ? progress : { bytes: downloaded + bytes, ...(rate === undefined ? {} : { rate }) };
    this.#options.progress(this.#options.records.get(record.id) ?? record, { ...shown, ...verifying });
  }

  async #urlsOf({ urls }: BackupRecord): Promise<string[]> {
    const { secrets } = await this.#options.secretStore.decrypt(urls === null ? {} : { urls });
    if (secrets.urls !== undefined) return Urls.parse(JSON.parse(secrets.urls));
    throw new RingbackError('conflict', backupMessages.linkUnreadable());
  }

  /** A new link in place of an expired one. */
  async #renewUrl(record: BackupRecord, index: number, { support, context }: Run): Promise<string> {
    const { secretStore, records } = this.#options;
    const { secrets } = await secretStore.decrypt(record.handle === null ? {} : { handle: record.handle });
    const result = secrets.handle === undefined ? undefined : await support.resolve(context, secrets.handle);
    const known = await this.#urlsOf(record);
    const url = result?.kind === 'files' ? result.urls[index] : undefined;
    // Another number of files is another result, in which the file cannot be identified.
    if (result?.kind !== 'files' || url === undefined || result.urls.length !== known.length) {
      throw new RingbackError('provider', backupMessages.linkExpired());
    }
    const { urls = null } = await secretStore.encrypt({ urls: JSON.stringify(result.urls) });
    await records.change(record.id, () => ({ urls }));
    return url;
  }
}

/** "2026-01-31_031207", local time. */
function stamp(time: number): string {
  const date = new Date(time);
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}_${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
