import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Dialog, Shell } from 'electron';
import type { Language } from '../../preload/languages/index.ts';
import { RingbackError } from '../engine/errors.ts';
import { supportMessages } from '../engine/messages/index.ts';
import type { Ports } from '../engine/ports.ts';
import { desktopMessages, say } from './messages.ts';

interface FileManagerParts {
  readonly dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>;
  readonly shell: Pick<Shell, 'openPath' | 'showItemInFolder' | 'trashItem'>;
  readonly platform: NodeJS.Platform;
  /** The folder in which texts are saved by default. */
  readonly documents: string;
  language?(): Language;
}

/** Replaces a file atomically. */
async function replaceFile(file: string, text: string): Promise<void> {
  const partial = `${file}.${process.pid}.part`;
  try {
    await writeFile(partial, text, { mode: 0o600, flush: true });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** The file dialogs and the file manager, for the engine. */
export function createFileManager({ dialog, shell, platform, documents, language }: FileManagerParts) {
  return {
    async chooseFolder(present) {
      const { canceled, filePaths } = await dialog.showOpenDialog({
        title: say(desktopMessages.backupFolder(), language?.()),
        defaultPath: present,
        buttonLabel: say(desktopMessages.chooseBackupFolder(), language?.()),
        properties: ['openDirectory', 'createDirectory'],
      });
      return canceled ? undefined : filePaths[0];
    },
    async saveText(name, text) {
      const { canceled, filePath } = await dialog.showSaveDialog({
        title: say(desktopMessages.saveFile(), language?.()),
        defaultPath: join(documents, name),
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      });
      if (canceled || filePath === '') return undefined;
      try {
        await replaceFile(filePath, text);
      } catch (cause) {
        throw new RingbackError('conflict', supportMessages.notSaved({ file: filePath }), { cause });
      }
      return filePath;
    },
    async reveal(path) {
      // Some Linux desktops silently ignore the request to select a file, but all open a folder.
      if (platform === 'linux') return (await shell.openPath(dirname(path))) === '';
      shell.showItemInFolder(path);
      return true;
    },
    trash: (path) => shell.trashItem(path),
  } satisfies Partial<Ports>;
}
