import { mkdir, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { BackupSupport, Context } from '../connector/index.ts';
import { type DownloadMeans, discardDownload, diskFailure, download } from '../download/index.ts';
import { RingbackError } from '../errors.ts';
import type { FileFetch } from '../file-fetch.ts';
import { createSerialQueue } from '../serial.ts';
import type { SecretStore } from '../storage/index.ts';
import { type BackupProgress, type BackupRecord, fileId, isOver, sizeOf } from './record.ts';
import type { BackupRecords } from './records.ts';

export interface BackupFetchOptions {
  readonly records: BackupRecords;
  readonly secretStore: SecretStore;
  /** For the files themselves. */
  readonly fetch: FileFetch;
  /** Where backups of this account go. */
  folderOf(record: BackupRecord): string;
  /** Whose backup it is, and by which connector. */
  originOf(record: BackupRecord): { readonly account: string; readonly connector: string };
  allowInsecure(): boolean;
  now(): number;
  readonly wait?: DownloadMeans['wait'];
  progress(id: string, progress: BackupProgress): void;
}

/** Brings the files of a backup to disk, one after the other. */
export interface BackupFetch {
  /** Its own folder where that is still there, else the account's present one; exists. */
  folderFor(record: BackupRecord): Promise<string>;
  /** Resolves when every file is proven and noted in the record; goes on where an earlier run ended. */
  run(record: BackupRecord, means: { support: BackupSupport; context: Context; signal: AbortSignal }): Promise<void>;
  /** Deletes what was fetched of files that are not finished, unless it is gone on with; false where their folder is not there. */
  discard(record: BackupRecord): Promise<boolean>;
}

const Urls = z.array(z.string()).min(1);

export function createBackupFetch(options: BackupFetchOptions): BackupFetch {
  const { records, secretStore, now, wait } = options;
  /** Nothing is fetched into a part while parts are deleted. */
  const clearing = createSerialQueue();

  const urlsOf = async ({ urls }: BackupRecord): Promise<string[]> => {
    const { secrets } = await secretStore.decrypt(urls === null ? {} : { urls });
    if (secrets.urls !== undefined) return Urls.parse(JSON.parse(secrets.urls));
    throw new RingbackError('conflict', 'The link can no longer be read (the key store changed). Request it again.');
  };

  /** A new link in place of an expired one. */
  const renewal =
    (record: BackupRecord, index: number, support: BackupSupport, context: Context) => async (): Promise<string> => {
      const { id, handle } = record;
      const { secrets } = await secretStore.decrypt(handle === null ? {} : { handle });
      const result = secrets.handle === undefined ? undefined : await support.resolve(context, secrets.handle);
      const known = await urlsOf(record);
      const url = result?.kind === 'files' ? result.urls[index] : undefined;
      // Another number of files is another result: which of them is meant could only be guessed.
      if (result?.kind !== 'files' || url === undefined || result.urls.length !== known.length) {
        throw new RingbackError('provider', 'The link expired, and there is no new one. Request it again.');
      }
      const { urls } = await secretStore.encrypt({ urls: JSON.stringify(result.urls) });
      await records.change(id, () => ({ urls: urls ?? null }));
      return url;
    };

  return {
    async folderFor(record) {
      if (record.folder !== null && (await isFolder(record.folder))) return record.folder;
      const folder = options.folderOf(record);
      await mkdir(folder, { recursive: true }).catch((error) => Promise.reject(diskFailure(error)));
      return folder;
    },

    async run(record, { support, context, signal }) {
      const { id } = record;
      await clearing(async () => {});
      const { account, connector } = options.originOf(record);
      const folder = record.folder ?? options.folderOf(record);
      const urls = await urlsOf(record);
      for (let index = record.files.length; index < urls.length; index += 1) {
        const here = sizeOf(records.get(id) ?? record);
        const order = {
          id: fileId(id, index),
          url: urls[index] ?? '',
          folder,
          fallbackName: `${connector}-backup-${stamp(record.createdAt)}`,
          account,
          allowInsecure: options.allowInsecure(),
          failureWords: support.failureWords ?? [],
          ...(record.handle === null ? {} : { renew: renewal(record, index, support, context) }),
          authorization: (url: string) => support.authorization(context, url),
        };
        const { file, bytes, sha256, serverName } = await download(order, {
          fetch: options.fetch,
          signal,
          now,
          ...(wait ? { wait } : {}),
          progress({ phase, ...far }) {
            const one = { ...far, ...(phase === 'verifying' ? { verifying: true } : {}) };
            options.progress(id, urls.length === 1 ? one : { ...withoutEnd(one), bytes: here + one.bytes });
          },
        });
        const stored = { path: file, bytes, sha256, ...(serverName === undefined ? {} : { serverName }) };
        await records.change(id, ({ files }) => ({ files: [...files, stored] }));
      }
    },

    discard: ({ id, folder, files }) =>
      clearing(async () => {
        if (folder === null || !(await isFolder(folder))) return false;
        const present = records.get(id);
        if (present && !isOver(present)) return false;
        await discardDownload(folder, fileId(id, files.length));
        return true;
      }),
  };
}

/** Of one file among several the end is not that of all. */
function withoutEnd({ bytes, rate, verifying }: BackupProgress): BackupProgress {
  return { bytes, ...(rate === undefined ? {} : { rate }), ...(verifying ? { verifying } : {}) };
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
