import { expect, test } from 'vitest';
import { openHookRecords } from '../../../main/engine/hooks/records/records.ts';
import { createSecretStore } from '../../../main/engine/storage/secrets.ts';
import { memoryStore, mirrorCipher } from '../../support/memory-store.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, stillClock } from '../../support/test-host.ts';
import { minute, stamp, World } from './simulated-provider.ts';

const here = 'https://here.example';
const day = 24 * 60 * minute;

function createWorld(count: number): World {
  const world = new World({});
  world.address = here;
  world.alive.add(here);
  world.values.set(
    'hooks',
    Array.from({ length: count }, (_, index) => {
      const key = index.toString(16).padStart(32, '0');
      const callbackUrl = `https://gone.example/in/${key}`;
      const common = { event: 'ring', scope: { door: `${index}` }, callbackUrl };
      const { providerId } = world.add({ ...common, installation: stamp, status: 'active', secret: 'old' });
      const secret = `encrypted:${[...'old'].reverse().join('')}`;
      const rest = { confirmed: true, previousSecrets: [], others: [], status: 'active', paused: false, createdAt: 0 };
      return { ...common, ...rest, id: `hook-${index}`, connection: 'one', key, secret, providerId };
    }),
  );
  return world;
}

test('a provider that says when to come again is asked then, and the run goes on where it stood', async () => {
  const world = createWorld(3);
  world.fates = ['answered', 'answered', 'answered', 'answered', 'put off'];
  const began = world.now;
  const { reconciler } = await world.open();
  const { text } = await reconciler.reconcile({});
  expect(text).toBe('3 hooks moved to the new address');
  expect(world.now - began).toBeGreaterThanOrEqual(2 * minute);
  // Each hook is registered and given its secret, and its old registration removed; one request was put off.
  expect(world.asked.filter((one) => one !== 'list')).toHaveLength(3 * 3 + 1);
});

test('a crash in a move leaves at most one hook too many, and the next run makes no new one', async () => {
  for (let request = 2; request <= 4; request += 1) {
    const world = createWorld(1);
    world.fates = [...Array.from({ length: request - 1 }, () => 'answered' as const), 'crash after'];
    expect(await world.run()).toBe(false);
    expect(world.provider.size).toBeLessThanOrEqual(2);
    world.asked.length = 0;
    expect(await world.run()).toBe(true);
    expect(world.asked).not.toContain('create');
    expect([...world.provider.values()].map(({ callbackUrl }) => callbackUrl.startsWith(here))).toEqual([true]);
  }
});

test('a hook that cannot be repaired is told with its reason, and forgotten when it can', async () => {
  const world = createWorld(2);
  world.fates = ['answered', 'refused'];
  const { reconciler, records } = await world.open();
  const { text, steps } = await reconciler.reconcile({});
  expect(text).toBe('1 hook moved to the new address; 1 hook could not be repaired');
  expect(steps[0]).toMatchObject({ hook: 'hook-0', problem: 'No.' });
  expect(records.byId('hook-0')?.failure?.message).toBe('No.');
  await reconciler.reconcile({});
  expect(records.byId('hook-0')?.failure).toBeUndefined();
});

test('a hook is not shown as failed where another computer took over in the middle of its repair', async () => {
  const world = createWorld(2);
  world.fates = ['answered', 'held'];
  const { reconciler, records } = await world.open();
  expect(await reconciler.reconcile({})).toMatchObject({ steps: [] });
  expect(records.byId('hook-0')?.failure).toBeUndefined();
  expect(world.asked.filter((one) => one !== 'list')).toHaveLength(1);
});

test('a replaced secret counts until the last delivery with it is two days old, but not for ever', async () => {
  let now = 0;
  const records = await openHookRecords(
    memoryStore(),
    createSecretStore(mirrorCipher),
    () => now,
    () => {},
  );
  const { hook } = await records.create({ connection: 'one', event: 'ring', scope: {}, address: here });
  records.confirm(hook.id);
  const counting = () => records.secrets(records.byId(hook.id) ?? hook)?.length;
  await records.rotate(hook);
  now += 30 * day;
  // The provider has not acknowledged the new one: it may sign with the old one still.
  expect(counting()).toBe(2);
  records.confirm(hook.id);
  now += 2 * day;
  expect(counting()).toBe(2);
  records.usedPrevious(hook.key);
  now += 2 * day - 1;
  expect(counting()).toBe(2);
  now += 1;
  expect(counting()).toBe(1);

  await records.rotate(records.byId(hook.id) ?? hook);
  records.confirm(hook.id);
  for (let time = 0; time < 6; time += 1) {
    records.usedPrevious(hook.key);
    now += 1.5 * day;
  }
  expect(counting()).toBe(1);
});

test('hooks that were left at the provider with their connection are no leftovers when it comes back', async () => {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector] });
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id } = await host.ask('connections.add', account);
  await host.ask('hooks.create', { connection: id, event: 'ring', scope: { door: 'front' } });
  await host.ask('connections.remove', { id, keepHooks: true });
  const again = await host.ask('connections.add', account);
  expect((await host.ask('hooks.reconcile', { connection: again.id })).steps).toEqual([]);
  expect(bell.hooks.size).toBe(1);
});

test('what was done is kept over a restart', async () => {
  const bell = createBell();
  const options = { connectors: [bell.connector], ports: { now: stillClock() } };
  const host = await openTestHost(options);
  await host.connect();
  const account = { connector: 'bell', settings: { account: 'me' }, secrets: { password: 'correct' } };
  const { id: connection } = await host.ask('connections.add', account);
  await host.ask('hooks.create', { connection, event: 'ring', scope: { door: 'front' } });
  bell.hooks.clear();
  expect((await host.ask('hooks.reconcile', { connection })).text).toBe('1 hook created again');
  await host.engine.close();
  const { folder, values } = host;
  const next = await openTestHost({ ...options, folder, values });
  expect(await next.ask('hooks.history', {})).toMatchObject([
    { text: '1 hook created again', steps: [{ connection }] },
  ]);
});
