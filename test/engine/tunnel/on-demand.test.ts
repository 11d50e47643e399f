import { expect, test, vi } from 'vitest';
import { openBackupScene } from '../../support/backup-connector.ts';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost } from '../../support/test-host.ts';
import { reachable, relay } from './tunnel-host.ts';

async function whenNeeded(timings: { closeAfter?: number; urlDeadline?: number } = {}) {
  const host = await relay();
  const need = { now: false };
  const made = await reachable(
    { ways: [{ provider: 'localtunnel', host: host.url }], whenNeeded: true },
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

test('it opens when something begins to need it, and closes a while after nothing does', async () => {
  const { host, need, tunnel, state } = await whenNeeded({ closeAfter: 80 });
  need.now = true;
  tunnel.updateNeed();
  await state('up');
  need.now = false;
  tunnel.updateNeed();
  expect(tunnel.status.state).toBe('up');
  await state('idle');
  await vi.waitFor(() => expect(host.clients()).toEqual([]));
});

test('a need that ends and begins again in time does not close it', async () => {
  const { need, tunnel, told, state } = await whenNeeded({ closeAfter: 60 });
  need.now = true;
  tunnel.updateNeed();
  await state('up');
  need.now = false;
  tunnel.updateNeed();
  need.now = true;
  tunnel.updateNeed();
  const asked = performance.now();
  await until(() => performance.now() - asked > 120);
  expect(told.map(({ state }) => state)).toEqual(['connecting', 'up']);
});

test('whoever asks for the address opens it and gets the address as soon as there is one', async () => {
  const { host, tunnel } = await whenNeeded();
  const url = await tunnel.awaitUrl();
  expect(host.clients()).toMatchObject([{ url }]);
});

test('whoever asks for the address in vain is told the reason, in time', async () => {
  const { host, tunnel } = await whenNeeded({ urlDeadline: 300 });
  host.faults.hangRegistration = true;
  await expect(tunnel.awaitUrl()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('There is no public URL'),
  });
});

test('asking for the address does not wait out the deadline where every way has failed twice', async () => {
  const { host, tunnel } = await whenNeeded({ urlDeadline: 60_000 });
  await host.kill();
  await expect(tunnel.awaitUrl()).rejects.toThrow('connection refused');
});

test('a check opens it, too, and closes it again afterwards', async () => {
  const { tunnel, state } = await whenNeeded({ closeAfter: 60 });
  expect((await tunnel.check()).state).toBe('up');
  await state('idle');
});

test('without any tunnel the user is told to set one up', async () => {
  const { tunnel } = await reachable({ provider: 'off' });
  await expect(tunnel.awaitUrl()).rejects.toMatchObject({ message: expect.stringContaining('Set up a tunnel') });
});

test('the first hook opens a tunnel that waits until it is needed, and goes to its address', async () => {
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

test('a backup opens it, and it stays open until the backup is done', async () => {
  const host = await relay();
  const { depot, host: engine, connection, reach, call } = await openBackupScene();
  await engine.ask('settings.set', { tunnel: { provider: 'localtunnel', host: host.url }, tunnelWhenNeeded: true });
  const stateNow = async () => (await engine.ask('status.get', {})).tunnel.state;
  expect(await stateNow()).toBe('idle');
  await engine.ask('backups.start', { connection });
  await reach('requested');
  expect(depot.addresses[0]?.startsWith(`${host.clients()[0]?.url}/in/`)).toBe(true);
  expect(await stateNow()).toBe('up');
  await call('handle-1');
  await reach('done');
});
