import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { openLedger } from '../../../main/engine/storage/ledger.ts';
import { migrate, schemaVersion } from '../../../main/engine/storage/schema.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const values: Readonly<Record<string, unknown>> = { TEXT: '{}', INTEGER: 1, BLOB: Buffer.from('{}'), REAL: 1 };

/** Adds an event with this title; other columns of that version that must not be empty get any value. */
function addEvent(database: DatabaseSync, title: string, receivedAt: number): void {
  const columns = database.prepare('PRAGMA table_info(events)').all();
  const needed = columns.filter(({ name, notnull, dflt_value }) => name !== 'id' && notnull && dflt_value === null);
  const row = { ...Object.fromEntries(needed.map(({ name, type }) => [name, values[String(type)]])), title };
  const filled = { ...row, received_at: receivedAt, verified: 'signature' };
  const names = Object.keys(filled);
  database
    .prepare(`INSERT INTO events (${names}) VALUES (${names.map(() => '?')})`)
    .run(...(Object.values(filled) as string[]));
}

const older = Array.from({ length: schemaVersion - 1 }, (_, index) => index + 1);

test.each(older)('events of a file of schema %i are listed, counted and found in the present one', async (version) => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const database = new DatabaseSync(file);
  migrate(database, version);
  for (const [index, title] of ['KestrelTower.rvt', 'Bridge.dwg', 'Tower.ifc'].entries())
    addEvent(database, title, index);
  database.close();

  const ledger = await openLedger(file, () => {});
  onTestFinished(() => ledger.close());
  while ((await ledger.write('index', undefined)).more);
  expect(ledger.all('PRAGMA foreign_key_check')).toEqual([]);
  const events = createEvents(ledger);
  const titles = async (query: Parameters<typeof events.list>[0]) =>
    (await events.list(query)).events.map(({ title }) => title);
  expect(await titles({})).toEqual(['Tower.ifc', 'Bridge.dwg', 'KestrelTower.rvt']);
  expect(await titles({ text: 'tower' })).toEqual(['Tower.ifc', 'KestrelTower.rvt']);
  expect(await titles({ since: new Date(1).toISOString() })).toEqual(['Tower.ifc', 'Bridge.dwg']);
});

test('what an earlier version wrote into the search index is found as people type it now, and the rest is left alone', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const database = new DatabaseSync(file);
  migrate(database, 26);
  const words = ['  łódź  ', '  written as it was  ', '  שָׁלוֹם  '];
  for (const [index, title] of ['Łódź', 'Plain', 'שָׁלוֹם'].entries()) {
    addEvent(database, title, index);
    database
      .prepare('INSERT INTO search (rowid, words, hook, connection, event, outcome) VALUES (?, ?, ?, ?, ?, ?)')
      .run(index + 1, words[index] ?? '', '', '', '', '');
  }
  database.exec("UPDATE marks SET value = 3 WHERE name = 'indexed'");
  database.close();

  const ledger = await openLedger(file, () => {});
  onTestFinished(() => ledger.close());
  const { list } = createEvents(ledger);
  const find = async (text: string) => (await list({ text })).events.map(({ title }) => title);
  expect(await find('שלום')).toEqual([]);
  while ((await ledger.write('index', undefined)).more);
  expect(await find('lodz')).toEqual(['Łódź']);
  expect(await find('שלום')).toEqual(['שָׁלוֹם']);
  expect(await find('written')).toEqual(['Plain']);
  expect(ledger.one("SELECT value FROM marks WHERE name = 'outdated'")).toEqual({ value: 0 });
});

test('events in hiragana that an earlier version indexed are found by katakana', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const database = new DatabaseSync(file);
  migrate(database, 31);
  addEvent(database, 'さくら', 0);
  const insert = 'INSERT INTO search (rowid, words, hook, connection, event, outcome) VALUES (?, ?, ?, ?, ?, ?)';
  database.prepare(insert).run(1, '  さくら  ', '', '', '', '');
  database.exec(
    "UPDATE marks SET value = 1 WHERE name = 'indexed'; UPDATE marks SET value = 0 WHERE name = 'outdated'",
  );
  database.close();
  const ledger = await openLedger(file, () => {});
  onTestFinished(() => ledger.close());
  while ((await ledger.write('index', undefined)).more);
  const { events } = await createEvents(ledger).list({ text: 'サクラ' });
  expect(events.map(({ title }) => title)).toEqual(['さくら']);
});
