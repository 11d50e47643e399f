import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../../main/engine/ports.ts';
import { withCopies } from '../../../main/engine/storage/settings-file/index.ts';
import { createStoredValue } from '../../../main/engine/storage/stored-value.ts';
import { openStore } from '../../../main/headless/store.ts';
import { extent } from '../../endurance/extent.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const text = JSON.stringify({ name: 'Großer Turm' });
const bigEndian = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

function utf32(characters: string): Buffer {
  return Buffer.from(Uint32Array.from(characters, (character) => character.codePointAt(0) ?? 0).buffer);
}

test.each([
  ['a UTF-8 byte order mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 with its mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
  ['UTF-16 in big-endian order', bigEndian],
  ['the encoding of Western Windows', Buffer.from(text, 'latin1')],
  ['trailing NULs', Buffer.from(text + '\0'.repeat(512))],
  ['two marks', Buffer.from(`\uFEFF\uFEFF${text}`)],
  ['UTF-32 with its mark', utf32(`\uFEFF${text}`)],
  ['UTF-32 without a mark', utf32(text)],
  ['UTF-32 in big-endian order', utf32(text).swap32()],
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
  expect(warning?.text).toContain('was restored');
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
  expect(warning?.text).toContain('was restored');
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
  expect(warning?.text).toContain('characters of the settings file were damaged');
});

test('settings with a damaged byte are replaced by their newest copy', async () => {
  const folder = await temporaryFolder();
  openStore(folder, Date.now).store.set('name', 'Müller & Co');
  writeFileSync(join(folder, 'settings.json'), damagedBytes());
  const { store, warning } = openStore(folder, Date.now);
  expect(store.get('name')).toBe('Müller & Co');
  expect(warning?.text).toContain('was restored');
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

const hooks = [{ id: 'one', state: 'active' }];

/** A folder whose settings were stored by a host. */
async function storedSettings(): Promise<{ readonly folder: string; readonly file: string; readonly store: Store }> {
  const folder = await temporaryFolder();
  const { store } = openStore(folder, Date.now);
  store.set('installation', 'a1b2c3d4');
  store.set('hooks', hooks);
  return { folder, file: join(folder, 'settings.json'), store };
}

/** Each bit, or at least one of each byte. */
const step = extent({ full: 1, short: 7 });

test('whichever bit of the settings is flipped, nothing is lost without a warning', async () => {
  const { folder, file } = await storedSettings();
  // The file decays on its disk: nobody has written it since it was copied.
  const writtenAt = new Date('2026-01-02T03:04:05Z');
  utimesSync(file, writtenAt, writtenAt);
  rmSync(`${file}.copy-1`);
  openStore(folder, Date.now);
  const files = readdirSync(folder).map((name) => [join(folder, name), readFileSync(join(folder, name))] as const);
  const intact = readFileSync(file);
  for (let bit = 0; bit < intact.length * 8; bit += step) {
    for (const [path, bytes] of files) writeFileSync(path, bytes);
    const bytes = Buffer.from(intact);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    writeFileSync(file, bytes);
    utimesSync(file, writtenAt, writtenAt);
    const warnings: string[] = [];
    const { store, warning } = openStore(folder, Date.now);
    const states = z.array(z.object({ id: z.string(), state: z.literal('active') }));
    const { value } = createStoredValue(store, 'hooks', states, [], (message) => warnings.push(message));
    expect({ bit, count: value.length, state: value[0]?.state }).toEqual({ bit, count: 1, state: 'active' });
    expect({ bit, id: value[0]?.id, warning: warning?.text }).toMatchObject({
      id: 'one',
      warning: expect.stringMatching(/./),
    });
  }
});

test('a flipped bit is an edit where the file was written since, unless a setting would be lost', async () => {
  const { folder, file, store } = await storedSettings();
  store.set('plans', { aaaa: 1 });
  const intact = readFileSync(file, 'utf8');
  const states: unknown[] = [];
  for (const [from, to] of [
    ['"aaaa"', '"aaac"'],
    ['"one"', '"ooe"'],
    ['"plans"', '"planr"'],
    ['"hooks"', '"iooks"'],
  ] as const) {
    writeFileSync(file, intact);
    openStore(folder, Date.now).store.set('name', 'x');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    const { store: again, warning } = openStore(folder, Date.now);
    states.push([again.get('plans'), again.get('hooks'), warning === undefined]);
  }
  expect(states).toEqual([
    [{ aaac: 1 }, hooks, true],
    [{ aaaa: 1 }, [{ id: 'ooe', state: 'active' }], true],
    [{ aaaa: 1 }, hooks, false],
    [{ aaaa: 1 }, hooks, false],
  ]);
});

test.each([1, 2, 5])(
  'what the settings were before edits by hand stays in a copy for the hour, however many changes follow: %i edits',
  async (edits) => {
    const { folder, file, store } = await storedSettings();
    store.set('name', 'before');
    for (let edit = 1; edit <= edits; edit += 1) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"name":\s*"\w+"/, `"name":"edit${edit}"`));
      const { store: again } = openStore(folder, Date.now);
      for (let count = 0; count < 20; count += 1) again.set('other', count);
    }
    expect(copiedNames(file)).toEqual([`edit${edits}`, 'before', undefined]);
  },
);

