import { spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { prepareDataFolder } from '../../../main/engine/storage/data-folder.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const posixTest = test.skipIf(process.platform === 'win32');
/** Rights do not bind root, so that these tests act as somebody else. */
const rootTest = test.skipIf(process.getuid?.() !== 0);
const nobody = 65_534;
const unit = resolve(import.meta.dirname, '../../../main/engine/storage/data-folder.ts');

/** What the unit throws in a process of another user; empty where it throws nothing. */
function prepareAs(uid: number, folder: string): string {
  const script = `import(${JSON.stringify(unit)}).then(({ prepareDataFolder }) => {
    try { prepareDataFolder(process.argv[1]); } catch (error) { process.stdout.write(error.message); }
  })`;
  const { stdout } = spawnSync(process.execPath, ['-e', script, folder], { uid, gid: uid, timeout: 20_000 });
  return String(stdout);
}

/** A folder that every user can reach. */
async function reachableFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await chmod(folder, 0o755);
  return folder;
}

posixTest('a missing folder is made with all above it, for this user alone', async () => {
  const folder = join(await temporaryFolder(), 'two', 'levels');
  expect(prepareDataFolder(folder)).toBeUndefined();
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).toEqual([]);
});

posixTest('a folder that cannot be made is an error with its place, not a loop', () => {
  expect(() => prepareDataFolder('/proc/self/nowhere/ringback')).toThrow(
    'The data folder /proc/self/nowhere/ringback cannot be created in /proc/self',
  );
});

test('a file in place of the folder is named', async () => {
  const file = join(await temporaryFolder(), 'data');
  await writeFile(file, '');
  expect(() => prepareDataFolder(file)).toThrow(`The data folder ${file} is a file.`);
});

posixTest('a folder that others can open is reported with the command', async () => {
  const folder = join(await temporaryFolder(), "o'brien data");
  await mkdir(folder);
  await chmod(folder, 0o750);
  expect(prepareDataFolder(folder)).toMatchObject({
    code: 'storage.folderOpen',
    params: { folder, command: `chmod 700 '${folder.replace("'", "'\\''")}'` },
  });
});

rootTest('files that root left behind are named with their owner and the command', async () => {
  const folder = await reachableFolder();
  await chown(folder, nobody, nobody);
  await writeFile(join(folder, 'events.sqlite-wal'), '', { mode: 0o600 });
  expect(prepareAs(nobody, folder)).toBe(
    `Ringback cannot write ${join(folder, 'events.sqlite-wal')}, which belongs to root. Run this in a terminal, then start Ringback again: sudo chown -R ${nobody} ${folder}`,
  );
});

rootTest("a folder without its owner's right to write gets it back by the command", async () => {
  const folder = await reachableFolder();
  await chown(folder, nobody, nobody);
  await chmod(folder, 0o555);
  expect(prepareAs(nobody, folder)).toMatch(
    /^Ringback cannot write \S+, which belongs to \S+\. .*: chmod -R u\+rwX \S+$/,
  );
  await chmod(folder, 0o700);
  expect(prepareAs(nobody, folder)).toBe('');
});

rootTest('a folder that cannot be made in a folder of root names both', async () => {
  const folder = join(await reachableFolder(), 'ringback');
  expect(prepareAs(nobody, folder)).toMatch(/cannot be created in \S+, which belongs to root\. Set RINGBACK_DATA_DIR/);
});
