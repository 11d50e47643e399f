import { createSyncWarning, isSyncUnsupported, syncFolder } from '../folder-sync.ts';

/** Makes the names of files in a folder durable. Never fails: a file that has its name is finished. */
export type FolderSync = (folder: string) => Promise<void>;

/** `warn` gets a sentence where the disk does not confirm a name, once until it confirms one. */
export function createFolderSync(
  warn: (message: string) => void,
  sync: (folder: string) => Promise<void> = syncWherePossible,
): FolderSync {
  const warning = createSyncWarning((reason) =>
    warn(
      `A file is finished and verified, but the disk did not confirm its name (${reason}): after a power failure it may be missing. Check the disk.`,
    ),
  );
  return (folder) => sync(folder).then(warning.confirmed, warning.failed);
}

async function syncWherePossible(folder: string): Promise<void> {
  try {
    await syncFolder(folder);
  } catch (error) {
    if (!isSyncUnsupported(error)) throw error;
  }
}
