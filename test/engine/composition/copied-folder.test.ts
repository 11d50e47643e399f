import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import type { Ports } from '../../../main/engine/ports.ts';
import type { Settings } from '../../../preload/contract/index.ts';
import { until } from '../../support/temporary.ts';
import { type Bell, createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

const threeDoors = ['east', 'west', 'cellar'];

/** A host on this computer with its hooks at the provider. */
async function openOriginal(bell: Bell, doors = threeDoors): Promise<TestHost & { readonly connection: string }> {
  const host = await openTestHost({ connectors: [bell.connector], ports: { machine: 'desk' } });
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id: connection } = await host.ask('connections.add', account);
  for (const door of doors) await host.ask('hooks.create', { connection, event: 'ring', scope: { door } });
  return { ...host, connection };
}

/** The same stored values on another computer, where the stored address does not lead. */
async function openCopy(
  bell: Bell,
  original: TestHost,
  { machine = 'laptop', ...ports }: Partial<Ports> = {},
): Promise<TestHost> {
  const values = structuredClone(original.values);
  // On this very computer the other one has the port.
  Object.assign(values.get('settings') as Settings, { receiver: { port: 0 } });
  return openTestHost({ connectors: [bell.connector], values, ports: { ...ports, machine } });
}

const atProvider = (bell: Bell) => structuredClone([...bell.hooks.values()]);

test('a copied data folder changes no hook and opens no tunnel until the user has chosen', async () => {
  const bell = createBell();
  const original = await openOriginal(bell);
  const before = atProvider(bell);
  const copy = await openCopy(bell, original);
  const status = await copy.ask('status.get', {});
  expect(status).toMatchObject({ copied: true, tunnel: { state: 'off' } });
  expect(await copy.ask('hooks.reconcile', {})).toMatchObject({ steps: [] });
  const [hook] = await copy.ask('hooks.list', {});
  const attempts = [
    await copy.engine.ask('hooks.remove', { id: hook?.id }),
    await copy.engine.ask('hooks.update', { id: hook?.id, status: 'inactive' }),
    await copy.engine.ask('connections.remove', { id: original.connection }),
  ];
  for (const attempt of attempts) {
    const message = expect.stringMatching(
      /(^|removed at the provider\. .*)This data folder comes from another computer\./,
    );
    expect(attempt).toMatchObject({ ok: false, problem: { code: 'conflict', message } });
  }
  expect(atProvider(bell)).toEqual(before);
  expect((await original.ask('status.get', {})).copied).toBeUndefined();
});

test('a new installation leaves the hooks to the other computer and creates its own', async () => {
  const bell = createBell();
  const original = await openOriginal(bell);
  const before = atProvider(bell);
  const copy = await openCopy(bell, original);
  await copy.ask('installation.choose', { choice: 'new' });
  await copy.connect();
  await copy.ask('hooks.create', { connection: original.connection, event: 'ring', scope: { door: 'roof' } });
  await copy.ask('hooks.reconcile', {});
  expect((await copy.ask('status.get', {})).copied).toBeUndefined();
  expect(copy.values.get('installation')).not.toBe(original.values.get('installation'));
  const after = atProvider(bell);
  expect(after.slice(0, before.length)).toEqual(before);
  expect(after.slice(before.length).map(({ installation }) => installation)).toEqual([copy.values.get('installation')]);
  await original.ask('hooks.reconcile', {});
  expect(bell.hooks.size).toBe(threeDoors.length + 1);
});

test('the computer that takes over moves the hooks to its own address', async () => {
  const bell = createBell();
  const original = await openOriginal(bell, ['gate']);
  const copy = await openCopy(bell, original);
  await original.engine.close();
  await copy.ask('installation.choose', { choice: 'take-over' });
  const url = await copy.connect();
  await copy.ask('hooks.reconcile', {});
  await until(() => atProvider(bell).every(({ callbackUrl }) => callbackUrl.startsWith(url)));
  expect(atProvider(bell).map(({ scope }) => scope.door)).toEqual(['gate']);
  const again = await copy.engine.ask('installation.choose', { choice: 'new' });
  expect(again).toMatchObject({ ok: false, problem: { code: 'conflict', reason: { code: 'installation.notCopied' } } });
});

test.each(['desk', undefined])('the folder of this very computer is no copy (machine %s)', async (machine) => {
  const bell = createBell();
  const original = await openOriginal(bell);
  const ports = machine === undefined ? {} : { machine };
  const again = await openTestHost({
    ...{ connectors: [bell.connector], values: structuredClone(original.values), ports },
  });
  expect((await again.ask('status.get', {})).copied).toBeUndefined();
});

/** The same stored values on a computer whose system was cloned, too: nothing but the other computer itself shows it. */
const openClone = (bell: Bell, original: TestHost, ports: Partial<Ports> = {}): Promise<TestHost> =>
  openCopy(bell, original, { ...ports, machine: 'desk' });

/** Each of the two has an address of its own. */
async function connectClone(clone: TestHost): Promise<string> {
  const url = await clone.connect();
  await clone.ask('hooks.reconcile', {});
  return url;
}

