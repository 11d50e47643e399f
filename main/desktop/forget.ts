import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Deletes the data folder after everything in it was closed. On Windows, caches that Chromium still has open cannot be
 * deleted and stay.
 */
export function deleteData(folder: string): void {
  for (const name of readdirSync(folder)) {
    try {
      rmSync(join(folder, name), { recursive: true, force: true });
    } catch {
      // Chromium keeps it open until this process ends.
    }
  }
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Kept open by Chromium, too.
  }
}
