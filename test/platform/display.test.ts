import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasDisplay } from '../../main/platform/index.ts';
import { temporaryFolder } from '../support/temporary.ts';

const onLinux = (environment: Readonly<Record<string, string>>, ...parameters: string[]) =>
  hasDisplay({ platform: 'linux', environment, parameters });

test.each([
  [{}, false],
  [{ DISPLAY: '', WAYLAND_DISPLAY: '' }, false],
  [{ DISPLAY: ':0' }, true],
  [{ WAYLAND_DISPLAY: 'wayland-1' }, true],
  [{ WAYLAND_SOCKET: '7' }, true],
] as const)('with %o Linux has a display: %s', (environment, expected) => {
  expect(onLinux(environment)).toBe(expected);
});

test('Wayland’s usual socket is a display, and another one is not', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'bus'));
  expect(onLinux({ XDG_RUNTIME_DIR: folder })).toBe(false);
  await writeFile(join(folder, 'wayland-0'), '');
  expect(onLinux({ XDG_RUNTIME_DIR: folder })).toBe(true);
});

test('where Chromium is told what to draw on, and on other systems, nothing is looked for', () => {
  expect(onLinux({}, 'ringback', '--ozone-platform=headless')).toBe(true);
  for (const platform of ['win32', 'darwin'] as const)
    expect(hasDisplay({ platform, environment: {}, parameters: [] })).toBe(true);
});
