import { expect, test } from 'vitest';
import { connectTo, event, openCloud, openHost } from '../engine/hooks/aps-host.ts';
import { until } from '../support/temporary.ts';
import { extent } from './extent.ts';

const minute = 60_000;
const accounts = extent({ full: 4, short: 1 });
const count = 125 * accounts;

/** A clock that stands still until somebody waits for it, and then is there at once. */
function createWaitingClock() {
  let time = Date.now();
  const waiting = new Set<{ at: number; go(): void }>();
  return {
    now: () => time,
    pass: () => {},
    waits: () => waiting.size,
    wait: (milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const go = (): void => {
          waiting.delete(one);
          resolve();
        };
        const one = { at: time + milliseconds, go };
        waiting.add(one);
        signal.addEventListener('abort', one.go);
        if (signal.aborted) one.go();
      }),
    /** To the next moment somebody waits for. */
    tick() {
      const [next] = [...waiting].sort((a, b) => a.at - b.at);
      if (next) time = Math.max(time, next.at);
      for (const one of waiting) if (one.at <= time) one.go();
    },
  };
}

/** The most that fell into any minute. */
function mostInAMinute(times: readonly number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + minute).length));
}

test(`${count} hooks of ${accounts} account(s) in 3 regions move within the quotas of each`, async () => {
  const clock = createWaitingClock();
  const sent = new Map<string, number[]>();
  const counting: typeof fetch = (input, init) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    if (url.pathname.startsWith('/webhooks/')) {
      const key = `${url.host} ${init?.method ?? (input instanceof Request ? input.method : 'GET')}`;
      sent.set(key, [...(sent.get(key) ?? []), clock.now()]);
    }
    return fetch(input, init);
  };
  const ports = { now: clock.now, fetch: counting };
  const clouds = await Promise.all(
    Array.from({ length: accounts }, () => openCloud(clock, { tokenLifetime: 1_000_000 })),
  );
  const values = new Map<string, unknown>();
  const first = await openHost(clock, { ports, wait: clock.wait, values });
  await first.connect();
  const connections = await Promise.all(clouds.map((cloud) => connectTo(first, cloud)));
  const old = 'http://127.0.0.1:9';
  const records = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const cloud = clouds[index % accounts];
      const region = ['US', 'EMEA', 'AUS'][index % 3] ?? 'US';
      const key = index.toString(16).padStart(32, '0');
      const callbackUrl = `${old}/in/${key}`;
      const scope = { folder: `urn:adsk.wipprod:fs.folder:co.f${index}` };
      const hookAttribute = { ringback: values.get('installation') };
      const made = await fetch(`${cloud?.url}/webhooks/v1/systems/data/events/${event}/hooks`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${cloud?.issueToken()}`,
          'content-type': 'application/json',
          'x-ads-region': region,
        },
        body: JSON.stringify({ callbackUrl, scope, hookAttribute }),
      });
      const providerId = made.headers.get('location')?.split('/').at(-1);
      return {
        ...{
          id: `hook-${index}`,
          connection: connections[index % accounts],
          system: 'data',
          event,
          scope,
          region,
          key,
        },
        ...{
          secret: 'encrypted:x',
          confirmed: true,
          former: [],
          callbackUrl,
          providerId,
          status: 'active',
          createdAt: 0,
        },
      };
    }),
  );
  await first.engine.close();
  values.set('hooks', records);
  sent.clear();

  const host = await openHost(clock, { ports, wait: clock.wait, values, folder: first.folder });
  const began = clock.now();
  let progress: { waitingUntil?: string | undefined; done: number; total: number } | undefined;
  await until(async () => {
    const healing = await host.ask('hooks.healing', {});
    if (healing.waitingUntil !== undefined && healing.done > 0) progress = healing;
    clock.tick();
    return !healing.running && healing.done === 2 * count;
  }, 60_000);
  const hooks = clouds.flatMap((cloud) => cloud.hooks());
  expect(hooks).toHaveLength(count);
  expect(new Set(hooks.map(({ scope }) => JSON.stringify(scope))).size).toBe(count);
  for (const [key, times] of sent) {
    expect(mostInAMinute(times), key).toBeLessThanOrEqual(key.endsWith('POST') ? 50 : 300);
  }
  expect(progress).toMatchObject({ total: 2 * count });
  // 125 registrations an account: no faster than allowed, and not much slower.
  expect((clock.now() - began) / minute).toBeGreaterThan(2.5);
  expect((clock.now() - began) / minute).toBeLessThan(10);
});
