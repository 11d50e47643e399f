import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Conf from 'conf';
import { expect, test } from 'vitest';
import { createLogFile, readLogFile } from '../../main/desktop/log-file.ts';
import { createMemory } from '../../main/desktop/memory.ts';
import { openStore } from '../../main/desktop/store.ts';
import { hasTrayHost } from '../../main/desktop/tray/host.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** The class under electron-store, without Electron. */
class PlainStore extends Conf<Record<string, unknown>> {
  constructor({ name, ...options }: ConstructorParameters<Parameters<typeof openStore>[0]>[0]) {
    super({ ...options, configName: name });
  }
}

test('settings survive a restart', async () => {
  const folder = await temporaryFolder();
  openStore(PlainStore, folder, () => 0).store.set('a.b', { kept: true });
  const { store, damaged } = openStore(PlainStore, folder, () => 0);
  expect(store.get('a.b')).toEqual({ kept: true });
  expect(damaged).toBeUndefined();
});

test('a damaged settings file is set aside and a new one started', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'settings.json'), '{"half":');
  const { store, damaged } = openStore(PlainStore, folder, () => 0);
  expect(store.get('half')).toBeUndefined();
  expect(await readFile(damaged ?? '', 'utf8')).toBe('{"half":');
});

test('what the desktop remembers is kept part by part, and nonsense counts as nothing', async () => {
  const { store } = openStore(PlainStore, await temporaryFolder(), () => 0);
  const memory = createMemory(store);
  memory.set({ weakKeyAgreed: true });
  memory.set({ window: { width: 800, height: 600 } });
  expect(createMemory(store).get()).toEqual({ weakKeyAgreed: true, window: { width: 800, height: 600 } });
  store.set('desktop', { window: 'wide', weakKeyAgreed: true });
  expect(memory.get()).toEqual({ weakKeyAgreed: true });
  store.set('desktop', 'nothing');
  expect(memory.get()).toEqual({});
});

test('the log keeps lines with their time, in two files at the most', async () => {
  const folder = join(await temporaryFolder(), 'logs');
  const write = createLogFile(folder, () => 0);
  const log = (text: string) => write({ level: 'info', scope: 'engine', text });
  log('started');
  expect(await readFile(join(folder, 'ringback.log'), 'utf8')).toBe('1970-01-01T00:00:00.000Z info engine: started\n');
  const long = 'x'.repeat(700_000);
  for (let count = 0; count < 9; count += 1) log(long);
  log('latest');
  expect((await readdir(folder)).sort()).toEqual(['ringback.log', 'ringback.old.log']);
  expect((await stat(join(folder, 'ringback.old.log'))).size).toBeGreaterThan(2_000_000);
  expect(await readFile(join(folder, 'ringback.log'), 'utf8')).toContain('latest');
});

test.skipIf(process.platform === 'win32')('a Linux desktop tells over D-Bus whether it shows tray icons', async () => {
  const folder = await temporaryFolder();
  const answering = async (tool: string, words: string) => {
    await writeFile(join(folder, tool), `#!/bin/sh\n${words}\n`);
    await chmod(join(folder, tool), 0o755);
    return await hasTrayHost('linux', { PATH: folder });
  };
  expect(await hasTrayHost('linux', { PATH: folder })).toBe(false);
  expect(await answering('gdbus', "echo '(<false>,)'")).toBe(false);
  expect(await answering('gdbus', 'exit 1')).toBe(false);
  expect(await answering('busctl', "echo 'b true'")).toBe(true);
  expect(await answering('gdbus', "echo '(<true>,)'")).toBe(true);
});

test('macOS and Windows always have a place for tray icons', async () => {
  expect(await hasTrayHost('darwin', {})).toBe(true);
  expect(await hasTrayHost('win32', {})).toBe(true);
});

test('the latest part of the log is read from both files, in whole lines', async () => {
  const folder = await temporaryFolder();
  expect(await readLogFile(folder)).toBe('');
  const write = createLogFile(folder, () => 0);
  for (let line = 0; line < 30_000; line += 1)
    write({ level: 'info', scope: 'test', text: `line ${line} ${'x'.repeat(50)}` });
  const text = await readLogFile(folder);
  expect(text.length).toBeGreaterThan(490_000);
  expect(text.length).toBeLessThanOrEqual(500_000);
  expect(text).toMatch(/^1970-01-01T00:00:00.000Z info test: line \d+ x+\n/);
  expect(text).toContain('line 29999 ');
});
