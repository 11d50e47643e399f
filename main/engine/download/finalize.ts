import { link, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from './failure.ts';
import { numbered } from './file-name.ts';
import { type BackupFile, createManifest, listBackups, manifestPath } from './manifest.ts';

/**
 * Gives a proven part its name, atomically, and never in place of another file: "name.zip", else "name (2).zip".
 * The manifest comes first and names the download, so that a crash at any point is healed by findLanded.
 */
export async function finalizeFile(
  part: string,
  name: string,
  folder: string,
  facts: Omit<BackupFile, 'file'>,
): Promise<BackupFile> {
  try {
    for (let number = 1; ; number += 1) {
      const file = join(folder, number === 1 ? name : numbered(name, number));
      const backup: BackupFile = { ...facts, file };
      if ((await exists(file)) || !(await createManifest(backup))) continue;
      if (await move(part, file)) {
        await syncFolder(folder);
        return backup;
      }
      await rm(manifestPath(file));
    }
  } catch (error) {
    throw diskFailure(error);
  }
}

/** The backup that this download has brought already; clears away what a crash left half done. */
export async function findFinalized(folder: string, id: string): Promise<BackupFile | undefined> {
  for (const backup of (await listBackups(folder)).filter((one) => one.id === id)) {
    const size = await stat(backup.file).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === backup.bytes) return backup;
    // A reservation that was never filled.
    if (size === 0) await rm(backup.file);
    await rm(manifestPath(backup.file), { force: true });
  }
  return undefined;
}

/** False where the name is taken after all. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch {
    return replaceReservation(from, to);
  }
  // It is in its place; a second name that cannot go now is cleared away with the part.
  await unlink(from).catch(() => {});
  return true;
}

/** Also for file systems without hard links (FAT, many network drives): the name is taken first, then the file put in its place. */
async function replaceReservation(from: string, to: string): Promise<boolean> {
  try {
    await (await open(to, 'wx')).close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(from, to);
  return true;
}

async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing; its file systems keep the order themselves.
  if (process.platform === 'win32') return;
  await using handle = await open(folder, 'r');
  // Some network file systems cannot; the file itself is synced.
  await handle.sync().catch((error) => {
    if (!['EINVAL', 'ENOTSUP'].includes(errorCode(error) ?? '')) throw error;
  });
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
