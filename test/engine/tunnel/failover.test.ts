import { expect, test } from 'vitest';
import type { TunnelSettings } from '../../../preload/contract/index.ts';
import { eventually } from '../../support/temporary.ts';
import { reachable, relay, tunnelSettings } from './tunnel-host.ts';

/** Two relays; the second is the fallback of the first. */
async function twoRelays() {
  const first = await relay();
  const second = await relay();
  const providers: TunnelSettings[] = [
    { provider: 'localtunnel', host: first.url },
    { provider: 'localtunnel', host: second.url },
  ];
  return { first, second, providers };
}

test('while the first provider works, the others are not opened', async () => {
  const { first, second, providers } = await twoRelays();
  const { state } = await reachable({ providers });
  const { url, chain } = await state('up');
  expect(first.clients()).toMatchObject([{ url }]);
  expect(second.clients()).toEqual([]);
  expect(chain).toEqual([
    { provider: 'localtunnel', state: 'up', url, used: true, proving: false },
    { provider: 'localtunnel', state: 'waiting', used: false, proving: false },
  ]);
});

test('after two failures of the first provider the second takes over, and the status gives the reason', async () => {
  const { first, second, providers } = await twoRelays();
  await first.kill();
  const { tunnel, state } = await reachable({ providers });
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

test('a first provider that fails once and recovers stays in use', async () => {
  const { first, second, providers } = await twoRelays();
  const { tunnel, reported, state } = await reachable({ providers });
  await state('up');
  first.forgetClients();
  tunnel.wake();
  await state('down');
  await state('up');
  expect(second.clients()).toEqual([]);
  expect(reported.every(({ chain }) => chain?.[0]?.used)).toBe(true);
});

test('a recovered first provider is used again only after the recovery period, and until then the URL stays', async () => {
  const { first, second, providers } = await twoRelays();
  const { tunnel, reported, state } = await reachable({ providers }, { timings: { recoveryPeriod: 300 } });
  await state('up');
  await first.kill();
  await eventually(() => expect(second.clients().map(({ url }) => url)).toContain(tunnel.url));
  const fallenBackTo = tunnel.url;
  await state('up');
  await first.restart();
  await eventually(() => expect(tunnel.status.chain?.[0]).toMatchObject({ state: 'up', proving: true, used: false }));
  expect(tunnel.url).toBe(fallenBackTo);
  const recoveringSince = performance.now();
  await eventually(() => expect(first.clients().map(({ url }) => url)).toContain(tunnel.url));
  expect(performance.now() - recoveringSince).toBeGreaterThan(250);
  expect(tunnel.status.state).toBe('up');
  const states = reported.slice(reported.findLastIndex(({ state }) => state === 'down') + 1).map(({ state }) => state);
  expect(new Set(states)).toEqual(new Set(['up']));
});

test('a replaced provider stays open for a while, since hooks and callbacks still use its URL', async () => {
  const { first, second, providers } = await twoRelays();
  await first.kill();
  const { tunnel, state } = await reachable({ providers }, { timings: { recoveryPeriod: 60, lingerFor: 300 } });
  const { url: replaced = '' } = await state('up');
  await first.restart();
  await eventually(() => expect(tunnel.url).not.toBe(replaced));
  const switchedAt = performance.now();
  await eventually(() => expect(second.clients()).toEqual([]));
  expect(performance.now() - switchedAt).toBeGreaterThan(200);
  expect(tunnel.status.chain?.[1]).toMatchObject({ state: 'waiting' });
});

test('an unstable first provider does not make the URL move back and forth', async () => {
  const { first, second, providers } = await twoRelays();
  const { tunnel, reported, state } = await reachable(
    { providers },
    { timings: { recoveryPeriod: 2_000, maxRetryDelay: 60 } },
  );
  await state('up');
  for (let round = 0; round < 4; round += 1) {
    await first.kill();
    await eventually(() => expect(tunnel.status.chain?.[0]?.state).toBe('down'));
    await eventually(() => expect(second.clients()).toHaveLength(1));
    await first.restart();
    await eventually(() => expect(tunnel.status.chain?.[0]?.state).toBe('up'));
  }
  const used = reported.map(({ chain }) => chain?.findIndex((link) => link.used));
  const switches = used.filter((index, at) => at > 0 && index !== used[at - 1]);
  expect(switches).toEqual([1]);
});

test('a provider moved to first place is used at once where it works, and a removed one is closed', async () => {
  const { first, second, providers } = await twoRelays();
  const { tunnel, state } = await reachable({ providers });
  await state('up');
  tunnel.use(tunnelSettings({ providers: [...providers].reverse() }));
  await eventually(() => expect(tunnel.url).toBe(second.clients()[0]?.url ?? 'none'));
  tunnel.use(tunnelSettings({ providers: providers.slice(1) }));
  await eventually(() => expect(first.clients()).toEqual([]));
  expect(tunnel.status).toEqual({ provider: 'localtunnel', state: 'up', url: second.clients()[0]?.url });
});

test('adding a fallback does not interrupt the provider in use', async () => {
  const { first, providers } = await twoRelays();
  const { tunnel, reported, state } = await reachable({ providers: providers.slice(0, 1) });
  const { url } = await state('up');
  tunnel.use(tunnelSettings({ providers }));
  await tunnel.check();
  expect(first.clients()).toMatchObject([{ url }]);
  expect(reported.map(({ state }) => state)).toEqual(['up', 'up']);
});

test('where all providers fail, all are retried, and the first one to recover is used', async () => {
  const { first, second, providers } = await twoRelays();
  await first.kill();
  await second.kill();
  const { tunnel, state } = await reachable({ providers });
  await eventually(() => expect(tunnel.status.chain?.map((link) => link.state)).toEqual(['down', 'down']));
  await first.restart();
  const { url } = await state('up');
  expect(first.clients()).toMatchObject([{ url }]);
});
