import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { type LostEvents, openLastEvent } from '../../../main/engine/storage/last-event.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const store = (ledger: Ledger, receivedAt: number) =>
  ledger.write('delivery', {
    ...{ hook: 'hook-1', connection: 'connection-1', receivedAt, deliveryId: null, identity: null, system: 'data' },
    ...{ event: 'added', title: 'Tower.rvt', summary: null, outcome: null, resource: null, occurredAt: null },
    ...{ readable: true, silent: false, verified: 'signature', headers: '{}', body: Buffer.from('{}') },
    ...{ names: '', learned: [] },
  });

async function openAgain(file: string): Promise<readonly LostEvents[]> {
  const lost: LostEvents[] = [];
  const ledger = await openLedger(
    file,
    () => {},
    (events) => lost.push(events),
  );
  await store(ledger, 9_000);
  await ledger.close();
  return lost;
}

/** Five events; then the files as they are after the second, as if the log had been cut there. */
async function storedAndCut(cut: (file: string, size: number) => void): Promise<string> {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const ledger = await openLedger(file, () => {});
  const sizes: number[] = [];
  for (const receivedAt of [1_000, 2_000, 3_000, 4_000, 5_000]) {
    await store(ledger, receivedAt);
    sizes.push(statSync(`${file}-wal`).size);
  }
  // As after a kill: the log is not moved into the file.
  const copy = join(await temporaryFolder(), 'events.sqlite');
  for (const ending of ['', '-wal']) copyFileSync(file + ending, copy + ending);
  copyFileSync(file.replace('.sqlite', '.last'), copy.replace('.sqlite', '.last'));
  await ledger.close();
  cut(copy, sizes[1] ?? 0);
  return copy;
}

test('acknowledged events that a damaged log took with it are reported once, with their number and time', async () => {
  const file = await storedAndCut((copy, size) => truncateSync(`${copy}-wal`, size));
  const [lost, ...others] = await openAgain(file);
  expect(lost).toMatchObject({ count: 3, since: 2_000 });
  expect(Math.abs((lost?.until ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(others).toEqual([]);
  expect(await openAgain(file)).toEqual([]);
});

test('a kill loses nothing and reports nothing', async () => {
  expect(await openAgain(await storedAndCut(() => {}))).toEqual([]);
});

test('a store that somebody deleted is a new one, of which nothing is missing', async () => {
  const file = await storedAndCut((copy) => {
    rmSync(copy);
    rmSync(`${copy}-wal`);
  });
  expect(await openAgain(file)).toEqual([]);
});

test.each([
  ['a damaged log took the newest events', (copy: string, size: number) => truncateSync(`${copy}-wal`, size)],
  [
    'the store was replaced by a new one',
    (copy: string) => {
      rmSync(copy);
      rmSync(`${copy}-wal`);
    },
  ],
])('no number is given twice where %s', async (_, cut) => {
  const file = await storedAndCut(cut);
  for (const number of [6, 7]) {
    const ledger = await openLedger(file, () => {});
    expect((await store(ledger, 9_000)).event).toBe(number);
    await ledger.close();
  }
});

test('where the note cannot be written, events are stored all the same, each once', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  // A folder in its place can be neither read nor written.
  mkdirSync(file.replace('.sqlite', '.last'));
  const ledger = await openLedger(file, () => {});
  await Promise.all([1_000, 2_000, 3_000].map((receivedAt) => store(ledger, receivedAt)));
  expect(ledger.all('SELECT received_at FROM events ORDER BY id').map((row) => row.received_at)).toEqual([
    1_000, 2_000, 3_000,
  ]);
  await ledger.close();
});

test('a note that cannot be written throws nothing after a commit', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const database = new DatabaseSync(file);
  database.exec('CREATE TABLE events (id INTEGER PRIMARY KEY AUTOINCREMENT)');
  const { lastEvent } = openLastEvent(database, file, true);
  lastEvent.close();
  database.exec('INSERT INTO events DEFAULT VALUES');
  expect(() => lastEvent.note(lastEvent.newest(), 1)).not.toThrow();
  database.close();
});

test.each([
  ['a changed digit', (note: string) => note.replace(/^0/, '1')],
  ['a number that no store reaches', () => '0999999999999999 0000000000005000\n'],
  ['a time that is none', () => '0000000000000005 9999999999999999\n'],
  ['half a note', (note: string) => note.slice(0, 20)],
  ['other text', () => 'not a note at all, but long enough to be one\n'],
])('a damaged note with %s reports nothing, and numbers go on from the store', async (_, damage) => {
  const file = await storedAndCut(() => {});
  const note = file.replace('.sqlite', '.last');
  writeFileSync(note, damage(readFileSync(note, 'latin1')));
  expect(await openAgain(file)).toEqual([]);
  const ledger = await openLedger(file, () => {});
  expect((await store(ledger, 10_000)).event).toBe(7);
  await ledger.close();
});

test('a note of an earlier version, which has no checksum, is read', async () => {
  const file = await storedAndCut((copy, size) => truncateSync(`${copy}-wal`, size));
  const note = file.replace('.sqlite', '.last');
  writeFileSync(note, `${readFileSync(note, 'latin1').slice(0, 33)}\n`);
  expect(await openAgain(file)).toMatchObject([{ count: 3 }]);
});
