import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { expect, inject, onTestFinished, test } from 'vitest';
import { createEvents } from '../../../main/engine/storage/events.ts';
import { type Ledger, openLedger } from '../../../main/engine/storage/ledger.ts';
import { LedgerError } from '../../../main/engine/storage/ledger-error.ts';
import { lockTimeout } from '../../../main/engine/storage/ledger-thread.ts';
import { startRetention } from '../../../main/engine/storage/retention.ts';
import type { DeliveryRow } from '../../../main/engine/storage/tables/index.ts';
import { countCommits } from '../../support/commits.ts';
import { silentLog } from '../../support/log.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';

const delivery = (changes: Partial<DeliveryRow> = {}): DeliveryRow => ({
  hook: 'hook-1',
  connection: 'connection-1',
  receivedAt: 1_000,
  deliveryId: null,
  identity: null,
  system: 'data',
  event: 'dm.version.added',
  title: 'Tower.rvt: version 3 added',
  summary: 'Project Files / Structural',
  outcome: 'info',
  resource: 'urn:tower',
  occurredAt: null,
  readable: true,
  silent: false,
  verified: 'signature',
  headers: '{"x-one":"1"}',
  body: Buffer.from('{"a":1}'),
  names: 'Tower.rvt',
  learned: [],
  ...changes,
});

async function open(file?: string, setAside: string[] = []): Promise<{ ledger: Ledger; file: string }> {
  const path = file ?? join(await temporaryFolder(), 'events.sqlite');
  const ledger = await openLedger(path, (place) => setAside.push(place));
  onTestFinished(() => ledger.close());
  return { ledger, file: path };
}
/** A second writer scribbles over the schema, as a failing disk would. */
function scribble(file: string): void {
  const vandal = new DatabaseSync(file);
  vandal.enableDefensive(false);
  vandal.exec(
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'events'; PRAGMA user_version = 1; PRAGMA schema_version = 77;",
  );
  vandal.close();
}

const count = (ledger: Ledger): number => Number(ledger.one('SELECT count(*) AS n FROM events')?.n);

test('a delivery is counted, not stored again, when its delivery id is known for that hook', async () => {
  const { ledger } = await open();
  const first = await ledger.write('delivery', delivery({ deliveryId: 'a~b/1' }));
  const second = await ledger.write('delivery', delivery({ deliveryId: 'a~b/1' }));
  const elsewhere = await ledger.write('delivery', delivery({ deliveryId: 'a~b/1', hook: 'hook-2' }));
  expect(first.repeated).toBe(false);
  expect(second).toEqual({ event: first.event, repeated: true });
  expect(elsewhere.repeated).toBe(false);
  expect(createEvents(ledger).event(first.event)?.deliveries).toBe(2);
});

test('a retry under a new delivery id is one event where the payload has an identity, and its id is known from then on', async () => {
  const { ledger } = await open();
  const first = await ledger.write('delivery', delivery({ deliveryId: 'one', identity: 'same' }));
  const retry = await ledger.write('delivery', delivery({ deliveryId: 'two', identity: 'same' }));
  const again = await ledger.write('delivery', delivery({ deliveryId: 'two' }));
  expect([retry.event, again.event]).toEqual([first.event, first.event]);
  expect(createEvents(ledger).event(first.event)?.deliveries).toBe(3);
});

test('two equal bodies without identity under different delivery ids are two events', async () => {
  const { ledger } = await open();
  await ledger.write('delivery', delivery({ deliveryId: 'one' }));
  await ledger.write('delivery', delivery({ deliveryId: 'two' }));
  expect(count(ledger)).toBe(2);
});

test('concurrent deliveries share commits, and all of them are on disk when their promises resolve', async () => {
  const { ledger, file } = await open();
  const frames = (): number => Number(ledger.one('PRAGMA wal_checkpoint(NOOP)')?.log ?? 0);
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => ledger.write('delivery', delivery({ deliveryId: `${index}` }))),
  );
  const onDisk = new DatabaseSync(file, { readOnly: true });
  onTestFinished(() => onDisk.close());
  expect(onDisk.prepare('SELECT count(*) AS n FROM events').get()?.n).toBe(200);
  // Alone each needs ten pages or more; together they need not even one each.
  expect(frames()).toBeLessThan(400);
});