test('edits by hand hours apart move the copies on, one each', async () => {
  const { folder, file, store } = await storedSettings();
  const clock = { now: Date.now() };
  store.set('name', 'before');
  for (const name of ['one', 'two']) {
    for (const part of ['half', 'whole']) {
      writeFileSync(file, readFileSync(file, 'utf8').replace(/"name":\s*"\w+"/, `"name":"${part}_${name}"`));
      openStore(folder, () => clock.now);
    }
    clock.now += 7_200_000;
  }
  expect(copiedNames(file)).toEqual(['whole_two', 'whole_one', 'before']);
});

/** The value "name" in each copy, the newest first. */
function copiedNames(file: string): unknown[] {
  return [1, 2, 3].map((copy) => JSON.parse(readFileSync(`${file}.copy-${copy}`, 'utf8')).name);
}

test('settings that have no copy yet get one when they are opened', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ installation: 'a1b2c3d4', hooks }));
  openStore(folder, Date.now);
  writeFileSync(file, '{"installation": "a1b2');
  const { store, warning } = openStore(folder, Date.now);
  expect([store.get('hooks'), warning?.text]).toEqual([hooks, expect.stringContaining('was restored')]);
});

test.each([
  ['a folder', (path: string) => mkdirSync(join(path, 'within'), { recursive: true })],
  ['a pipe, which would never end', (path: string) => execFileSync('mkfifo', [path])],
])('where the settings file or a copy has become %s, the others are used', async (_, make) => {
  const { folder, file } = await storedSettings();
  rmSync(file);
  make(file);
  const { store: again, damaged = '', warning } = openStore(folder, Date.now);
  expect([again.get('hooks'), warning?.text]).toEqual([hooks, expect.stringContaining('was restored')]);
  expect(statSync(damaged).isFile()).toBe(false);
  rmSync(`${file}.copy-1`);
  make(`${file}.copy-1`);
  again.set('name', 'later');
  expect(JSON.parse(readFileSync(`${file}.copy-1`, 'utf8'))).toMatchObject({ hooks, name: 'later' });
  rmSync(file);
  make(file);
  expect([again.get('hooks'), statSync(file).isFile()]).toEqual([hooks, true]);
});

