import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppImageUpdater } from 'electron-updater';

/**
 * Replaces the AppImage completely or not at all. electron-updater deletes it before moving the new one into place,
 * which leaves none where that fails, for example on a full disk. The file keeps its name, because login items and menu
 * entries refer to it.
 */
export class SafeAppImageUpdater extends AppImageUpdater {
  /** Throws where the AppImage was not replaced. */
  protected override doInstall({ isForceRunAfter }: { readonly isForceRunAfter: boolean }): boolean {
    const program = process.env.APPIMAGE;
    const { file, downloadedFileInfo } = this.downloadedUpdateHelper ?? {};
    if (!program || !file || !downloadedFileInfo) throw new Error('There is nothing to install.');
    replaceProgram(realpathSync(program), file, downloadedFileInfo.sha512);
    if (isForceRunAfter) void this.spawnLog(program, [], { ...process.env, APPIMAGE_SILENT_INSTALL: 'true' });
    return true;
  }
}

/**
 * Deletes the copies beside the AppImage in use that were left by processes killed during an installation. Throws nothing:
 * a copy that cannot be deleted stays.
 */
export function removeLeftCopies(program = process.env.APPIMAGE): void {
  if (!program) return;
  try {
    const path = realpathSync(program);
    const name = basename(path);
    for (const other of readdirSync(dirname(path))) {
      const id = other.startsWith(name) && /^\.([1-9]\d{0,9})\.part$/.exec(other.slice(name.length))?.[1];
      if (id && !isOtherProcess(Number(id))) rmSync(join(dirname(path), other), { force: true });
    }
  } catch {
    // The next start or installation tries again.
  }
}

/** Whether a process other than this one has this id. */
function isOtherProcess(id: number): boolean {
  if (id === process.pid) return false;
  try {
    return process.kill(id, 0);
  } catch (error) {
    // EPERM: it is another user's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Replaces a program by a file with this SHA-512 (Base64); its permissions stay. */
function replaceProgram(program: string, file: string, sha512: string): void {
  removeLeftCopies(program);
  const copy = `${program}.${process.pid}.part`;
  try {
    copyFileSync(file, copy);
    chmodSync(copy, statSync(program).mode & 0o777);
    if (flushAndHash(copy) !== sha512) throw new Error('The downloaded file has changed since it was checked.');
    renameSync(copy, program);
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
  rmSync(file, { force: true });
}

function flushAndHash(file: string): string {
  const hash = createHash('sha512');
  const buffer = Buffer.alloc(1 << 20);
  const handle = openSync(file, 'r');
  try {
    fsyncSync(handle);
    for (let length = readSync(handle, buffer); length > 0; length = readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, length));
    }
  } finally {
    closeSync(handle);
  }
  return hash.digest('base64');
}
