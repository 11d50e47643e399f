import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Connector } from '../../../main/engine/connector/index.ts';
import { type Depot, openDepot, sendFile } from '../../support/backup-connector.ts';
import { type Handler, openHandler } from '../../support/handler.ts';
import { temporaryFolder, until } from '../../support/temporary.ts';
import { type Bell, createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

/** What a process that is killed now leaves behind, and what had left it by then. */
interface Image {
  /** What happened just before. */
  readonly after: string;
  readonly folder: string;
  readonly values: Map<string, unknown>;
  /** Titles of notifications that were shown, and of those that were marked as shown as well. */
  readonly shown: readonly string[];
  readonly marked: readonly string[];
  /** Names in the requests to the handler. */
  readonly forwarded: readonly string[];
}

/** A provider that reports jobs, one that makes backups, and a handler that events are forwarded to. */
interface World {
  readonly bell: Bell;
  readonly depot: Depot;
  readonly handler: Handler;
  readonly folder: string;
}

const notifications = ['Rang: tower', 'Rang: third', 'Backup finished: me, 100 kB'];
const names = ['tower', 'second', 'third'];
const payloads = [{ name: 'tower', job: 'tower' }, { name: 'second', job: 'tower' }, { name: 'third' }];

async function openWorld(): Promise<World> {
  const bell = createBell();
  const read: Connector['read'] = (delivery) => {
    const { job } = JSON.parse(Buffer.from(delivery.body).toString()) as { job?: string };
    const ended = { kind: 'translation', state: 'success', stage: 'translated' } as const;
    const jobs = job === undefined ? {} : { jobs: [{ ...ended, subject: job, name: job }] };
    return { ...bell.connector.read(delivery), ...jobs };
  };
  const [depot, handler, folder] = await Promise.all([openDepot(), openHandler(), temporaryFolder()]);
  return { bell: { ...bell, connector: { ...bell.connector, read } }, depot, handler, folder };
}

const forwardedBy = ({ requests }: Handler): string[] =>
  requests.map(({ body }) => (JSON.parse(body) as { name: string }).name);

/** Delivers as the providers do, to a host that may have another port by now. */
async function deliver({ bell, depot }: World, host: TestHost, given: readonly object[]): Promise<void> {
  const { port } = (await host.ask('status.get', {})).receiver;
  const here = (url: string): string => `http://127.0.0.1:${port}${new URL(url).pathname}`;
  const [hook] = await host.ask('hooks.list', {});
  for (const payload of given) {
    const body = JSON.stringify(payload);
    const headers = bell.sign(
      bell.secretOf(hook?.providerId ?? ''),
      body,
      createHash('sha1').update(body).digest('hex'),
    );
    expect((await fetch(here(hook?.callbackUrl ?? ''), { method: 'POST', body, headers })).status).toBe(204);
  }
  expect((await fetch(`${here(depot.callbackUrls[0] ?? '')}?id=one`)).status).toBe(200);
}

async function isDone(host: TestHost, handler: Handler): Promise<boolean> {
  const [backup] = await host.ask('backups.list', {});
  const listed = await host.ask('notifications.list', {});
  return backup?.state === 'done' && listed.length >= notifications.length && forwardedBy(handler).includes('third');
}

/** Runs everything once, and takes an image after the first of each kind of step that can be seen from outside. */
async function takeImages(world: World): Promise<readonly Image[]> {
  const { bell, depot, handler, folder } = world;
  const values = new Map<string, unknown>();
  const images = new Map<string, Image>();
  const shown: string[] = [];
  const marked: string[] = [];
  const store = await temporaryFolder();
  let isTaking = false;
  const take = (after: string): void => {
    if (!isTaking || images.has(after)) return;
    const copy = join(store, String(images.size));
    copyAsKilled(folder, copy);
    const left = { shown: [...shown], marked: [...marked], forwarded: forwardedBy(handler) };
    images.set(after, { after, folder: copy, values: structuredClone(values), ...left });
  };
  let close: () => Promise<void> = async () => {};
  const host = await openTestHost({
    ...{ connectors: [bell.connector, depot.connector], folder, values },
    ports: {
      notify({ title }) {
        shown.push(title);
        take('showing a notification');
      },
    },
    atEnd: (end) => {
      close = end;
    },
  });
  host.engine.listen((change) => {
    if (change.type === 'notification') marked.push(change.notification.title);
    if (change.type === 'backup') take(`backup ${change.backup.state}`);
    else if (['event', 'job', 'notification'].includes(change.type)) take(change.type);
  });
  handler.onRequest = () => take('request to the handler');
  depot.respond = (request, response) => {
    take('request for the file');
    sendFile(depot.file, request, response);
  };
  await setUp(world, host);
  isTaking = true;
  await deliver(world, host, payloads);
  await until(() => isDone(host, handler));
  take('everything');
  isTaking = false;
  await close();
  return [...images.values()];
}

async function setUp({ depot, handler }: World, host: TestHost): Promise<void> {
  await host.connect();
  const account = { settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id: connection } = await host.ask('connections.add', { connector: 'bell', ...account });
  const { id: garage } = await host.ask('connections.add', { connector: 'depot', ...account });
  const hook = await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  await host.ask('hooks.update', { id: hook.id, forward: { enabled: true, url: handler.url } });
  await host.ask('backups.start', { connection: garage });
  await until(async () => (await host.ask('backups.list', {}))[0]?.state === 'requested');
  expect(depot.callbackUrls).toHaveLength(1);
}

/** The note of the last event and the database before the log, so that the copy is never older than what it refers to. */
function copyAsKilled(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (path) => !/\.sqlite-(wal|shm)$/.test(path) });
  cpSync(join(from, 'events.sqlite-wal'), join(to, 'events.sqlite-wal'));
}

