import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFormat, readPolicy } from '../../../main/desktop/updates/index.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const parts = { platform: 'linux', environment: {} } as const;

test('updates are allowed unless a policy says otherwise', async () => {
  expect(readPolicy(parts, join(await temporaryFolder(), 'policy.json'))).toEqual({ updates: true });
});

test('the environment or a file turns updates off, and so does a file that cannot be read', async () => {
  const file = join(await temporaryFolder(), 'policy.json');
  expect(readPolicy({ ...parts, environment: { RINGBACK_UPDATES: 'off' } }, file)).toEqual({ updates: false });
  await writeFile(file, '{"updates": false}');
  expect(readPolicy(parts, file)).toEqual({ updates: false });
  await writeFile(file, '{"updates": ');
  expect(readPolicy(parts, file)).toEqual({ updates: false });
});

test('an AppImage, an NSIS installation and a signed macOS application replace themselves', async () => {
  const folder = await temporaryFolder();
  const program = join(folder, 'Ringback.exe');
  const windows = { platform: 'win32', environment: {}, program } as const;
  expect(packageFormat({ ...parts, environment: { APPIMAGE: '/home/a/Ringback.AppImage' }, program })).toBe('AppImage');
  expect(packageFormat({ ...parts, program })).toBe('other');
  const signed = () => 'Authority=Developer ID Application: A (B)\nAuthority=Apple Root CA\n';
  expect(packageFormat({ ...parts, platform: 'darwin', program, signature: signed })).toBe('macOS');
  expect(packageFormat(windows)).toBe('other');
  await writeFile(join(folder, 'Uninstall Ringback.exe'), '');
  expect(packageFormat(windows)).toBe('NSIS');
});

test.each([
  ['an ad-hoc signature', 'Identifier=app.ringback.desktop\nSignature=adhoc\nTeamIdentifier=not set\n'],
  ['no signature', '/Applications/Ringback.app: code object is not signed at all\n'],
  ['no answer of codesign', ''],
])('a macOS application with %s only announces versions', (_name, text) => {
  const program = '/Applications/Ringback.app/Contents/MacOS/Ringback';
  expect(packageFormat({ ...parts, platform: 'darwin', program, signature: () => text })).toBe('other');
});
