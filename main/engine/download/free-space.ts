import { statfs } from 'node:fs/promises';
import { downloadMessages } from '../messages/index.ts';
import { DownloadError, diskFailure } from './failure.ts';

interface SpaceNeeded {
  /** Of the whole file, in bytes. */
  readonly length: number;
  /** How much of it is on disk already. */
  readonly received: number;
  /** The size of a file that it replaces. */
  readonly replaced?: number;
}

/** Keeps a reserve of the disk free: a full disk would make callbacks fail. */
export interface FreeSpace {
  /** Throws "disk-full" where the rest of a file does not fit beside the reserve. */
  check(needed: SpaceNeeded): Promise<void>;
  /** To be called before each part is written; checks the disk now and then, and throws "disk-full" at the reserve. */
  use(bytes: number): Promise<void>;
}

/** Bytes that are written between two looks at the disk, at most a quarter of what the last one found. */
const interval = 32 * 1024 * 1024;
const standardReserve = 1024 ** 3;
const standardShare = 0.02;

/** `reserve` in bytes; 1 GB or 2 % of the disk, whichever is less, where it is undefined. */
export function createFreeSpace(folder: string, reserve?: number): FreeSpace {
  let unchecked = Number.POSITIVE_INFINITY;
  let step = 0;

  const look = async (): Promise<{ readonly free: number; readonly kept: number }> => {
    const { bavail, blocks, bsize } = await statfs(folder).catch((error) => Promise.reject(diskFailure(error)));
    const kept = reserve ?? Math.min(standardReserve, Math.floor(blocks * bsize * standardShare));
    return { free: bavail * bsize, kept };
  };
  return {
    async check({ length, received, replaced = 0 }) {
      const { free, kept } = await look();
      const needed = length - received;
      if (free + replaced >= needed + kept) return;
      const { diskTooSmall, diskTooSmallForRest } = downloadMessages;
      const message = received > 0 ? diskTooSmallForRest : diskTooSmall;
      throw new DownloadError('disk-full', message({ needed, free: free + replaced, kept, folder }));
    },
    async use(bytes) {
      unchecked += bytes;
      if (unchecked <= step) return;
      const { free, kept } = await look();
      if (free - bytes < kept)
        throw new DownloadError('disk-full', downloadMessages.diskReserve({ free, kept, folder }));
      step = Math.min(interval, (free - kept) / 4);
      unchecked = 0;
    },
  };
}
