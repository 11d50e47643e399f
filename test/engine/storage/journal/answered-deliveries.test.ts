import { cpSync, mkdirSync, readdirSync, readlinkSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import {
  AnsweredDeliveries,
  type AnsweringOptions,
  type Storing,
} from '../../../../main/engine/storage/journal/answered-deliveries.ts';
import { type Ledger, openLedger } from '../../../../main/engine/storage/ledger.ts';
import type { LedgerError } from '../../../../main/engine/storage/ledger-error.ts';
import type { Failure } from '../../../../main/engine/storage/ledger-thread.ts';
import type { DeliveryRow } from '../../../../main/engine/storage/tables/index.ts';
import { smallDisk } from '../../../support/disks/small-disk.ts';
import { temporaryFolder, until } from '../../../support/temporary.ts';

const rowOf = (deliveryId: string, changes: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...{ hook: 'hook', connection: 'connection', receivedAt: 1_000, deliveryId, identity: null },
  ...{ system: 'bell', event: 'ring', title: `Ring ${deliveryId}`, summary: null, outcome: 'info', resource: null },
  ...{ occurredAt: null, readable: true, silent: false, verified: 'signature', headers: '{}', names: '', learned: [] },
  body: Buffer.from(deliveryId),
  ...changes,
});

async function open(file: string, options: AnsweringOptions = {}, setAside: string[] = []): Promise<Ledger> {
  const ledger = await openLedger(
    file,
    (place) => setAside.push(place),
    () => {},
    () => {},
    { burst: 1, ...options },
  );
  onTestFinished(() => ledger.close());
  return ledger;
}

/** A ledger whose journal is in use. */
async function openInBurst(folder?: string, options: AnsweringOptions = {}, setAside: string[] = []) {
  const file = join(folder ?? (await temporaryFolder()), 'events.sqlite');
  const ledger = await open(file, options, setAside);
  const delays: LedgerError[] = [];
  const deliver = (id: string, changes: Partial<DeliveryRow> = {}) =>
    ledger.deliver(rowOf(id, changes), (error) => delays.push(error));
  // The same one again and again, until it is in the journal first.
  await until(async () => {
    const { durable, stored } = deliver('first');
    await stored;
    return durable !== stored;
  });
  return { ledger, file, deliver, delays };
}

const ids = (ledger: Ledger): string[] =>
  ledger.all('SELECT delivery_id FROM events ORDER BY id').map(({ delivery_id: id }) => String(id));
const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

/** Another program that lets nothing be written. */
function lock(file: string): () => void {
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  const unlock = (): void => {
    if (other.isOpen) other.close();
  };
  onTestFinished(unlock);
  return unlock;
}

function damage(file: string): void {
  const vandal = new DatabaseSync(file);
  vandal.enableDefensive(false);
  vandal.exec(
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'events'; PRAGMA schema_version = 77;",
  );
  vandal.close();
}

