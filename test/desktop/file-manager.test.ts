import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFileManager } from '../../main/desktop/file-manager.ts';
import { temporaryFolder } from '../support/temporary.ts';

function desk(platform: NodeJS.Platform, { canceled = false, failure = '', filePath = '' } = {}) {
  const done: unknown[] = [];
  const files = createFileManager({
    dialog: {
      async showOpenDialog(options: unknown) {
        done.push(options);
        return { canceled, filePaths: canceled ? [] : ['/chosen'] };
      },
      async showSaveDialog(options: unknown) {
        done.push(options);
        return { canceled, filePath };
      },
    } as never,
    shell: {
      async openPath(path) {
        done.push(['open', path]);
        return failure;
      },
      showItemInFolder: (path) => void done.push(['show', path]),
      trashItem: async (path) => void done.push(['trash', path]),
    },
    platform,
    documents: '/documents',
  });
  return { files, done };
}

test('the user is asked for a folder, beginning at the present one', async () => {
  const { files, done } = desk('linux');
  expect(await files.chooseFolder('/present')).toBe('/chosen');
  expect(done).toMatchObject([{ defaultPath: '/present', properties: ['openDirectory', 'createDirectory'] }]);
  expect(await desk('linux', { canceled: true }).files.chooseFolder('/present')).toBeUndefined();
});

test('a file is marked in its folder, on Linux the folder is opened; a failure is said', async () => {
  const mac = desk('darwin');
  expect(await mac.files.reveal('/backups/a.zip')).toBe(true);
  expect(mac.done).toEqual([['show', '/backups/a.zip']]);
  const linux = desk('linux');
  expect(await linux.files.reveal('/backups/a.zip')).toBe(true);
  expect(linux.done).toEqual([['open', '/backups']]);
  expect(await desk('linux', { failure: 'no program' }).files.reveal('/backups/a.zip')).toBe(false);
});

test('a text is saved where the user wants, for that user alone', async () => {
  const filePath = join(await temporaryFolder(), 'support.txt');
  const { files, done } = desk('linux', { filePath });
  expect(await files.saveText('support.txt', 'text')).toBe(filePath);
  expect(done).toMatchObject([{ title: 'Save file', defaultPath: join('/documents', 'support.txt') }]);
  expect(await readFile(filePath, 'utf8')).toBe('text');
  expect((await stat(filePath)).mode & 0o077).toBe(0);
});

test('a text is not saved where the user changes their mind, and a place that cannot be written is named', async () => {
  expect(await desk('linux', { canceled: true }).files.saveText('support.txt', 'text')).toBeUndefined();
  const { files } = desk('linux', { filePath: '/nowhere/support.txt' });
  await expect(files.saveText('support.txt', 'text')).rejects.toThrow('/nowhere/support.txt could not be written');
});
