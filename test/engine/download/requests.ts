import {
  type DownloadOptions,
  type DownloadProgress,
  type DownloadRequest,
  fileFetch,
} from '../../../main/engine/download/download.ts';

export function request(folder: string, url: string, more: Partial<DownloadRequest> = {}): DownloadRequest {
  return { id: 'one', url, folder, fallbackName: 'autoflex-backup', account: 'Garage', ...more };
}

/** With little patience, so that a test need not have much. */
export function options(more: Partial<DownloadOptions> = {}): DownloadOptions {
  return {
    fetch: fileFetch,
    signal: new AbortController().signal,
    now: Date.now,
    ...more,
    retryPolicy: { backoff: 1, stall: 10_000, ...more.retryPolicy },
  };
}

/** Collects what is told. */
export function progressLog(): { readonly told: DownloadProgress[]; progress(progress: DownloadProgress): void } {
  const told: DownloadProgress[] = [];
  return { told, progress: (progress) => told.push(progress) };
}
