import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { setLoginItem } from '../../main/desktop/login-item.ts';
import { temporaryFolder } from '../support/temporary.ts';

function system(openAtLogin: boolean, ignored?: 'requires-approval' | 'not-found') {
  const written: unknown[] = [];
  let present = openAtLogin;
  const app = {
    getLoginItemSettings: () => ({ openAtLogin: present, ...(ignored ? { status: ignored } : {}) }),
    setLoginItemSettings(item: { readonly openAtLogin: boolean }) {
      written.push(item);
      if (ignored === undefined) present = item.openAtLogin;
    },
  } as unknown as App;
  return { app, written };
}

async function linux(command: readonly string[], environment: Record<string, string> = {}) {
  const home = await temporaryFolder();
  const parts = { ...system(false), platform: 'linux', environment, command, home } as const;
  const file = join(home, '.config', 'autostart', 'ringback.desktop');
  return { parts, home, file, exec: () => readFileSync(file, 'utf8').match(/^Exec=(.*)$/m)?.[1] };
}

test('on Linux an autostart entry starts Ringback hidden, and is removed again', async () => {
  const { parts, file, exec } = await linux(['/opt/Ringback/ringback']);
  await setLoginItem(true, parts);
  expect(readFileSync(file, 'utf8')).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Ringback\n/);
  expect(exec()).toBe('/opt/Ringback/ringback --hidden');
  await setLoginItem(false, parts);
  await setLoginItem(false, parts);
  expect(existsSync(file)).toBe(false);
});

test('an AppImage is started by its own file and not by its mount point', async () => {
  const { parts, exec } = await linux(['/tmp/.mount_Ring/ringback'], { APPIMAGE: '/home/me/Ringback.AppImage' });
  await setLoginItem(true, parts);
  expect(exec()).toBe('/home/me/Ringback.AppImage --hidden');
});

test('a path with special characters is quoted as the Desktop Entry Specification says', async () => {
  const { parts, exec } = await linux(['/home/me/my "own" $apps 100%/a\\b']);
  await setLoginItem(true, parts);
  expect(exec()).toBe(String.raw`"/home/me/my \\"own\\" \\$apps 100%%/a\\\\b" --hidden`);
});

test('the folder of XDG_CONFIG_HOME is honoured', async () => {
  const folder = await temporaryFolder();
  const { parts } = await linux(['/opt/ringback'], { XDG_CONFIG_HOME: folder });
  await setLoginItem(true, parts);
  expect(existsSync(join(folder, 'autostart', 'ringback.desktop'))).toBe(true);
});

test('on Windows the program is registered with its arguments', async () => {
  const { app, written } = system(false);
  const command = ['C:\\Ringback.exe', 'C:\\my app'];
  await setLoginItem(true, { app, platform: 'win32', environment: {}, command, home: '' });
  expect(written).toEqual([{ path: 'C:\\Ringback.exe', args: ['"C:\\my app"', '--hidden'], openAtLogin: true }]);
});

test('on macOS a login item that is as wished is left alone', async () => {
  const { app, written } = system(true);
  const parts = { app, platform: 'darwin', environment: {}, command: [], home: '' } as const;
  await setLoginItem(true, parts);
  expect(written).toEqual([]);
  await setLoginItem(false, parts);
  expect(written).toEqual([{ openAtLogin: false }]);
});

test.each([
  ['requires-approval', 'waits for your approval'],
  ['not-found', 'does not start Ringback at login'],
] as const)('a system that ignores the login item (%s) is reported', async (status, problem) => {
  const { app } = system(false, status);
  const parts = { app, platform: 'darwin', environment: {}, command: [], home: '' } as const;
  await expect(setLoginItem(true, parts)).rejects.toThrow(problem);
});
