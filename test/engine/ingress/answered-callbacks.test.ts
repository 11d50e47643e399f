import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';

/** Whether a record is in it: it begins with its mark. */
function isUsed(file: string): boolean {
  return existsSync(file) && readFileSync(file).subarray(0, 4).toString() === 'RBJ1';
}

/** A host that answers from its journal. */
async function setUp() {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector] });
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id } = await host.ask('connections.add', account);
  const hook = await host.ask('hooks.create', { connection: id, event: 'ring', scope: { door: 'front' } });
  const secret = bell.secretOf(hook.providerId ?? '');
  let count = 0;
  const ring = async (padding = 0): Promise<number> => {
    count += 1;
    const body = JSON.stringify({ title: `event ${count}`, padding: 'x'.repeat(padding) });
    const headers = bell.sign(secret, body, String(count));
    return (await fetch(hook.callbackUrl, { method: 'POST', body, headers })).status;
  };
  const ringTimes = (times: number): Promise<number[]> => Promise.all(Array.from({ length: times }, () => ring()));
  await until(async () => {
    await ringTimes(20);
    return isUsed(join(host.folder, 'events.journal-1'));
  });
  const database = new DatabaseSync(join(host.folder, 'events.sqlite'), { timeout: 5_000 });
  const unlock = (): void => {
    if (database.isOpen) database.close();
  };
  onTestFinished(unlock);
  const warnings = async (): Promise<string[]> =>
    (await host.ask('status.get', {})).warnings.map(({ message }) => message);
  /** One after the other, until the condition holds. */
  const ringUntil = (condition: () => Promise<boolean>, padding = 0) =>
    until(async () => {
      await ring(padding);
      return condition();
    });
  return { host, ring, ringUntil, database, unlock, warnings };
}

test('while the store is locked callbacks are answered and the user is told that they are kept; once none can be kept, that too', async () => {
  const { host, ring, ringUntil, database, unlock, warnings } = await setUp();
  database.exec('BEGIN IMMEDIATE');
  await ringUntil(async () => (await warnings()).some((text) => /cannot be shown yet.*locked.*is kept/.test(text)));
  const isUnsaved = async (): Promise<boolean> => (await warnings()).some((text) => /could not be saved/.test(text));
  expect(await isUnsaved()).toBe(false);
  await Promise.all(Array.from({ length: 12 }, () => ring(900_000)));
  await until(isUnsaved);
  unlock();
  await until(async () => (await host.ask('events.list', { limit: 1 })).events.length === 1);
});

test('one that can never be stored is not said to be kept', async () => {
  const { ringUntil, database, warnings } = await setUp();
  database.exec('DROP TABLE deliveries');
  const found = async (): Promise<boolean> => (await warnings()).some((text) => /could not be saved/.test(text));
  await ringUntil(found);
  expect((await warnings()).filter((text) => /is kept|will retry/.test(text))).toEqual([]);
});
