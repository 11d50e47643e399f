import { expect, test } from 'vitest';
import { eventually } from '../../support/temporary.ts';
import { reachable, relay } from './tunnel-host.ts';

test('after a restart that forgot us, the relay assigns a URL again', async () => {
  const host = await relay();
  const { tunnel, state } = await reachable({ provider: 'localtunnel', host: host.url });
  await state('up');
  await host.kill();
  await host.restart();
  await state('down');
  const { url } = await state('up');
  expect(host.clients().map((client) => client.url)).toEqual([url]);
  expect(tunnel.url).toBe(url);
});

test('a relay that responds to nothing is detected by the echo on waking, and recovers without a requested check', async () => {
  const host = await relay();
  const timings = { echoDeadline: 60, openDeadline: 80 };
  const { tunnel, state } = await reachable({ provider: 'localtunnel', host: host.url }, { timings });
  await state('up');
  host.faults.hangRequests = true;
  host.faults.hangRegistration = true;
  tunnel.wake();
  expect((await state('down')).problem).toContain('timed out');
  host.faults.hangRequests = false;
  host.faults.hangRegistration = false;
  await state('up');
});

test('half-open connections are replaced, under another name while the relay still holds the old one', async () => {
  const host = await relay();
  const settings = { provider: 'localtunnel', host: host.url, subdomain: 'our-own-name' } as const;
  const { tunnel, state } = await reachable(settings, { timings: { echoDeadline: 60 } });
  const { url } = await state('up');
  host.freezeClients();
  expect(tunnel.status.state).toBe('up');
  tunnel.wake();
  await state('down');
  const again = await state('up');
  expect(again.url).not.toBe(url);
  expect(again.problem).toContain('instead of our-own-name');
});

test('another client that took over our name does not count as up', async () => {
  const host = await relay();
  const settings = { provider: 'localtunnel', host: host.url, subdomain: 'our-own-name' } as const;
  const { tunnel, state } = await reachable(settings);
  const { url } = await state('up');
  host.steal('our-own-name');
  tunnel.wake();
  expect((await state('down')).problem).toBe('The public URL responds with a different page (status 200).');
  const again = await state('up');
  expect(again.url).not.toBe(url);
  expect(again.problem).toContain('instead of our-own-name');
});

test('a slow relay is up', async () => {
  const host = await relay();
  host.faults.lateBy = 150;
  const { reported, state } = await reachable({ provider: 'localtunnel', host: host.url });
  await state('up');
  expect(reported).toHaveLength(1);
});

test('a relay that is slower than the deadline is down with the reason', async () => {
  const host = await relay();
  host.faults.lateBy = 300;
  const { state } = await reachable({ provider: 'localtunnel', host: host.url }, { timings: { openDeadline: 50 } });
  expect((await state('down')).problem).toContain('timed out');
});

test('a failing name lookup, as just after waking, is retried until it succeeds', async () => {
  const host = await relay();
  let resolves = true;
  const { tunnel, state } = await reachable(
    { provider: 'localtunnel', host: host.url },
    {
      fetch: (url, init) => {
        if (resolves) return fetch(url, init);
        const cause = Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
        return Promise.reject(new TypeError('fetch failed', { cause }));
      },
    },
  );
  await state('up');
  resolves = false;
  host.dropSockets();
  tunnel.wake();
  await state('down');
  await eventually(() => expect(tunnel.status.problem).toContain('name lookup failed'));
  resolves = true;
  await state('up');
});

test('an unstable relay is retried less and less often', async () => {
  const host = await relay();
  let registrations = 0;
  const { state } = await reachable(
    { provider: 'localtunnel', host: host.url },
    {
      timings: { minRetryDelay: 50, maxRetryDelay: 60_000, maxRetryDelayOffline: 60_000 },
      fetch: (url, init) => {
        if (String(url).endsWith('?new')) registrations += 1;
        return fetch(url, init);
      },
    },
  );
  const waits: number[] = [];
  for (let round = 0; round < 4; round += 1) {
    await state('up');
    const before = performance.now();
    await host.kill();
    await state('down');
    await host.restart();
    await state('up');
    waits.push(performance.now() - before);
  }
  expect(registrations).toBeLessThanOrEqual(12);
  expect(waits.at(-1)).toBeGreaterThan(140);
});
