import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../../main/headless/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const text = JSON.stringify({ name: 'Großer Turm' });
const bigEndian = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

test.each([
  ['a UTF-8 byte order mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
  ['UTF-16 in big-endian order', bigEndian],
  ['the encoding of Western Windows', Buffer.from(text, 'latin1')],
  ['trailing NULs', Buffer.from(text + '\0'.repeat(512))],
  ['a mark and trailing NULs', Buffer.from(`\uFEFF${text}${'\0'.repeat(3)}`)],
])('settings saved with %s are read', async (_name, bytes) => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'settings.json'), bytes);
  const { store, damaged } = openStore(folder, Date.now);
  expect(damaged).toBeUndefined();
  expect(store.get('name')).toBe('Großer Turm');
});

test.each([
  ['a letter', 0x61, 0xe1],
  ['a digit', 0x30, 0xb0],
  ['a byte that no letter has', 0x6f, 0x81],
])('one flipped byte in a settings file of plain letters restores the newest copy: %s', async (_name, from, to) => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  openStore(folder, Date.now).store.set('name', 'a 0 on a boat');
  const bytes = readFileSync(file);
  bytes[bytes.lastIndexOf(from)] = to;
  writeFileSync(file, bytes);
  const { store, damaged, warning } = openStore(folder, Date.now);
  expect(store.get('name')).toBe('a 0 on a boat');
  expect(readFileSync(damaged ?? '')).toEqual(bytes);
  expect(warning).toContain('was restored');
});

test('a name that an editor stored in the encoding of Western Windows is no damage', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  openStore(folder, Date.now).store.set('name', 'Gross Turm');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Gross', 'Groß'), 'latin1');
  const { store, damaged } = openStore(folder, Date.now);
  expect([store.get('name'), damaged]).toEqual(['Groß Turm', undefined]);
});

test('a damaged settings file is replaced by its newest copy, and the warning says so', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  const first = openStore(folder, Date.now).store;
  first.set('name', 'one');
  first.set('name', 'two');
  writeFileSync(file, '{"name":"thr');
  const { store, damaged, warning } = openStore(folder, Date.now);
  expect(store.get('name')).toBe('two');
  expect(readFileSync(damaged ?? '', 'utf8')).toBe('{"name":"thr');
  expect(warning).toContain('was restored');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

/** Settings in UTF-8 with one damaged byte. */
function damagedBytes(): Buffer {
  const bytes = Buffer.from(JSON.stringify({ folder: '/home/jürgen/Größe', name: 'Müller & Co' }));
  bytes[bytes.indexOf('Co')] = 0xff;
  return bytes;
}

test('one damaged byte in settings of UTF-8 changes no other name, and the warning says so', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'settings.json'), damagedBytes());
  const { store, damaged, warning } = openStore(folder, Date.now);
  expect(store.get('folder')).toBe('/home/jürgen/Größe');
  expect(store.get('name')).toBe('Müller & \ufffdo');
  expect(readFileSync(damaged ?? '').equals(damagedBytes())).toBe(true);
  expect(warning).toContain('characters of the settings file were damaged');
});

test('settings with a damaged byte are replaced by their newest copy', async () => {
  const folder = await temporaryFolder();
  openStore(folder, Date.now).store.set('name', 'Müller & Co');
  writeFileSync(join(folder, 'settings.json'), damagedBytes());
  const { store, warning } = openStore(folder, Date.now);
  expect(store.get('name')).toBe('Müller & Co');
  expect(warning).toContain('was restored');
});

test('where the newest copy is damaged too, an older one is restored', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  const clock = { now: Date.now() };
  const first = openStore(folder, () => clock.now).store;
  first.set('name', 'one');
  clock.now += 7_200_000;
  first.set('name', 'two');
  writeFileSync(file, '');
  writeFileSync(`${file}.copy-1`, '\0\0\0');
  expect(openStore(folder, Date.now).store.get('name')).toBe('one');
});

test('many changes within an hour do not push out the older copies', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  const { store } = openStore(folder, Date.now);
  for (let index = 0; index < 20; index += 1) store.set('index', index);
  expect(JSON.parse(readFileSync(`${file}.copy-1`, 'utf8'))).toMatchObject({ index: 19 });
  expect(existsSync(`${file}.copy-3`)).toBe(false);
});

test.each([
  ['an emptied one', '{}'],
  ["another program's", '{"compilerOptions":{"strict":true}}'],
  ['a list', '[]'],
  ['one of NULs alone', '\0'.repeat(4096)],
])('%s in place of the settings file is set aside, and the newest copy restored', async (_name, text) => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  openStore(folder, Date.now).store.set('installation', '0123456789abcdef');
  writeFileSync(file, text);
  const { store, damaged } = openStore(folder, Date.now);
  expect(store.get('installation')).toBe('0123456789abcdef');
  expect(readFileSync(damaged ?? '', 'utf8')).toBe(text);
});
