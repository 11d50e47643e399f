import type { DownloadOptions, DownloadProgress, DownloadRequest } from '../../../main/engine/download/download.ts';
import { createFolderSync } from '../../../main/engine/download/folder-sync.ts';
import { fileFetch } from '../../support/file-fetch.ts';

export function request(folder: string, url: string, more: Partial<DownloadRequest> = {}): DownloadRequest {
  return { id: 'one', url, folder, fallbackName: 'autoflex-backup', account: 'Garage', ...more };
}

/** With a short backoff, so that a test takes little time. */
export function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    fetch: fileFetch,
    signal: new AbortController().signal,
    now: Date.now,
    syncFolder: createFolderSync((message) => console.warn(message)),
    ...more,
    retryPolicy: { backoff: 1, stall: 10_000, ...more.retryPolicy },
  };
}

/** Collects the progress reported. */
export function progressLog(): { readonly reported: DownloadProgress[]; progress(progress: DownloadProgress): void } {
  const reported: DownloadProgress[] = [];
  return { reported, progress: (progress) => reported.push(progress) };
}