test.each(['EIO', 'ENOSPC', 'EROFS'])(
  'a change that the disk does not confirm is made, with one warning: %s',
  async (code) => {
    const { file } = await storedSettings();
    const warnings: string[] = [];
    let works = false;
    const sync = (): void => {
      if (!works) throw Object.assign(new Error(`${code}: fsync`), { code });
    };
    const inner = new Map<string, unknown>(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
    const save = (): void => writeFileSync(file, JSON.stringify(Object.fromEntries(inner)));
    const plain: Store = {
      get: (key) => inner.get(key),
      set: (key, value) => {
        inner.set(key, value);
        save();
      },
      delete: (key) => {
        inner.delete(key);
        save();
      },
    };
    const store = withCopies(plain, file, Date.now, (message) => warnings.push(message), sync);
    store.set('name', 'one');
    store.set('name', 'two');
    expect(JSON.parse(readFileSync(`${file}.copy-1`, 'utf8'))).toMatchObject({ hooks, name: 'two' });
    expect(warnings).toEqual([expect.stringContaining(`did not confirm it (${code}`)]);
    works = true;
    store.set('name', 'three');
    works = false;
    store.set('name', 'four');
    expect(warnings).toHaveLength(2);
  },
);

test('a file that is stored again is synced at once, and a disk that does not confirm it is named', async () => {
  const { file, store } = await storedSettings();
  const warnings: string[] = [];
  const sync = (): void => {
    if (warnings.length > 0) throw new Error('EIO: fsync');
  };
  const opened = withCopies(store, file, Date.now, (message) => warnings.push(message), sync);
  rmSync(file);
  expect(opened.get('hooks')).toEqual(hooks);
  expect(warnings).toEqual([expect.stringContaining('it was stored again'), expect.stringContaining('(EIO: fsync)')]);
});

test('a disk that does not confirm settings that were repaired before is named when they are opened', async () => {
  const { file, store } = await storedSettings();
  const warnings: string[] = [];
  const sync = (): never => {
    throw new Error('EIO: fsync');
  };
  withCopies(store, file, Date.now, (message) => warnings.push(message), sync);
  expect(warnings).toEqual([expect.stringContaining('did not confirm it (EIO: fsync)')]);
});

test('a damaged copy does not replace sound settings', async () => {
  const { folder, file } = await storedSettings();
  const copy = `${file}.copy-1`;
  writeFileSync(copy, readFileSync(copy, 'utf8').replace('"hooks"', '"hookc"'));
  const { store, warning } = openStore(folder, Date.now);
  expect([store.get('hooks'), warning]).toEqual([hooks, undefined]);
});

test('an edit by hand is no damage', async () => {
  const { folder, file } = await storedSettings();
  writeFileSync(file, readFileSync(file, 'utf8').replace('"one"', '"two"'));
  const { store, warning } = openStore(folder, Date.now);
  expect([store.get('hooks'), warning]).toEqual([[{ id: 'two', state: 'active' }], undefined]);
});

test.each([
  ['another name of equal length', (text: string) => text.replace('"aaaa"', '"bbbb"')],
  ['one other letter of a name', (text: string) => text.replace('"aaaa"', '"aaab"')],
  ['another order', (text: string) => text.replace('"a1"', '"?"').replace('"b2"', '"a1"').replace('"?"', '"b2"')],
  ['many letters that differ by case', (text: string) => text.replace('"aaaa"', '"AAAA"').replace('"b2"', '"B2"')],
])('an edit by hand of names is no damage: %s', async (_, edit) => {
  const { folder, file, store } = await storedSettings();
  store.set('plans', { aaaa: { a1: 1, b2: 2 } });
  const edited = edit(readFileSync(file, 'utf8'));
  writeFileSync(file, edited);
  const { store: again, warning } = openStore(folder, Date.now);
  expect([again.get('plans'), warning]).toEqual([JSON.parse(edited).plans, undefined]);
});

test('a change that was stored while its copy was not is there after a restart', async () => {
  const { folder, file, store } = await storedSettings();
  store.set('plan-one', 1);
  const files = [`${file}.copy-1`, `${file}.sum`].map((path) => [path, readFileSync(path)] as const);
  store.delete('plan-one');
  store.set('plan-two', 1);
  for (const [path, bytes] of files) writeFileSync(path, bytes);
  const { store: again, warning } = openStore(folder, Date.now);
  expect([again.get('plan-two'), warning]).toEqual([1, undefined]);
});

test.each([
  ['deleted', (store: Store) => store.delete('name')],
  ['changed', (store: Store) => store.set('name', 'two')],
])('the value of the copy is known also after another one was %s', async (_, change) => {
  const { folder, file, store } = await storedSettings();
  store.set('name', 'one');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"active"', '"actife"'));
  const again = openStore(folder, Date.now).store;
  change(again);
  expect([again.get('hooks'), again.earlier?.('hooks')]).toEqual([[{ id: 'one', state: 'actife' }], hooks]);
});

test.each([
  ['deleted', (file: string) => rmSync(file)],
  ['emptied', (file: string) => writeFileSync(file, '')],
  ['replaced by another JSON file', (file: string) => writeFileSync(file, '{"name":"x"}')],
  ['cut', (file: string) => truncateSync(file, 30)],
])('settings that are %s while the host runs are stored again with the next change', async (_, spoil) => {
  const { folder, file, store } = await storedSettings();
  spoil(file);
  expect(store.get('hooks')).toEqual(hooks);
  spoil(file);
  store.set('name', 'later');
  const again = openStore(folder, Date.now);
  expect([again.store.get('hooks'), again.store.get('name'), again.warning]).toEqual([hooks, 'later', undefined]);
});

test.each([
  ['deleted', (file: string) => rmSync(file), undefined],
  ['emptied', (file: string) => writeFileSync(file, ''), undefined],
  ['garbled', (file: string) => writeFileSync(file, '{"hooks": ['), '{"hooks": ['],
])(
  'settings that are %s while the host runs are told, once, with the place of what was there',
  async (_, spoil, aside) => {
    const { folder, file } = await storedSettings();
    const told: string[] = [];
    const { store } = openStore(folder, Date.now, (message) => told.push(message));
    spoil(file);
    store.get('hooks');
    store.set('name', 'later');
    expect(told).toEqual([expect.stringContaining('while Ringback was running; it was stored again')]);
    const place = told[0]?.match(/set aside as (.+)\.$/)?.[1];
    expect(place && readFileSync(place, 'utf8')).toBe(aside);
  },
);

/** Settings in a file of another folder, to which the settings file is a link. */
async function linkedSettings() {
  const { folder, file } = await storedSettings();
  const elsewhere = await temporaryFolder();
  const target = join(elsewhere, 'ringback.json');
  renameSync(file, target);
  symlinkSync(relative(folder, target), file);
  return { folder, file, elsewhere, target };
}

test.each([
  ['deleted', (target: string) => rmSync(target), 0],
  ['emptied', (target: string) => writeFileSync(target, ''), 0],
  ['garbled', (target: string) => writeFileSync(target, '{"hooks": ['), 1],
])('a settings file that is a link stays one when its target is %s while the host runs', async (_, spoil, asides) => {
  const { folder, file, elsewhere, target } = await linkedSettings();
  const { store } = openStore(folder, Date.now);
  spoil(target);
  expect(store.get('hooks')).toEqual(hooks);
  store.set('name', 'later');
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ hooks, name: 'later' });
  expect(readdirSync(elsewhere)).toHaveLength(1 + asides);
});

