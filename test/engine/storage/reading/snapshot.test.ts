import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { readSnapshot } from '../../../../main/engine/storage/reading/snapshot.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

async function open() {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const writer = new DatabaseSync(file);
  writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE events (id INTEGER)');
  const reader = new DatabaseSync(file);
  reader.exec('PRAGMA query_only = ON');
  onTestFinished(() => {
    reader.close();
    writer.close();
  });
  const count = () => Number(reader.prepare('SELECT count(*) AS n FROM events').get()?.n);
  return { reader, count, write: () => writer.exec('INSERT INTO events VALUES (1)') };
}

test('all reads of a question see one state, and the next question sees the next one', async () => {
  const { reader, count, write } = await open();
  const seen = readSnapshot(reader, () => {
    const before = count();
    write();
    return [before, count()];
  });
  expect(seen).toEqual([0, 0]);
  expect(readSnapshot(reader, count)).toBe(1);
});

test('a question that fails ends its state as well', async () => {
  const { reader, count, write } = await open();
  const fail = () => readSnapshot(reader, () => reader.exec(`SELECT ${count()} FROM missing`));
  expect(fail).toThrow('no such table');
  write();
  expect(readSnapshot(reader, count)).toBe(1);
});
