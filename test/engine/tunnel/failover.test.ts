import { expect, test, vi } from 'vitest';
import type { TunnelSettings } from '../../../preload/contract.ts';
import { ordered, reachable, relay } from './tunnel-host.ts';

/** Two relays in this order, the second only for when the first fails. */
async function twoRelays() {
  const first = await relay();
  const second = await relay();
  const ways: TunnelSettings[] = [
    { provider: 'localtunnel', host: first.url },
    { provider: 'localtunnel', host: second.url },
  ];
  return { first, second, ways };
}

test('while the first works the others are not even tried', async () => {
  const { first, second, ways } = await twoRelays();
  const { state } = await reachable({ ways });
  const { url, chain } = await state('up');
  expect(first.clients()).toMatchObject([{ url }]);
  expect(second.clients()).toEqual([]);
  expect(chain).toEqual([
    { provider: 'localtunnel', state: 'up', url, used: true, proving: false },
    { provider: 'localtunnel', state: 'waiting', used: false, proving: false },
  ]);
});

test('a first that fails twice gives way to the next, and says why', async () => {
  const { first, second, ways } = await twoRelays();
  await first.kill();
  const { tunnel, state } = await reachable({ ways });
  const { url, chain } = await state('up');
  expect(second.clients()).toMatchObject([{ url }]);
  expect(tunnel.url).toBe(url);
  expect(chain?.[0]).toMatchObject({
    state: 'down',
    used: false,
    problem: expect.stringContaining('connection refused'),
  });
  expect(chain?.[1]).toMatchObject({ state: 'up', used: true });
});

test('a first that fails once and returns is not left', async () => {
  const { first, second, ways } = await twoRelays();
  const { tunnel, told, state } = await reachable({ ways });
  await state('up');
  first.forgetClients();
  tunnel.wake();
  await state('down');
  await state('up');
  expect(second.clients()).toEqual([]);
  expect(told.every(({ chain }) => chain?.[0]?.used)).toBe(true);
});

test('a first that is back is used again only after it has held, and meanwhile the address stays', async () => {
  const { first, second, ways } = await twoRelays();
  const { tunnel, told, state } = await reachable({ ways }, { timings: { recoveryPeriod: 300 } });
  await state('up');
  await first.kill();
  await vi.waitFor(() => expect(second.clients().map(({ url }) => url)).toContain(tunnel.url));
  const fallenBackTo = tunnel.url;
  await state('up');
  await first.restart();
  await vi.waitFor(() => expect(tunnel.status.chain?.[0]).toMatchObject({ state: 'up', proving: true, used: false }));
  expect(tunnel.url).toBe(fallenBackTo);
  const proving = performance.now();
  await vi.waitFor(() => expect(first.clients().map(({ url }) => url)).toContain(tunnel.url), { timeout: 3_000 });
  expect(performance.now() - proving).toBeGreaterThan(250);
  expect(tunnel.status.state).toBe('up');
  const states = told.slice(told.findLastIndex(({ state }) => state === 'down') + 1).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['up']));
});

test('the way that was left stays open for a while, since hooks and callbacks still lead there', async () => {
  const { first, second, ways } = await twoRelays();
  await first.kill();
  const { tunnel, state } = await reachable({ ways }, { timings: { recoveryPeriod: 60, lingerFor: 300 } });
  const { url: left = '' } = await state('up');
  await first.restart();
  await vi.waitFor(() => expect(tunnel.url).not.toBe(left), { timeout: 3_000 });
  const movedAt = performance.now();
  await vi.waitFor(() => expect(second.clients()).toEqual([]), { timeout: 3_000, interval: 5 });
  expect(performance.now() - movedAt).toBeGreaterThan(200);
  expect(tunnel.status.chain?.[1]).toMatchObject({ state: 'waiting' });
});

test('a first that comes and goes is not moved to and fro with', async () => {
  const { first, second, ways } = await twoRelays();
  const { tunnel, told, state } = await reachable({ ways }, { timings: { recoveryPeriod: 2_000, maxRetryDelay: 60 } });
  await state('up');
  for (let round = 0; round < 4; round += 1) {
    await first.kill();
    await vi.waitFor(() => expect(tunnel.status.chain?.[0]?.state).toBe('down'));
    await vi.waitFor(() => expect(second.clients()).toHaveLength(1), { timeout: 3_000 });
    await first.restart();
    await vi.waitFor(() => expect(tunnel.status.chain?.[0]?.state).toBe('up'), { timeout: 3_000 });
  }
  const used = told.map(({ chain }) => chain?.findIndex((link) => link.used));
  const moves = used.filter((index, at) => at > 0 && index !== used[at - 1]);
  expect(moves).toEqual([1]);
});

test('what the user puts first is used at once where it works, and what they take away is closed', async () => {
  const { first, second, ways } = await twoRelays();
  const { tunnel, state } = await reachable({ ways });
  await state('up');
  tunnel.use(ordered({ ways: [...ways].reverse() }));
  await vi.waitFor(() => expect(tunnel.url).toBe(second.clients()[0]?.url ?? 'none'));
  tunnel.use(ordered({ ways: ways.slice(1) }));
  await vi.waitFor(() => expect(first.clients()).toEqual([]));
  expect(tunnel.status).toEqual({ provider: 'localtunnel', state: 'up', url: second.clients()[0]?.url });
});

test('an order that keeps the used way does not interrupt it', async () => {
  const { first, ways } = await twoRelays();
  const { tunnel, told, state } = await reachable({ ways: ways.slice(0, 1) });
  const { url } = await state('up');
  tunnel.use(ordered({ ways }));
  await tunnel.check();
  expect(first.clients()).toMatchObject([{ url }]);
  expect(told.map(({ state }) => state)).toEqual(['up', 'up']);
});

test('where all fail, all are asked again, and the first that is back is used', async () => {
  const { first, second, ways } = await twoRelays();
  await first.kill();
  await second.kill();
  const { tunnel, state } = await reachable({ ways });
  await vi.waitFor(() => expect(tunnel.status.chain?.map((link) => link.state)).toEqual(['down', 'down']));
  await first.restart();
  const { url } = await state('up');
  expect(first.clients()).toMatchObject([{ url }]);
});
