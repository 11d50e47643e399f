import { open } from 'node:fs/promises';

/** Error codes of file systems that cannot sync a folder (some network drives), and of folders that may not be read. */
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

/** Warns once of failed syncs until one succeeds; never throws, as the writer would repeat what is written. */
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
