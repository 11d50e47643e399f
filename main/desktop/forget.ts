import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Deletes the data folder, after everything in it has been closed. Windows does not let go of what Chromium still has open:
 * then that part, which is a cache, stays.
 */
export function deleteData(folder: string): void {
  for (const name of readdirSync(folder)) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // In use by Chromium until this process has ended.
    }
  }
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // The same.
  }
}
