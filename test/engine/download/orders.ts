import {
  type DownloadMeans,
  type DownloadOrder,
  fileFetch,
  type Progress,
} from '../../../main/engine/download/download.ts';

export function order(folder: string, url: string, more: Partial<DownloadOrder> = {}): DownloadOrder {
  return { id: 'one', url, folder, fallbackName: 'autoflex-backup', account: 'Garage', ...more };
}

/** With little patience, so that a test need not have much. */
export function means(more: Partial<DownloadMeans> = {}): DownloadMeans {
  return {
    fetch: fileFetch,
    signal: new AbortController().signal,
    now: Date.now,
    ...more,
    patience: { backoff: 1, stall: 10_000, ...more.patience },
  };
}

/** Collects what is told. */
export function listener(): { readonly told: Progress[]; progress(progress: Progress): void } {
  const told: Progress[] = [];
  return { told, progress: (progress) => told.push(progress) };
}
