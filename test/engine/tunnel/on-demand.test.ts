import { expect, test } from 'vitest';
import { openBackupScene } from '../../support/backup-connector.ts';
import { eventually, until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';
import { reachable, relay } from './tunnel-host.ts';

async function whenNeeded(timings: { closeAfter?: number; urlDeadline?: number } = {}) {
  const host = await relay();
  const need = { now: false };
  const made = await reachable(
    { providers: [{ provider: 'localtunnel', host: host.url }], whenNeeded: true },
    { needed: () => need.now, timings },
  );
  return { host, need, ...made };
}

test('it stays closed while nothing needs it, and waking does not open it', async () => {
  const { host, tunnel } = await whenNeeded();
  tunnel.wake();
  tunnel.updateNeed();
  expect(tunnel.status).toEqual({ provider: 'localtunnel', state: 'idle' });
  expect(tunnel.url).toBeUndefined();
  expect(host.clients()).toEqual([]);
});

test('it opens when something needs it, and closes some time after the last need', async () => {
  const { host, need, tunnel, state } = await whenNeeded({ closeAfter: 80 });
  need.now = true;
  tunnel.updateNeed();
  await state('up');
  need.now = false;
  tunnel.updateNeed();
  expect(tunnel.status.state).toBe('up');
  await state('idle');
  await eventually(() => expect(host.clients()).toEqual([]));
});

test('it stays open where a need ends and another begins soon after', async () => {
  const { need, tunnel, reported, state } = await whenNeeded({ closeAfter: 60 });
  need.now = true;
  tunnel.updateNeed();
  await state('up');
  need.now = false;
  tunnel.updateNeed();
  need.now = true;
  tunnel.updateNeed();
  const since = performance.now();
  await until(() => performance.now() - since > 120);
  expect(reported.map(({ state }) => state)).toEqual(['connecting', 'up']);
});

test('waiting for the URL opens it and resolves with the URL', async () => {
  const { host, tunnel } = await whenNeeded();
  const url = await tunnel.awaitUrl();
  expect(host.clients()).toMatchObject([{ url }]);
});

test('waiting for a URL that does not come fails with the reason after the deadline', async () => {
  const { host, tunnel } = await whenNeeded({ urlDeadline: 300 });
  host.faults.hangRegistration = true;
  await expect(tunnel.awaitUrl()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('There is no public URL'),
  });
});

test('waiting for the URL ends early where every provider has failed twice', async () => {
  const { host, tunnel } = await whenNeeded({ urlDeadline: 60_000 });
  await host.kill();
  const server = host.url;
  await expect(tunnel.awaitUrl()).rejects.toMatchObject({
    message: expect.stringContaining(`The tunnel server ${server} does not respond (connection refused).`),
    reason: {
      code: 'tunnel.unavailable',
      next: [
        { code: 'tunnel.serverNoResponse', params: { server, cause: 'ECONNREFUSED' } },
        { code: 'tunnel.tryLater', params: {} },
      ],
    },
  });
});

test('a check opens it, and it closes again afterwards', async () => {
  const { tunnel, state } = await whenNeeded({ closeAfter: 60 });
  expect((await tunnel.check()).state).toBe('up');
  await state('idle');
});

test('without a tunnel the message says to set one up', async () => {
  const { tunnel } = await reachable({ provider: 'off' });
  await expect(tunnel.awaitUrl()).rejects.toMatchObject({ message: expect.stringContaining('Set up a tunnel') });
});

test('the first hook opens an on-demand tunnel and gets its URL', async () => {
  const host = await relay();
  const bell = createBell();
  const engine = await openTestHost({ connectors: [bell.connector] });
  await engine.ask('settings.set', { tunnel: { provider: 'localtunnel', host: host.url }, tunnelWhenNeeded: true });
  expect((await engine.ask('status.get', {})).tunnel.state).toBe('idle');
  const connection = await engine.ask('connections.add', {
    connector: 'bell',
    name: 'Bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await engine.ask('hooks.create', { connection: connection.id, event: 'ring', scope: { door: 'front' } });
  const { url } = host.clients()[0] ?? {};
  expect(hook.callbackUrl.startsWith(`${url}/in/`)).toBe(true);
  await until(async () => (await engine.ask('status.get', {})).tunnel.state === 'up');
});

test('a backup opens it, and it stays open until the backup is complete', async () => {
  const host = await relay();
  const { depot, host: engine, connection, reach, call } = await openBackupScene();
  await engine.ask('settings.set', { tunnel: { provider: 'localtunnel', host: host.url }, tunnelWhenNeeded: true });
  const stateNow = async () => (await engine.ask('status.get', {})).tunnel.state;
  expect(await stateNow()).toBe('idle');
  await engine.ask('backups.start', { connection });
  await reach('requested');
  expect(depot.callbackUrls[0]?.startsWith(`${host.clients()[0]?.url}/in/`)).toBe(true);
  expect(await stateNow()).toBe('up');
  await call('handle-1');
  await reach('done');
});
