import { link, open, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { diskFailure, errorCode } from './failure.ts';
import { numbered } from './file-name.ts';
import type { FolderSync } from './folder-sync.ts';
import { type BackupFile, createManifest, listBackups, manifestPath } from './manifest.ts';

/**
 * Renames a verified partial file atomically, never replacing another: "name.zip", else "name (2).zip". The manifest,
 * written first, names the download, so that findFinalized can repair the state after a crash at any point.
 */
export async function finalizeFile(
  partialFile: string,
  name: string,
  folder: string,
  facts: Omit<BackupFile, 'file'>,
  syncFolder: FolderSync,
): Promise<BackupFile> {
  try {
    for (let number = 1; ; number += 1) {
      const file = join(folder, number === 1 ? name : numbered(name, number));
      const backup: BackupFile = { ...facts, file };
      if ((await exists(file)) || !(await createManifest(backup))) continue;
      if (await move(partialFile, file)) {
        await syncFolder(folder);
        return backup;
      }
      await rm(manifestPath(file));
    }
  } catch (error) {
    throw diskFailure(error);
  }
}

/** Renames a damaged file to "<name>.damaged", or with a number where that is taken; returns its new path. */
export async function setAsideDamaged(partialFile: string, name: string, folder: string): Promise<string> {
  try {
    for (let number = 1; ; number += 1) {
      const file = join(folder, `${number === 1 ? name : numbered(name, number)}.damaged`);
      if (!(await exists(file)) && (await move(partialFile, file))) return file;
    }
  } catch (error) {
    throw diskFailure(error);
  }
}

/** The finished backup of this download; removes what a crash left unfinished. */
export async function findFinalized(folder: string, id: string): Promise<BackupFile | undefined> {
  for (const backup of (await listBackups(folder)).filter((one) => one.id === id)) {
    const size = await stat(backup.file).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === backup.bytes) return backup;
    // An empty reservation.
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
  // The file has its final name; a second name that cannot be removed now is removed with the partial file.
  await unlink(from).catch(() => {});
  return true;
}

/** For file systems without hard links (FAT, many network drives): an empty file reserves the name and is replaced. */
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

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
