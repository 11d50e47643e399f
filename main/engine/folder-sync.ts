import { open } from 'node:fs/promises';

/** What a file system answers that cannot sync a folder (some network drives), or whose folder may not be read. */
const unsupported = ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF', 'EISDIR', 'EACCES', 'EPERM'];

/** Whether a folder could not be synced although its disk works: what it contains is synced. */
export function isSyncUnsupported(error: unknown): boolean {
  return unsupported.includes((error as NodeJS.ErrnoException).code ?? '');
}

/** Makes the names in a folder durable; throws where its disk does not confirm them. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot sync a folder; its file systems preserve the order themselves.
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  await handle.sync();
}

/**
 * Follows the syncs of what is stored already, so that a failed one does not undo it: whoever stored it must not store it again.
 * Warns once while the disk confirms none.
 */
export function createSyncWarning(warn: (reason: string) => void): { confirmed(): void; failed(error: unknown): void } {
  let isUnsynced = false;
  return {
    confirmed() {
      isUnsynced = false;
    },
    failed(error) {
      if (!isUnsynced) warn(error instanceof Error ? error.message : String(error));
      isUnsynced = true;
    },
  };
}
