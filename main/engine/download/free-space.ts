import { statfs } from 'node:fs/promises';
import { downloadMessages } from '../messages/index.ts';
import { DownloadError, diskFailure } from './failure.ts';

export interface SpaceNeeded {
  /** Of the whole file, in bytes. */
  readonly length: number;
  /** How much of it is on disk already. */
  readonly received: number;
  /** The size of a file that it replaces. */
  readonly replaced?: number;
}

/** Throws "disk-full" where the rest of a file does not fit into the folder. */
export async function checkFreeSpace(folder: string, { length, received, replaced = 0 }: SpaceNeeded): Promise<void> {
  const { bavail, bsize } = await statfs(folder).catch((error) => Promise.reject(diskFailure(error)));
  const free = bavail * bsize + replaced;
  const needed = length - received;
  if (free >= needed) return;
  const { diskTooSmall, diskTooSmallForRest } = downloadMessages;
  throw new DownloadError('disk-full', (received > 0 ? diskTooSmallForRest : diskTooSmall)({ needed, free, folder }));
}