/** Open files of this process within the folder, where the system tells them. */
function openFiles(folder: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${name}`);
      return target.startsWith(folder) ? [target] : [];
    } catch {
      return [];
    }
  });
}

/** What a kill at this moment leaves. */
async function copyOf(file: string): Promise<string> {
  const folder = await temporaryFolder();
  cpSync(dirname(file), folder, { recursive: true });
  return join(folder, 'events.sqlite');
}

test('while many come, deliveries are durable before they can be read, and a question waits for these', async () => {
  const { ledger, file, deliver, delays } = await openInBurst();
  const unlock = lock(file);
  const deliveries = numbered(30).map((id) => deliver(id));
  await Promise.all(deliveries.map(({ durable }) => durable));
  expect(ids(ledger)).toEqual(['first']);
  const caughtUp = ledger.caughtUp();
  expect(caughtUp).toBeDefined();
  unlock();
  await caughtUp;
  expect(ids(ledger)).toEqual(['first', ...numbered(30)]);
  expect(ledger.caughtUp()).toBeUndefined();
  const stored = await Promise.all(deliveries.map(({ stored: one }) => one));
  expect(stored.every(({ repeated }) => !repeated)).toBe(true);
  expect(delays).toEqual([]);
});

test('what a kill left in the journal is stored once, in its order, and before the ledger is open', async () => {
  const { file, deliver } = await openInBurst();
  await deliver('stored').stored;
  const unlock = lock(file);
  await Promise.all(numbered(300).map((id) => deliver(id).durable));
  const copies = [await copyOf(file), await copyOf(file)];
  unlock();
  for (const copy of copies) {
    for (let run = 1; run <= 2; run += 1) {
      const ledger = await open(copy);
      expect(ids(ledger)).toEqual(['first', 'stored', ...numbered(300)]);
      await ledger.close();
    }
    expect(readdirSync(dirname(copy)).filter((name) => name.includes('journal'))).toEqual([]);
  }
});

test('what the store has already is not stored again, wherever the kill came', async () => {
  const { ledger, file, deliver } = await openInBurst();
  const deliveries = numbered(400).map((id) => deliver(id, { deliveryId: null, body: Buffer.from(`body ${id}`) }));
  const copies: string[] = [];
  for (const { stored } of deliveries.filter((_, index) => index % 100 === 50)) {
    await stored;
    copies.push(await copyOf(file));
  }
  await Promise.all(deliveries.map(({ stored }) => stored));
  const bodies = (from: Ledger): string[] =>
    from.all('SELECT body FROM events ORDER BY id').map(({ body }) => Buffer.from(body as Uint8Array).toString());
  for (const copy of copies) expect(bodies(await open(copy))).toEqual(bodies(ledger));
});

test('while another program locks the file they are kept, each is reported once at most, and all are stored in their order after it', async () => {
  const { ledger, file, deliver, delays } = await openInBurst();
  const unlock = lock(file);
  const deliveries = numbered(600).map((id) => deliver(id));
  await Promise.all(deliveries.map(({ durable }) => durable));
  await until(() => delays.length > 0);
  // Others fail at the same time, as ever.
  await expect(ledger.write('delivery', rowOf('not kept'))).rejects.toThrow(/locked/);
  // A question does not wait for the lock.
  expect(ledger.caughtUp()).toBeUndefined();
  unlock();
  await Promise.all(deliveries.map(({ stored }) => stored));
  expect(ids(ledger)).toEqual(['first', ...numbered(600)]);
  expect(delays.length).toBeLessThanOrEqual(600);
  expect(delays.every(({ message }) => /locked/.test(message))).toBe(true);
});

test('a ledger that is closed while the file is locked leaves them to the next run', async () => {
  const { ledger, file, deliver } = await openInBurst();
  const unlock = lock(file);
  const deliveries = numbered(40).map((id) => deliver(id));
  for (const { stored } of deliveries) stored.catch(() => {});
  await Promise.all(deliveries.map(({ durable }) => durable));
  await ledger.close();
  unlock();
  expect(ids(await open(file))).toEqual(['first', ...numbered(40)]);
});

test('where the file is unlocked while the ledger closes, nothing passes what it could not store', async () => {
  const { ledger, file, deliver } = await openInBurst();
  const unlock = lock(file);
  const [first, ...others] = numbered(600).map((id) => deliver(id));
  for (const { stored } of others) stored.catch(() => {});
  await Promise.all(others.map(({ durable }) => durable));
  const closed = ledger.close();
  await expect(first?.stored).rejects.toThrow(/locked/);
  unlock();
  await closed;
  expect(ids(await open(file))).toEqual(['first', ...numbered(600)]);
});

test('where a whole commit of them is kept, those that come behind fail soon', async () => {
  const { ledger, file, deliver, delays } = await openInBurst();
  const unlock = lock(file);
  const deliveries = numbered(300).map((id) => deliver(id));
  await until(() => delays.length > 0);
  for (const id of numbered(3)) await expect(ledger.write('delivery', rowOf(`behind ${id}`))).rejects.toThrow(/locked/);
  unlock();
  await Promise.all(deliveries.map(({ stored }) => stored));
  expect(ids(ledger)).toEqual(['first', ...numbered(300)]);
});

test('where the disk is full they are kept, and stored once there is room', async (context) => {
  const folder = await smallDisk(context, 220 * 1024 * 1024);
  const { ledger, deliver, delays } = await openInBurst(folder);
  const ballast = join(folder, 'ballast');
  expect(() => writeFileSync(ballast, Buffer.alloc(220 * 1024 * 1024))).toThrow(/ENOSPC/);
  const body = Buffer.alloc(9_000, 'x');
  const deliveries = numbered(500).map((id) => deliver(id, { body }));
  await Promise.all(deliveries.map(({ durable }) => durable));
  await until(() => delays.length > 0);
  expect(delays[0]).toMatchObject({ full: true });
  // It fails with what is kept, which is a whole commit.
  await expect(ledger.write('delivery', rowOf('behind'))).rejects.toMatchObject({ full: true });
  rmSync(ballast);
  await Promise.all(deliveries.map(({ stored }) => stored));
  expect(ids(ledger)).toEqual(['first', ...numbered(500)]);
});

test('where one that is never taken comes with one that has no room, no later one is stored before that', async (context) => {
  const folder = await smallDisk(context, 220 * 1024 * 1024);
  const { ledger, deliver, delays } = await openInBurst(folder);
  const ballast = join(folder, 'ballast');
  expect(() => writeFileSync(ballast, Buffer.alloc(220 * 1024 * 1024))).toThrow(/ENOSPC/);
  truncateSync(ballast, statSync(ballast).size - 400_000);
  const bad = deliver('bad', { title: null as never });
  const [large, small] = [deliver('large', { body: Buffer.alloc(900_000, 'x') }), deliver('small')];
  await expect(bad.stored).rejects.toThrow(/store failed/);
  await until(() => delays.some(({ full }) => full));
  rmSync(ballast);
  await Promise.all([large.stored, small.stored]);
  expect(ids(ledger)).toEqual(['first', 'large', 'small']);
});

test('one that the store can never take fails alone, and is reported', async () => {
  const { ledger, deliver, delays } = await openInBurst();
  const [before, bad, after] = [deliver('before'), deliver('bad', { title: null as never }), deliver('after')];
  await Promise.all([before.stored, bad.durable, after.stored]);
  await expect(bad.stored).rejects.toThrow(/store failed/);
  expect(ids(ledger)).toEqual(['first', 'before', 'after']);
  await until(() => delays.length === 1);
});

test('where the store turns out to be damaged, they go into the new one', async () => {
  const setAside: string[] = [];
  const { ledger, file, deliver } = await openInBurst(undefined, {}, setAside);
  await Promise.all(numbered(50).map((id) => deliver(`old ${id}`, { body: Buffer.alloc(20_000) }).stored));
  damage(file);
  const deliveries = numbered(60).map((id) => deliver(id));
  await Promise.all(deliveries.map(({ stored }) => stored));
  expect(setAside).toHaveLength(1);
  expect(ids(ledger)).toEqual(numbered(60));
  await ledger.close();
  expect(ids(await open(file))).toEqual(numbered(60));
});

test.each([
  ['on its way', false],
  ['kept', true],
])('a retry that was asked for while the delivery was %s is the same event', async (_state, isKept) => {
  const { ledger, file, deliver, delays } = await openInBurst();
  const unnamed = { deliveryId: null, sameBytes: 'recurrence', body: Buffer.from('again') } as const;
  const unlock = lock(file);
  const first = deliver('', unnamed);
  first.expectRetry();
  const retry = deliver('', unnamed);
  const another = deliver('', unnamed);
  await Promise.all([first.durable, retry.durable, another.durable]);
  if (isKept) await until(() => delays.length > 0);
  unlock();
  const [one, two, three] = await Promise.all([first.stored, retry.stored, another.stored]);
  expect(two).toEqual({ event: one.event, repeated: true });
  expect(three.repeated).toBe(false);
  expect(ids(ledger)).toHaveLength(3);
});

test('where the journal of an earlier run cannot be read, the ledger does not open, and leaves nothing open', async () => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'events.journal-1'));
  const opened = openLedger(join(folder, 'events.sqlite'), () => {});
  await expect(opened).rejects.toThrow(/events\.journal-1 cannot be used: EISDIR/);
  expect(openFiles(folder)).toEqual([]);
});

test('a ledger that is lost for good leaves them to the next run, and nothing open', async () => {
  const file = join(await temporaryFolder(), 'events.sqlite');
  const ledger = await openLedger(file, fail, undefined, undefined, { burst: 1 });
  await until(async () => {
    const { durable, stored } = ledger.deliver(rowOf('first', { body: Buffer.alloc(20_000) }), () => {});
    await stored;
    return durable !== stored;
  });
  damage(file);
  const deliveries = numbered(60).map((id) => ledger.deliver(rowOf(id), () => {}));
  const failed = deliveries.map(({ stored }) => expect(stored).rejects.toThrow('Nothing is stored here.'));
  await Promise.all(deliveries.map(({ durable }) => durable));
  await Promise.all(failed);
  expect(ledger.caughtUp()).toBeUndefined();
  await ledger.close();
  expect(openFiles(dirname(file))).toEqual([]);
  expect(ids(await open(file)).slice(-60)).toEqual(numbered(60));
});

test('what fails for the state of the store is kept, and what fails for what it holds is not', () => {
  const deliveries = new AnsweredDeliveries<Storing>({
    ...{ file: 'events.sqlite', answering: {}, write: fail, expectRetry: () => {}, store: fail },
  });
  const delays: Failure[] = [];
  const delayed = (failure: Failure): void => void delays.push(failure);
  const failures = [
    { full: true, message: 'database or disk is full' },
    { full: false, message: 'database is locked', locked: { file: 'events.sqlite' } },
    { full: false, message: 'unable to open database file' },
  ];
  const writes = failures.map((failure, index) => [{ sequence: index + 2, delayed }, { failure }] as const);
  const rejected = [
    { sequence: 1, delayed },
    { failure: { full: false, message: 'constraint', rejected: true } },
  ] as const;
  expect(deliveries.ended([rejected, ...writes])).toEqual(writes.map(([write]) => write));
  expect(delays).toEqual(failures);
});

function fail(): never {
  throw new Error('Nothing is stored here.');
}