test('the marks of effects join the commit of the next delivery, and are written without one as well', async () => {
  const { ledger, file } = await open();
  const before = countCommits(file);
  const mark = ledger.write('announce', { upTo: 0, notices: [] });
  const shown = ledger.write('shown', [{ id: 1 }]);
  await Promise.all([mark, shown, ledger.write('delivery', delivery())]);
  expect(countCommits(file)).toBe(before + 1);
  await ledger.write('announce', { upTo: 1, notices: [] });
  expect(countCommits(file)).toBe(before + 2);
  expect(ledger.one("SELECT value FROM marks WHERE name = 'announced'")?.value).toBe(1);
});

test('a batch with one bad operation keeps the good ones', async () => {
  const { ledger } = await open();
  const bad = ledger.write('delivery', delivery({ title: null as unknown as string }));
  const good = ledger.write('delivery', delivery());
  await expect(bad).rejects.toThrow(/store failed/);
  await expect(good).resolves.toMatchObject({ repeated: false });
  expect(count(ledger)).toBe(1);
});

test('search finds title, summary and names by the beginnings of words, in any case, without accents', async () => {
  const { ledger } = await open();
  await ledger.write('delivery', delivery({ title: 'Brücke.ifc: version 2 added', names: 'Brücke.ifc' }));
  await ledger.write('delivery', delivery({ summary: 'Project Files / MEP', names: 'duct-run.rvt' }));
  const events = createEvents(ledger);
  const titles = async (text: string): Promise<string[]> =>
    (await events.list({ text })).events.map(({ title }) => title);
  expect(await titles('bruck')).toEqual(['Brücke.ifc: version 2 added']);
  expect(await titles('duct-run.rvt mep')).toEqual(['Tower.rvt: version 3 added']);
  expect(await titles('duct bruck')).toEqual([]);
  expect(await titles('"*)(')).toEqual([]);
});

test('pages follow each other without gap or overlap', async () => {
  const { ledger } = await open();
  for (let index = 0; index < 25; index += 1) await ledger.write('delivery', delivery({ title: `event ${index}` }));
  const events = createEvents(ledger);
  const titles: string[] = [];
  let before: string | undefined;
  do {
    const page = await events.list({ limit: 10, before });
    titles.push(...page.events.map(({ title }) => title));
    before = page.next;
  } while (before);
  expect(titles).toEqual(Array.from({ length: 25 }, (_, index) => `event ${24 - index}`));
});

test('the body comes back byte for byte, with its bytes in base64 where it is not UTF-8', async () => {
  const { ledger } = await open();
  const events = createEvents(ledger);
  const text = await ledger.write('delivery', delivery({ body: Buffer.from('\uFEFF{"ä": 1.0}\r\n') }));
  const binary = await ledger.write('delivery', delivery({ body: Buffer.from([0xff, 0x00, 0x41]) }));
  const detail = await events.get(String(text.event));
  expect(detail).toMatchObject({ body: '\uFEFF{"ä": 1.0}\r\n', headers: { 'x-one': '1' } });
  expect(detail.bytes).toBeUndefined();
  const { bytes = '' } = await events.get(String(binary.event));
  expect(Buffer.from(bytes, 'base64')).toEqual(Buffer.from([0xff, 0x00, 0x41]));
});

test.each([
  [
    'before it is opened',
    async (file: string) => writeFileSync(file, 'this is not a database, but long enough to look like one'.repeat(50)),
  ],
  [
    'with a broken page',
    async (file: string) => {
      const { ledger } = await open(file);
      for (let index = 0; index < 50; index += 1) await ledger.write('delivery', delivery());
      await ledger.close();
      const bytes = readFileSync(file);
      bytes.fill(0x5a, 4096, bytes.length);
      writeFileSync(file, bytes);
    },
  ],
  ['by being emptied', async (file: string) => writeFileSync(file, '')],
])('a file damaged %s is set aside and a new one started', async (_when, damage) => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  await damage(file);
  const setAside: string[] = [];
  const { ledger } = await open(file, setAside);
  expect(setAside).toHaveLength(1);
  expect(readdirSync(join(file, '..')).some((name) => name.startsWith('events.damaged-'))).toBe(true);
  await ledger.write('delivery', delivery());
  expect(count(ledger)).toBe(1);
});

