import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  fsyncSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
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

/** Replaces a program by a file with this SHA-512 (Base64). */
function replaceProgram(program: string, file: string, sha512: string): void {
  const copy = `${program}.${process.pid}.part`;
  try {
    copyFileSync(file, copy);
    chmodSync(copy, 0o755);
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
