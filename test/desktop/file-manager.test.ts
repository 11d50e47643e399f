import { expect, test } from 'vitest';
import { createFileManager } from '../../main/desktop/file-manager.ts';

function desk(platform: NodeJS.Platform, { canceled = false, failure = '' } = {}) {
  const done: unknown[] = [];
  const files = createFileManager({
    dialog: {
      async showOpenDialog(options: unknown) {
        done.push(options);
        return { canceled, filePaths: canceled ? [] : ['/chosen'] };
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
