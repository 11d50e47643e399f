import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Message, updateMessages } from '../../engine/messages/index.ts';

/** Stores across the restart which version is being installed. */
export interface Attempt {
  begin(version: string): void;
  /** Returns a message once where the running version is not the one that was to be installed. */
  takeFailure(): Message | undefined;
}

export function createAttempt(folder: string, running: string): Attempt {
  const file = join(folder, 'installing');
  return {
    begin(version) {
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, version);
      } catch {
        // Where it cannot be stored, for example on a full disk, a failure will not be reported; the installation
        // continues.
      }
    },
    takeFailure() {
      const version = readVersion(file);
      rmSync(file, { force: true });
      return version === undefined || version === running ? undefined : updateMessages.notInstalled({ version });
    },
  };
}

function readVersion(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').slice(0, 100) || undefined;
  } catch {
    return undefined;
  }
}