test('a file that breaks while it is open is set aside, and the delivery under way is kept in the new one', async () => {
  const setAside: string[] = [];
  const { ledger, file } = await open(undefined, setAside);
  for (let index = 0; index < 200; index += 1) await ledger.write('delivery', delivery());
  scribble(file);
  await ledger.write('delivery', delivery({ title: 'under way' }));
  expect(setAside).toHaveLength(1);
  const { events } = await createEvents(ledger).list({});
  expect(events.map(({ title }) => title)).toEqual(['under way']);
});

test('however many notice the damage at once, it is replaced once and nothing acknowledged goes with it', async () => {
  const setAside: string[] = [];
  const { ledger, file } = await open(undefined, setAside);
  for (let index = 0; index < 50; index += 1) await ledger.write('delivery', delivery());
  scribble(file);
  const writes = Array.from({ length: 300 }, (_, index) =>
    ledger.write('delivery', delivery({ deliveryId: `${index}`, body: Buffer.alloc(20_000) })),
  );
  for (let times = 0; times < 3; times += 1) {
    try {
      count(ledger);
    } catch {
      // The reader may meet the damage first, or find the ledger being replaced.
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(writes);
  expect(setAside).toHaveLength(1);
  expect(count(ledger)).toBe(300);
});

test('the oldest events go where the file exceeds its budget of bytes, and the newest stay whatever it is', async () => {
  const { ledger } = await open();
  const body = Buffer.alloc(64 * 1024, 'x');
  const stored = Array.from({ length: 150 }, () => ledger.write('delivery', delivery({ body })));
  await Promise.all(stored);
  await ledger.write('announce', { upTo: 150, notices: [] });
  const prune = (bytes: number) => ledger.write('prune', { before: 0, keep: 10_000, bytes, most: 10 });
  expect(await prune(100 * 1024 ** 2)).toBe(0);
  let deleted = 0;
  for (let step = await prune(8 * 1024 ** 2); step > 0; step = await prune(8 * 1024 ** 2)) deleted += step;
  expect(deleted).toBeGreaterThan(10);
  expect(deleted).toBeLessThan(50);
  while ((await prune(1)) > 0);
  expect(count(ledger)).toBe(100);
});

test('events beyond the limits of age and count are dropped with their search entries and delivery ids', async () => {
  const { ledger } = await open();
  const now = 100 * 24 * 3600_000;
  for (let index = 0; index < 250; index += 1) {
    await ledger.write('delivery', delivery({ receivedAt: index < 50 ? 1 : now, deliveryId: `${index}` }));
  }
  await ledger.write('announce', { upTo: 250, notices: [] });
  const retention = startRetention({
    ...{ ledger, log: silentLog },
    limits: () => ({ days: 90, events: 120 }),
    now: () => now,
    clockAhead: () => {},
    announced: () => {},
    unpublishedDeleted: () => {},
  });
  onTestFinished(() => retention.stop());
  await retention.run();
  await until(() => count(ledger) === 120);
  expect(ledger.one('SELECT count(*) AS n FROM deliveries')?.n).toBe(120);
  const { events } = await createEvents(ledger).list({ text: 'tower', limit: 500 });
  expect(events).toHaveLength(120);
});

test('a file of a newer Ringback is refused with a clear sentence and left as it is', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const newer = new DatabaseSync(file);
  newer.exec('PRAGMA journal_mode = WAL; CREATE TABLE later (text); PRAGMA user_version = 99');
  newer.close();
  const before = readFileSync(file);
  await expect(openLedger(file, () => {})).rejects.toThrow(/newer version .* Nothing was changed/);
  expect(readFileSync(file)).toEqual(before);
});

/** Another program that has run these statements on the file, and holds it. */
async function lockFrom(statements: string, file: string) {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1]);
    database.exec(process.argv[2]);
    process.stdout.write('locked');
    process.stdin.resume();
  `;
  const other = spawn(process.execPath, ['-e', program, file, statements], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void other.kill());
  await once(other.stdout, 'data');
  return other;
}

test('a file that another program holds for itself at the start is not opened, and the program is named', async () => {
  const { ledger, file } = await open();
  await ledger.close();
  const alone = 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE other (text); COMMIT';
  const other = await lockFrom(alone, file);
  const holder = process.platform === 'linux' ? `(process ${other.pid}) has locked` : 'has locked the event store';
  await expect(openLedger(file, () => expect.unreachable('it was set aside'))).rejects.toThrow(holder);
});

test('while another program locks the file, each of many writes fails after two waits for it at most, and names the program', async () => {
  const { ledger, file } = await open();
  const other = await lockFrom('BEGIN IMMEDIATE', file);
  const startedAt = performance.now();
  const durations: number[] = [];
  const writes = Array.from({ length: 1200 }, async (_, index) => {
    try {
      await ledger.write('delivery', delivery({ deliveryId: String(index) }));
      return 'stored';
    } catch (error) {
      durations.push(performance.now() - startedAt);
      return error instanceof LedgerError ? error.message : error;
    }
  });
  const reasons = new Set(await Promise.all(writes));
  expect(2 * lockTimeout).toBeLessThan(5_000);
  // The first batch has waited once. A third wait would take at least as long again, however busy the computer is.
  expect(Math.max(...durations) / Math.min(...durations)).toBeLessThan(2.9);
  const holder = process.platform === 'linux' ? `(process ${other.pid}) has locked` : 'has locked the event store';
  expect([...reasons]).toEqual([expect.stringContaining(holder)]);
  other.stdin.end();
  other.kill();
  await once(other, 'exit');
  expect((await ledger.write('delivery', delivery({ deliveryId: 'later' }))).repeated).toBe(false);
});

test('a question on the reading thread that meets damage has the file replaced, and later ones read the new file', async () => {
  const setAside: string[] = [];
  const { ledger, file } = await open(undefined, setAside);
  const stored = Array.from({ length: 200 }, () => ledger.write('delivery', delivery({ body: Buffer.alloc(20_000) })));
  await Promise.all(stored);
  scribble(file);
  const events = createEvents(ledger);
  await expect(events.list({ limit: 500 })).rejects.toThrow(/store failed/);
  await until(() => setAside.length === 1);
  await ledger.write('delivery', delivery({ title: 'in the new file' }));
  expect((await events.list({})).events.map(({ title }) => title)).toEqual(['in the new file']);
});

test('questions that wait when the store is closed are answered, and later ones rejected', async () => {
  const { ledger } = await open();
  await ledger.write('delivery', delivery());
  const events = createEvents(ledger);
  const waiting = Array.from({ length: 20 }, () => events.list({}));
  await ledger.close();
  for (const page of await Promise.all(waiting)) expect(page.events).toHaveLength(1);
  await expect(events.list({})).rejects.toThrow(/closed/);
});

test('the thread of the ledger has ended once its file is closed', async () => {
  const workerData = join(await temporaryFolder(), 'events.sqlite');
  const { threads } = inject('programs');
  const source = new URL('../../../main/engine/storage/ledger-thread.ts', import.meta.url);
  // Not one of the threads that serve again and again, which do not end.
  const worker = new Worker(threads ? join(threads, 'ledger-thread.js') : source, { workerData });
  expect(await once(worker, 'message')).toMatchObject([{ type: 'ready' }]);
  worker.postMessage('close');
  expect(await once(worker, 'exit')).toEqual([0]);
});

test.each(['ledger-thread.ts', 'reading/reading-thread.ts'])(
  '%s opens no file where it is given no path',
  async (name) => {
    const worker = new Worker(new URL(`../../../main/engine/storage/${name}`, import.meta.url));
    await expect(once(worker, 'message')).rejects.toThrow('needs the path');
  },
);