const duplicateOf = async (host: TestHost) => (await host.ask('status.get', {})).duplicate;

test('a cloned computer notices that the other one runs, changes nothing, and asks', async () => {
  const bell = createBell();
  const original = await openOriginal(bell);
  const before = atProvider(bell);
  const clone = await openClone(bell, original);
  await connectClone(clone);
  expect(await duplicateOf(clone)).toBe(await original.connect());
  expect(atProvider(bell)).toEqual(before);
  await until(() => clone.notes.some(({ title }) => title === 'Another computer uses the same data'));
  const [hook] = await clone.ask('hooks.list', {});
  expect(await clone.engine.ask('hooks.remove', { id: hook?.id })).toMatchObject({
    ok: false,
    problem: { code: 'conflict', reason: { code: 'installation.duplicated' } },
  });
  await original.ask('hooks.reconcile', {});
  expect(atProvider(bell)).toEqual(before);
});

test('a cloned computer changes nothing while the other one sleeps, until the user chooses', async () => {
  const bell = createBell();
  const original = await openOriginal(bell, ['gate']);
  let ahead = 0;
  const clone = await openClone(bell, original, { now: () => Date.now() + ahead });
  const url = await connectClone(clone);
  const address = await duplicateOf(clone);
  await original.ask('hooks.create', { connection: original.connection, event: 'ring', scope: { door: 'roof' } });
  await original.engine.close();
  const before = atProvider(bell);
  for (let time = 0; time < 5; time += 1) {
    ahead += 15 * 60_000;
    for (const dryRun of [true, false]) {
      expect(await clone.ask('hooks.reconcile', { dryRun })).toMatchObject({ steps: [] });
    }
  }
  expect(await duplicateOf(clone)).toBe(address);
  expect(atProvider(bell)).toEqual(before);
  await clone.ask('installation.choose', { choice: 'take-over' });
  await until(() => atProvider(bell).every(({ callbackUrl }) => callbackUrl.startsWith(url)));
  expect(await duplicateOf(clone)).toBeUndefined();
});

test('where a cloned computer takes over, the other one notices it and does not move the hooks back', async () => {
  const bell = createBell();
  const original = await openOriginal(bell, ['gate']);
  const clone = await openClone(bell, original);
  const url = await connectClone(clone);
  await clone.ask('installation.choose', { choice: 'take-over' });
  await clone.ask('hooks.reconcile', {});
  const areMoved = () => atProvider(bell).every(({ callbackUrl }) => callbackUrl.startsWith(url));
  await until(areMoved);
  await original.ask('hooks.reconcile', {});
  expect(await duplicateOf(original)).toBe(url);
  expect(areMoved()).toBe(true);
  await original.ask('installation.choose', { choice: 'new' });
  await original.ask('hooks.reconcile', {});
  await clone.ask('hooks.reconcile', {});
  expect([await duplicateOf(original), await duplicateOf(clone)]).toEqual([undefined, undefined]);
  expect(atProvider(bell)).toMatchObject([{ scope: { door: 'gate' }, callbackUrl: expect.stringContaining(url) }]);
});

test('a cloned computer that moved the hooks is noticed also while it cannot be reached', async () => {
  const bell = createBell();
  const original = await openOriginal(bell, ['gate']);
  await original.ask('hooks.reconcile', {});
  const [[providerId, hook] = []] = bell.hooks;
  bell.hooks.clear();
  const moved = { ...hook, providerId: `${providerId}-moved`, callbackUrl: `http://127.0.0.1:9/in/${'0'.repeat(32)}` };
  bell.hooks.set(moved.providerId, moved as Parameters<typeof bell.hooks.set>[1]);
  expect(await original.ask('hooks.reconcile', {})).toMatchObject({ steps: [] });
  expect(await duplicateOf(original)).toBe('http://127.0.0.1:9');
  await original.ask('installation.choose', { choice: 'take-over' });
  await until(() => bell.hooks.size === 1 && !bell.hooks.has(moved.providerId));
});

test.each([
  ['an id of 32 digits', () => 'd41d8cd98f00b204e9800998ecf8427e'],
  ['a digest of 96 digits', () => 'a'.repeat(96)],
  ['what it is sent', (body: string) => body],
])('a stranger at a former address that answers with %s holds up no hook', async (_what, answer) => {
  const bell = createBell();
  const original = await openOriginal(bell, ['gate']);
  const direct = await original.connect();
  let asked = 0;
  let isStranger = false;
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (isStranger) asked += 1;
    const own = isStranger ? undefined : await fetch(direct + request.url, { method: 'POST', body });
    response.end(own ? await own.text() : answer(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const former = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const areAt = (url: string) => atProvider(bell).every(({ callbackUrl }) => callbackUrl.startsWith(url));
  await original.ask('settings.set', { tunnel: { provider: 'fixed', url: former } });
  await until(() => areAt(former));
  isStranger = true;
  await original.connect();
  await until(() => areAt(direct));
  expect(asked).toBeGreaterThan(0);
  expect(await duplicateOf(original)).toBeUndefined();
});
