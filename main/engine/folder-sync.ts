/** What a file system answers that cannot sync a folder (some network drives), or whose folder may not be read. */
const unsupported = ['EINVAL', 'ENOTSUP', 'ENOSYS', 'EBADF', 'EISDIR', 'EACCES', 'EPERM'];

/** Whether a folder could not be synced although its disk works: what it contains is synced. */
export function isSyncUnsupported(error: unknown): boolean {
  return unsupported.includes((error as NodeJS.ErrnoException).code ?? '');
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