test('a settings file that is a link stays one when its newest copy is restored', async () => {
  const { folder, file, target } = await linkedSettings();
  writeFileSync(target, '{"hooks": [');
  const { store, damaged } = openStore(folder, Date.now);
  expect(store.get('hooks')).toEqual(hooks);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ hooks });
  expect([lstatSync(damaged ?? '').isFile(), readFileSync(damaged ?? '', 'utf8')]).toEqual([true, '{"hooks": [']);
});

test('a settings file that cannot be read for a moment is not overwritten', async () => {
  const { folder, file, store } = await storedSettings();
  const edited = join(folder, 'edited.json');
  writeFileSync(edited, readFileSync(file, 'utf8').replace('"one"', '"edited"'));
  rmSync(file);
  symlinkSync('settings.json', file);
  expect(() => store.get('hooks')).toThrow('ELOOP');
  expect(() => store.set('name', 'later')).toThrow('ELOOP');
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  renameSync(edited, file);
  expect(store.get('hooks')).toEqual([{ id: 'edited', state: 'active' }]);
});

test('a settings file that is a link stays one when it is repaired', async () => {
  const { folder, file } = await storedSettings();
  const target = join(await temporaryFolder(), 'ringback.json');
  writeFileSync(target, Buffer.from(`\uFEFF${readFileSync(file, 'utf8')}`));
  rmSync(file);
  symlinkSync(target, file);
  openStore(folder, Date.now).store.set('name', 'later');
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ hooks, name: 'later' });
});

describe('a damaged settings file of which there is no copy', () => {
  const settings = {
    installation: { id: 'one' },
    connections: [
      { id: 'a', name: 'Büro' },
      { id: 'b', name: 'Tower' },
    ],
    hooks: [{ id: 'h', scope: { folder: '1' } }],
    language: 'de',
  };
  const whole = `${JSON.stringify(settings, undefined, '\t')}`;
  const open = async (bytes: string | Buffer) => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, 'settings.json'), bytes);
    const { store, damaged, warning } = openStore(folder, Date.now);
    expect(readFileSync(damaged ?? '')).toEqual(Buffer.from(bytes));
    expect(warning?.text).toContain('was set aside');
    return Object.fromEntries(Object.keys(settings).map((name) => [name, store.get(name)]));
  };
  const without = (...names: (keyof typeof settings)[]) =>
    Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, names.some((one) => one === name) ? undefined : value]),
    );

  it.each<[string, string, (keyof typeof settings)[]]>([
    ['cut in its last setting', whole.slice(0, -6), ['language']],
    ['cut behind its first', whole.slice(0, whole.indexOf('connections') - 3), ['connections', 'hooks', 'language']],
    ['with a bracket less', whole.replace('[', ''), ['connections']],
    ['with zeros within', whole.replace('Tower', '\0'.repeat(5)), ['connections']],
    ['with a quote less', whole.replace('"folder"', 'folder"'), ['hooks']],
    [
      'whose end is zeros',
      `${whole.slice(0, whole.indexOf('"hooks"') + 20)}${'\0'.repeat(500)}`,
      ['hooks', 'language'],
    ],
    ['without its first brace', whole.slice(1), []],
    ['with something behind it', `${whole}\n}`, ['language']],
  ])('keeps what is whole: %s', async (_name, text, lost) => {
    expect(await open(text)).toEqual(without(...lost));
  });

  it('starts with no settings where nothing is whole', async () => {
    expect(await open('{"installation":{"id":"one"')).toEqual(
      without('installation', 'connections', 'hooks', 'language'),
    );
    expect(await open(Buffer.alloc(300))).toEqual(without('installation', 'connections', 'hooks', 'language'));
  });
});
