import fs, { existsSync, readdirSync, statSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createJournal, type Journal, type JournalSettings } from '../../../../main/engine/storage/journal/journal.ts';
import { readJournal } from '../../../../main/engine/storage/journal/read-journal.ts';
import { temporaryFolder, until } from '../../../support/temporary.ts';

const size = 4096;

/** A journal that is used from the first delivery on. */
async function open(settings: JournalSettings = {}, given?: string) {
  const file = given ?? join(await temporaryFolder(), 'events.sqlite');
  const journal = createJournal({ file, last: 100, released: 100, size, burst: 1, ...settings });
  onTestFinished(() => journal.close());
  const files = (): string[] => readdirSync(dirname(file)).sort();
  const texts = async (after = 100): Promise<string[]> =>
    (await readJournal(file, after)).map(({ sequence, content }) => `${sequence} ${Buffer.from(content)}`);
  return { journal, file, files, texts };
}

async function openUsed(settings: JournalSettings = {}) {
  const opened = await open(settings);
  expect(opened.journal.append(() => Buffer.from('before it is open'))).toBeUndefined();
  await until(() => opened.files().length === 2);
  const first = await until(() => opened.journal.append(() => Buffer.from('first')));
  await first.synced;
  return opened;
}

const append = (journal: Journal, text: string) => {
  const appended = journal.append(() => Buffer.from(text));
  if (!appended) throw new Error('There is no room.');
  return appended;
};

test('it has no files until many deliveries come within a second, and none once nothing has come for a while', async () => {
  const { journal, files } = await open({ burst: 5, idle: 50 });
  for (let count = 1; count < 5; count += 1) expect(journal.append(() => Buffer.from('few'))).toBeUndefined();
  expect(files()).toEqual([]);
  expect(journal.append(() => Buffer.from('many'))).toBeUndefined();
  await until(() => files().length === 2);
  expect(files()).toEqual(['events.journal-1', 'events.journal-2']);
  const { sequence, synced } = await until(() => journal.append(() => Buffer.from('one')));
  await synced;
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(files()).toHaveLength(2);
  journal.release(sequence);
  await until(() => files().length === 0);
});

test('what is appended in one turn is on disk in order when it resolves, readable by this user alone', async () => {
  const { journal, file, texts } = await openUsed();
  const appended = ['second', 'third'].map((text) => append(journal, text));
  expect(appended.map(({ sequence }) => sequence)).toEqual([102, 103]);
  await Promise.all(appended.map(({ synced }) => synced));
  expect(await texts()).toEqual(['101 first', '102 second', '103 third']);
  expect(await texts(102)).toEqual(['103 third']);
  if (process.platform !== 'win32') expect(statSync(file.replace('.sqlite', '.journal-1')).mode & 0o777).toBe(0o600);
});

test('where one file is full the other follows, and the first is used again once the store has what is in it', async () => {
  const { journal, texts } = await openUsed();
  const block = 'x'.repeat(900);
  const placed: number[] = [];
  for (let next = journal.append(() => Buffer.from(block)); next; next = journal.append(() => Buffer.from(block))) {
    await next.synced;
    placed.push(next.sequence);
  }
  expect(placed).toHaveLength(8);
  expect(await texts()).toHaveLength(9);
  journal.release(105);
  await append(journal, 'after a turn').synced;
  expect((await texts(105)).at(-1)).toBe('110 after a turn');
  expect(await texts(105)).toHaveLength(5);
  expect(journal.append(() => Buffer.alloc(size))).toBeUndefined();
});

test('after a failed write it takes nothing until the store has everything, and then begins again', async () => {
  const { journal, texts, files } = await openUsed();
  const { writev } = fs;
  const restore = (): void => {
    fs.writev = writev;
    syncBuiltinESMExports();
  };
  onTestFinished(restore);
  fs.writev = ((...parameters: unknown[]) => {
    const done = parameters.at(-1) as (error: Error) => void;
    setImmediate(done, new Error('EIO'));
  }) as typeof writev;
  syncBuiltinESMExports();
  const failing = append(journal, 'fails');
  const behind = append(journal, 'in the same write');
  await expect(failing.synced).rejects.toThrow('EIO');
  await expect(behind.synced).rejects.toThrow('EIO');
  restore();
  expect(journal.append(() => Buffer.from('later'))).toBeUndefined();
  expect(await texts()).toEqual(['101 first']);
  // What it did not take is none of its own: its files do not wait for the store to take that.
  journal.release(101);
  await until(() => files().length === 0);
});

test('what the store does not have is kept when it is closed, and found by the next run', async () => {
  const { journal, file, texts, files } = await openUsed();
  const last = append(journal, 'last');
  await journal.close();
  await last.synced;
  expect(journal.append(() => Buffer.from('closed'))).toBeUndefined();
  expect(await texts()).toEqual(['101 first', '102 last']);
  const next = createJournal({ file, last: 102, released: 100, size, burst: 1 });
  expect(next.append(() => Buffer.from('not yet'))).toBeUndefined();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await texts()).toHaveLength(2);
  next.release(102);
  await until(() => files().length === 0);
  await next.close();
});

test('files of an earlier run of which the store has everything are removed', async () => {
  const { journal, file, files } = await openUsed();
  await journal.close();
  expect(files()).toHaveLength(2);
  const next = createJournal({ file, last: 101, released: 101 });
  await until(() => files().length === 0);
  await next.close();
});

test('where its files cannot be made it is not used, and leaves nothing', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'events.sqlite');
  fs.mkdirSync(join(folder, 'events.journal-2'));
  const { journal } = await open({}, file);
  expect(journal.append(() => Buffer.from('one'))).toBeUndefined();
  await until(() => existsSync(join(folder, 'events.journal-1')) === false && readdirSync(folder).length === 1);
  expect(journal.append(() => Buffer.from('two'))).toBeUndefined();
});
