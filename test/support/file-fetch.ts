import { createFileFetch, type FileFetch } from '../../main/platform/network/file-fetch.ts';

/** Fetches files without any proxy. */
export const fileFetch: FileFetch = createFileFetch(async () => ['direct'], { timeout: 10_000, onStep: () => {} });
