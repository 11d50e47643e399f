import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { z } from 'zod';
import { createAutoflex } from '../../main/connectors/autoflex/connector.ts';
import { callbackForms } from '../../main/sandbox/autoflex/callback-forms.ts';
import { type AutoflexOptions, type AutoflexSandbox, startAutoflex } from '../../main/sandbox/autoflex/index.ts';
import type { Backup, MethodName, Methods, Output } from '../../preload/contract.ts';
import { openTestHost, type TestHost, type TestHostOptions } from '../host.ts';
import { until } from '../temporary.ts';

interface Asking {
  ask<M extends MethodName>(method: M, input: z.input<Methods[M]['input']>): Promise<Output<M>>;
}

async function standIn(options: AutoflexOptions = {}): Promise<AutoflexSandbox> {
  const autoflex = await startAutoflex({ file: { kind: 'zip', size: 300_000 }, ...options });
  onTestFinished(() => autoflex.stop());
  return autoflex;
}

/** What waits for the provider does not wait long here. */
const connector = createAutoflex({ wait: () => new Promise((resolve) => setTimeout(resolve, 5)) });

async function openScene(
  autoflex: AutoflexSandbox,
  options: Partial<TestHostOptions> = {},
): Promise<{ host: TestHost; connection: string }> {
  const host = await openTestHost({ ...options, connectors: [connector] });
  await host.connect();
  const [known] = await host.ask('connections.list', {});
  return { host, connection: known?.id ?? (await connectTo(autoflex, host)) };
}

async function connectTo({ url, username, apiKey, password }: AutoflexSandbox, host: Asking): Promise<string> {
  const settings = { baseUrl: url, username };
  const { id } = await host.ask('connections.add', { connector: 'autoflex', settings, secrets: { apiKey, password } });
  return id;
}

function reach(host: Asking, state: Backup['state'], milliseconds?: number): Promise<Backup> {
  return until(async () => {
    const [newest] = await host.ask('backups.list', {});
    if (newest?.state === 'failed' && state !== 'failed') throw new Error(newest.problem);
    return newest?.state === state ? newest : undefined;
  }, milliseconds);
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Makes a backup from the order to the file, and proves it against the stand-in's own. */
async function backUp(
  autoflex: AutoflexSandbox,
  { host, connection }: { host: TestHost; connection: string },
): Promise<Backup> {
  await host.ask('backups.start', { connection });
  const done = await reach(host, 'done');
  const original = createHash('sha256');
  const file = await autoflex.file();
  for (const piece of file.read(0, file.size)) original.update(piece);
  expect(done.sha256).toBe(original.digest('hex'));
  expect(await digest(done.file ?? '')).toBe(done.sha256);
  return done;
}

test('a backup of Autoflex10 ends as a proven file with its own name', async () => {
  const autoflex = await standIn();
  const scene = await openScene(autoflex);
  const done = await backUp(autoflex, scene);
  expect(done.file).toMatch(/backup-owner\.zip$/);
  expect(autoflex.callbacks.map(({ status }) => status)).toEqual([200]);
  await until(() => scene.host.notes.length > 0);
  expect(scene.host.notes).toMatchObject([{ title: expect.stringMatching(/^Backup finished: .*, 300 kB$/) }]);
  expect((await scene.host.ask('events.list', {})).events).toMatchObject([
    { title: 'Autoflex10: the backup is ready to be fetched', verified: 'address' },
  ]);
});

test('every way to add the id to the address is understood', async () => {
  const autoflex = await standIn();
  const scene = await openScene(autoflex);
  for (const form of callbackForms) {
    autoflex.change({ callback: { form } });
    await backUp(autoflex, scene);
  }
  expect(autoflex.callbacks.map(({ status }) => status)).toEqual(callbackForms.map(() => 200));
  expect(new Set(autoflex.orders.map(({ webhookUrl }) => webhookUrl)).size).toBe(callbackForms.length);
  expect(autoflex.orders.every(({ webhookUrl }) => !/[?#]/.test(webhookUrl))).toBe(true);
});

test.each<[string, AutoflexOptions]>([
  ['that comes before the order is answered', { callback: { beforeAnswer: true } }],
  ['that comes after a probe', { callback: { probe: true } }],
  ['that comes three times', { callback: { times: 3 } }],
  ['whose result is not committed yet', { result: { notYet: 2, notYetAs: '404' } }],
  ['whose result is still being made', { result: { notYet: 3, notYetAs: '202' } }],
  ['of an order that is accepted with 200 and a code in text', { order: { status: 200, successCode: '202' } }],
  ['for a link without a host', { result: { url: 'relative' } }],
  ['for a link in an unexpected place', { result: { shape: 'data.urls' } }],
  ['for a file that needs the token', { download: { withoutToken: '401' } }],
  ['for a file behind a login page', { download: { withoutToken: 'login-page' } }],
  ['for a file that is cut off twice', { download: { cutAt: [20_000, 200_000] } }],
])(
  'a callback %s leads to the file, fetched once',
  async (_name, options) => {
    const autoflex = await standIn(options);
    const scene = await openScene(autoflex);
    await backUp(autoflex, scene);
    expect(await scene.host.ask('backups.list', {})).toHaveLength(1);
    expect(autoflex.transfers.filter(({ state }) => state === 'whole')).toHaveLength(1);
  },
  60_000,
);

test('a result that comes with the answer needs no callback', async () => {
  const autoflex = await standIn({ order: { atOnce: true } });
  await backUp(autoflex, await openScene(autoflex));
  expect(autoflex.callbacks).toEqual([]);
});

test('two ids on one address are two backups', async () => {
  const autoflex = await standIn({ callback: { ids: 2 } });
  const { host, connection } = await openScene(autoflex);
  await host.ask('backups.start', { connection });
  await until(async () => {
    const backups = await host.ask('backups.list', {});
    return backups.length === 2 && backups.every(({ state }) => state === 'done');
  });
});

test('an expired link is asked for anew while the download is half done, which then goes on', async () => {
  const autoflex = await standIn({
    file: { kind: 'bytes', size: 3_000_000, name: 'owner.bin' },
    download: { cutAt: [2_000_000] },
  });
  const scene = await openScene(autoflex);
  await scene.host.ask('backups.start', { connection: scene.connection });
  await until(() => autoflex.transfers.some(({ state }) => state === 'cut'));
  autoflex.expireLinks();
  const done = await reach(scene.host, 'done', 15_000);
  expect(done.bytes).toBe(3_000_000);
  expect(autoflex.transfers.at(-1)?.from).toBeGreaterThan(0);
});

test.each<[string, AutoflexOptions, RegExp]>([
  ['a web page in place of the file', { download: { answer: 'page' } }, /web page/i],
  ['an error in place of the file', { download: { answer: 'json-error' } }, /error|could not be read/i],
  ['a refused order', { order: { successCode: 500 } }, /cannot be made now/],
  ['a file on an unencrypted address elsewhere', { result: { url: 'http' } }, /http/],
])('%s is a failure with its reason, and leaves no file', async (_name, options, reason) => {
  const autoflex = await standIn(options);
  const { host, connection } = await openScene(autoflex);
  await host.ask('backups.start', { connection });
  const failed = await reach(host, 'failed', 15_000);
  expect(failed.problem).toMatch(reason);
  await until(() => host.notes.length > 0);
  expect(host.notes[0]?.title).toMatch(/^Backup failed/);
  expect((await readdir(host.folder, { recursive: true })).filter((name) => /zip/.test(name))).toEqual([]);
});
