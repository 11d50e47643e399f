import { once } from 'node:events';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import {
  type ControlDescription,
  createControlClient,
  HostGoneError,
  openAccessToken,
  openControlEndpoint,
  readDescription,
} from '../../main/control/index.ts';
import { createLog } from '../../main/engine/log.ts';
import { openControl } from '../support/command.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { createBell } from '../support/test-connector.ts';
import { openTestHost } from '../support/test-host.ts';

const onUnix = test.skipIf(process.platform === 'win32');

async function opened() {
  const host = await openTestHost({ connectors: [createBell().connector] });
  const folder = await openControl(host);
  const description = readDescription(folder);
  if (!description) throw new Error('There is no control.json.');
  return { host, folder, description, client: createControlClient(description) };
}

/** The status of a request at the socket with these headers. */
function statusOf({ address }: ControlDescription, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: address, path: '/api/status.get', method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.on('error', reject);
    outgoing.end('{}');
  });
}

onUnix('socket, description and token are for this user alone', async () => {
  const { folder, description } = await opened();
  for (const file of [description.address, join(folder, 'control.json'), join(folder, 'control.token')])
    expect((await stat(file)).mode & 0o077).toBe(0);
  expect(description).toMatchObject({ pid: process.pid, version: '0.0.0-test', desktop: false });
});

test('it answers the contract with the token, and nothing without it', async () => {
  const { client, description } = await opened();
  expect(await client.ask('status.get', {})).toMatchObject({ version: '0.0.0-test' });
  await expect(client.ask('hooks.remove', { id: 'none' })).rejects.toMatchObject({ code: 'not-found' });
  expect(await statusOf(description, {})).toBe(401);
  expect(await statusOf(description, { authorization: `Bearer ${'0'.repeat(64)}` })).toBe(401);
  expect(await statusOf(description, { authorization: `Bearer ${description.token}` })).toBe(200);
});

test('changes are streamed until the listener or the host ends', async () => {
  const { host, client } = await opened();
  const ending = new AbortController();
  const types: string[] = [];
  const following = (async () => {
    for await (const { type } of client.changes(ending.signal)) types.push(type);
  })();
  await until(() => types.includes('ready'));
  await host.ask('settings.set', { notifications: { enabled: false } });
  await until(() => types.includes('settings'));
  ending.abort();
  await following;
});

test('the token stays the same until its file is deleted', async () => {
  const folder = await temporaryFolder();
  const token = openAccessToken(folder).value;
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(openAccessToken(folder).value).toBe(token);
  expect(await readFile(join(folder, 'control.token'), 'utf8')).toBe(`${token}\n`);
});

test('a token that is replaced shuts out who had the previous one, also from the changes, and stays replaced', async () => {
  const { client, folder, description } = await opened();
  const changes = client.changes(new AbortController().signal);
  expect((await changes.next()).value).toMatchObject({ type: 'ready' });
  await client.rotateToken();
  const following = (async () => {
    for await (const _ of changes);
  })();
  await expect(following).rejects.toBeInstanceOf(HostGoneError);
  expect(await statusOf(description, { authorization: `Bearer ${description.token}` })).toBe(401);
  await expect(client.ask('status.get', {})).rejects.toMatchObject({ code: 'unauthorized' });
  const present = readDescription(folder);
  expect(await statusOf(description, { authorization: `Bearer ${present?.token}` })).toBe(200);
  expect(openAccessToken(folder).value).toBe(present?.token);
});

test('a listener that has stopped reading gets nothing more after the token is replaced, and is let go', async () => {
  const { client, host, description } = await opened();
  const headers = { authorization: `Bearer ${description.token}` };
  const stalled = request({ socketPath: description.address, path: '/api/changes', headers });
  stalled.on('error', () => {});
  onTestFinished(() => void stalled.destroy());
  stalled.end();
  const [response] = (await once(stalled, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  const closed = once(stalled, 'close');
  const problems: unknown[] = [];
  const note = (error: unknown): void => void problems.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));
  for (let count = 0; count < 3000; count += 1) host.engine.warn(`${count} ${'x'.repeat(200)}`);
  await client.rotateToken();
  for (let count = 0; count < 3; count += 1) host.engine.warn(`after ${count}`);
  await closed;
  expect(problems).toEqual([]);
});

test('an empty or damaged token file is replaced', async () => {
  const folder = await temporaryFolder();
  for (const text of ['', 'short', `${'z'.repeat(64)}\n`]) {
    await writeFile(join(folder, 'control.token'), text);
    const token = openAccessToken(folder).value;
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(openAccessToken(folder).value).toBe(token);
  }
});

test('a client learns that the host is gone, and a closed host leaves no description', async () => {
  const host = await openTestHost({ connectors: [] });
  const folder = await temporaryFolder();
  const endpoint = await openControlEndpoint({
    ...{ engine: host.engine, folder, version: '1', desktop: false, platform: process.platform },
    log: createLog(() => {}),
  });
  const client = createControlClient(readDescription(folder) as ControlDescription);
  const following = (async () => {
    for await (const { type } of client.changes(new AbortController().signal))
      if (type === 'ready') await endpoint.close();
  })();
  await expect(following).rejects.toThrow(HostGoneError);
  await expect(client.ask('status.get', {})).rejects.toThrow(HostGoneError);
  expect(readDescription(folder)).toBeUndefined();
});

onUnix('a data folder whose path is too long for a socket has it elsewhere', async () => {
  const host = await openTestHost({ connectors: [] });
  const folder = join(await temporaryFolder(), 'x'.repeat(120));
  await mkdir(folder);
  const lines: string[] = [];
  const endpoint = await openControlEndpoint({
    ...{ engine: host.engine, folder, version: '1', desktop: false, platform: process.platform },
    log: createLog(({ text }) => lines.push(text)),
  });
  onTestFinished(() => endpoint.close());
  const description = readDescription(folder) as ControlDescription;
  expect(description.address).not.toContain(folder);
  expect(await createControlClient(description).ask('connections.list', {})).toEqual([]);
  await endpoint.close();
  await expect(stat(dirname(description.address))).rejects.toThrow('ENOENT');
  expect(lines).toEqual([]);
});
