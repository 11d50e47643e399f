import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Output } from '../../../preload/contract/index.ts';
import { diskFailure, safeFileName } from '../download/index.ts';
import { RingbackError } from '../errors.ts';
import { backupMessages } from '../messages/index.ts';
import type { Ports } from '../ports.ts';
import { createStoredValue } from '../storage/index.ts';

/** In characters; systems allow 255 bytes. */
const longestName = 80;

/** The folder of all backups. */
export interface BackupFolder {
  readonly location: Output<'backups.place'>;
  /** Each account has a folder of its own in it. */
  folderOf(account: string): string;
  /** Asks the user; false where they changed their mind. Throws where the folder may not be written to. */
  choose(): Promise<boolean>;
}

export function createBackupFolder(ports: Ports, warn: (message: string) => void): BackupFolder {
  const record = createStoredValue(ports.store, 'backup-folder', z.string(), '', warn);
  const folder = (): string => record.value || ports.backupFolder || join(ports.folder, 'backups');
  return {
    get location() {
      return { folder: folder(), choosable: ports.chooseFolder !== undefined };
    },
    folderOf: (account) =>
      join(folder(), safeFileName(account.replace(/[/\\]/g, '-')).slice(0, longestName) || 'account'),
    async choose() {
      if (!ports.chooseFolder) {
        throw new RingbackError('conflict', backupMessages.folderNotChoosable());
      }
      const chosen = await ports.chooseFolder(folder());
      if (chosen === undefined) return false;
      try {
        await mkdir(chosen, { recursive: true });
        await access(chosen, constants.W_OK);
      } catch (error) {
        throw diskFailure(error);
      }
      record.set(chosen);
      return true;
    },
  };
}