/** Starts again from what is there; the providers deliver again what may not have been acknowledged, and one more event. */
async function goOn(world: World, image: Image): Promise<void> {
  const { bell, depot, handler, folder } = world;
  rmSync(folder, { recursive: true });
  cpSync(image.folder, folder, { recursive: true });
  handler.requests.length = 0;
  let close: () => Promise<void> = async () => {};
  const host = await openTestHost({
    ...{ connectors: [bell.connector, depot.connector], folder, values: image.values },
    atEnd: (end) => {
      close = end;
      onTestFinished(end);
    },
  });
  await deliver(world, host, [...payloads, { name: 'last' }]);
  await until(() => forwardedBy(handler).includes('last'));
  const shown = (): string[] => host.notes.map(({ title }) => title);
  await until(() => shown().includes('Rang: last'));
  await until(async () => (await host.ask('notifications.list', {})).length > notifications.length);

  const listed = (await host.ask('notifications.list', {})).map(({ title }) => title);
  expect([...listed].sort(), 'each is notified once').toEqual([...notifications, 'Rang: last'].sort());
  expect(new Set([...image.shown, ...shown()])).toEqual(new Set([...notifications, 'Rang: last']));
  expect(shown().filter((title) => image.marked.includes(title))).toEqual([]);
  expect(shown()).toHaveLength(new Set(shown()).size);
  expect([...new Set([...image.forwarded, ...forwardedBy(handler)])], 'the order').toEqual([...names, 'last']);
  expect(await host.ask('jobs.list', {})).toMatchObject([{ name: 'tower', state: 'success' }]);
  const [backup, ...others] = await host.ask('backups.list', {});
  expect(backup).toMatchObject({ state: 'done', sha256: depot.sha256 });
  expect(readFileSync(backup?.file ?? '')).toEqual(depot.file);
  expect([others, depot.callbackUrls.length]).toEqual([[], 1]);
  await close();
}

test('killed after any step, each effect of stored events happens all the same, and what was noted does not happen again', async () => {
  const world = await openWorld();
  const images = await takeImages(world);
  const steps = images.map(({ after }) => after).join(', ');
  for (const step of [
    'event',
    'job',
    'showing a notification',
    'request for the file',
    'request to the handler',
    'everything',
  ])
    expect(steps).toContain(step);
  for (const image of images) {
    try {
      await goOn(world, image);
    } catch (cause) {
      throw new Error(`Killed after ${image.after}: ${cause}`, { cause });
    }
  }
});
