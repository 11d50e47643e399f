import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const metadata = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

test('the AppImage starts without FUSE 2', () => {
  expect(configuration).toMatch(/^toolsets:\n(?: {2}#.*\n)* {2}appimage: 1\.0\.[3-9]$/m);
});

test('versions are listed below the homepage, for the beta channel too', () => {
  expect(configuration).toContain(`  url: ${metadata.homepage}/updates\n`);
  expect(configuration).toMatch(/^generateUpdatesFilesForAllChannels: true$/m);
});

test('the window, the desktop file and its StartupWMClass bear one name', () => {
  expect(metadata.desktopName).toBe('ringback.desktop');
  expect(configuration).toMatch(/^ {2}syncDesktopName: true$/m);
  expect(configuration).toMatch(/^ {6}StartupWMClass: ringback$/m);
});

test('macOS applications are signed at least ad hoc, and run hardened', () => {
  expect(configuration).toMatch(/^ {2}identity: '-'$/m);
  expect(configuration).toMatch(/^ {2}hardenedRuntime: true$/m);
});

test('cookies are not encrypted, which could ask for the key store for nothing', () => {
  expect(configuration).toMatch(/^ {2}enableCookieEncryption: false$/m);
});

test('uninstalling removes the entries that start Ringback at login', () => {
  expect(configuration).toMatch(/^ {2}include: build\/installer\.nsh$/m);
  expect(readFileSync(join(root, 'build/installer.nsh'), 'utf8')).toMatch(/customUnInstall[\s\S]*CurrentVersion\\Run"/);
  expect(configuration.match(/afterRemove: build\/linux\/postrm/g)).toHaveLength(2);
  expect(readFileSync(join(root, 'build/linux/postrm'), 'utf8')).toContain('.config/autostart/ringback.desktop');
});
