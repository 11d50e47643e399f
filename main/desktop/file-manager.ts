import { dirname } from 'node:path';
import type { Dialog, Shell } from 'electron';
import type { Ports } from '../engine/ports.ts';

interface FileManagerParts {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly shell: Pick<Shell, 'openPath' | 'showItemInFolder' | 'trashItem'>;
  readonly platform: NodeJS.Platform;
}

/** What the engine asks of the system's file manager. */
export function createFileManager({ dialog, shell, platform }: FileManagerParts) {
  return {
    async chooseFolder(present) {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: 'Where backups are put',
        defaultPath: present,
        buttonLabel: 'Put backups here',
        properties: ['openDirectory', 'createDirectory'],
      });
      return canceled ? undefined : filePaths[0];
    },
    async reveal(path) {
      // Some Linux desktops ignore the wish to mark a file, without a word; a folder they all open.
      if (platform === 'linux') return (await shell.openPath(dirname(path))) === '';
      shell.showItemInFolder(path);
      return true;
    },
    trash: (path) => shell.trashItem(path),
  } satisfies Partial<Ports>;
}
