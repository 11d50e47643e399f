import { expect, test } from 'vitest';
import {
  type Clock,
  connectTo,
  createClock,
  createHooks,
  createStillClock,
  event,
  expectExactly,
  folders,
  hasty,
  moveTo,
  openCloud,
  openFront,
  openHost,
  ring,
} from '../engine/hooks/aps-host.ts';
import { until } from '../support/temporary.ts';

const minute = 60_000;

interface SetUpOptions {
  readonly secretDelay?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
}

async function setUp({ secretDelay = 0, fetch = globalThis.fetch, clock = createClock() }: SetUpOptions = {}) {
  const aps = await openCloud(clock);
  const host = await openHost(clock, { ports: { now: clock.now, fetch } });
  const direct = await host.connect();
  const { port } = (await host.ask('status.get', {})).receiver;
  const front = await openFront(port);
  await moveTo(host, front.url);
  const connection = await connectTo(host, aps);
  const ids = await createHooks(host, connection);
  aps.behaviour.secretDelay = secretDelay;
  return { clock, aps, host, direct, front, connection, ids };
}

test('when the address changes the hooks move, and a callback is accepted after every single request on the way', async () => {
  const gaps: string[] = [];
  let probing = false;
  const stand: { aps?: Awaited<ReturnType<typeof openCloud>> } = {};
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    if (probing && stand.aps && String(input).includes('/webhooks/v1')) {
      const heard = await ring(stand.aps);
      if (heard.length < folders.length) gaps.push(`${init?.method} ${String(input)}`);
    }
    return response;
  };
  const { clock, aps, host, direct, ids } = await setUp({ secretDelay: 10 * minute, fetch });
  stand.aps = aps;
  clock.pass(20 * minute);
  probing = true;
  await moveTo(host, direct);
  await until(async () => (await host.ask('hooks.list', {})).every(({ current }) => current));
  expect(await ring(aps)).toEqual(folders);
  clock.pass(11 * minute);
  await host.ask('hooks.reconcile', {});
  const told = (await host.ask('hooks.history', {})).map(({ text }) => text);
  expect(told).toContain('3 hooks cleaned up');
  expect(gaps).toEqual([]);
  expectExactly(aps, direct);
  expect(await ring(aps)).toEqual(folders);
  const events = (await host.ask('events.list', {})).events;
  expect(new Set(events.map(({ hook }) => hook))).toEqual(new Set(ids));
  const history = await host.ask('hooks.history', {});
  expect(history.map((entry) => entry.text)).toEqual(['3 hooks cleaned up', '3 hooks moved to the new address']);
});

test('where nothing arrives at the old address any more, its hooks go at once', async () => {
  const { aps, host, direct, front } = await setUp();
  await front.close();
  await moveTo(host, direct);
  await until(async () => (await host.ask('hooks.history', {})).length > 0);
  expectExactly(aps, direct);
  expect(await ring(aps)).toEqual(folders);
  expect((await host.ask('hooks.history', {})).map(({ text }) => text)).toEqual(['3 hooks moved to the new address']);
  expect(host.notes.filter(({ title }) => title.includes('hook'))).toEqual([]);
});

test.each([
  ['too many requests', { status: 429, retryAfter: 0.1 }],
  ['an inner error', { status: 500 }],
  ['silence', { hang: true }],
  ['a connection that is cut before it is done', { cut: 'before' as const }],
  ['a connection that is cut after it is done', { cut: 'after' as const }],
])(
  'a provider that answers with %s in the middle of a move is asked again, and in the end all is in order',
  async (_what, fault) => {
    let send = globalThis.fetch;
    const { clock, aps, host, direct, front } = await setUp({ fetch: (input, init) => send(input, init) });
    await front.close();
    if ('hang' in fault) send = hasty;
    for (const method of ['POST', 'PATCH', 'DELETE']) {
      aps.addFault({ method, path: '/systems/data', times: 4, ...fault });
    }
    await moveTo(host, direct);
    await until(async () => {
      clock.pass(2 * minute);
      return (await host.ask('hooks.reconcile', {})).steps.length === 0;
    });
    expectExactly(aps, direct);
    expect(await ring(aps)).toEqual(folders);
  },
);

test('a hook that is created while the provider is being listed is not made a second time', async () => {
  const clock = createClock();
  const aps = await openCloud(clock);
  const slow: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (init?.method !== 'POST' && String(input).endsWith('/webhooks/v1/hooks')) await ended;
    return response;
  };
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const host = await openHost(clock, { ports: { now: clock.now, fetch: slow } });
  const direct = await host.connect();
  const connection = await connectTo(host, aps);
  const repaired = host.ask('hooks.reconcile', {});
  await until(() => aps.requests.filter(({ path }) => path.endsWith('/hooks')).length >= 4);
  await createHooks(host, connection);
  end();
  await repaired;
  expect((await host.ask('hooks.reconcile', {})).steps).toEqual([]);
  expectExactly(aps, direct);
});

test('what would be done is shown before, and nothing is done', async () => {
  const { aps, host, connection } = await setUp({ clock: createStillClock() });
  const [hook] = await host.ask('hooks.list', {});
  const token = `Bearer ${aps.issueToken()}`;
  const own = `${aps.url}/webhooks/v1/systems/data/events/${event}/hooks/${hook?.providerId}`;
  const headers = { authorization: token, 'content-type': 'application/json' };
  await fetch(own, { method: 'PATCH', headers, body: JSON.stringify({ status: 'inactive' }) });
  const before = JSON.stringify(aps.hooks());
  const plan = await host.ask('hooks.reconcile', { dryRun: true, connection });
  expect(plan).toMatchObject({ text: '1 hook to re-enable', steps: [{ action: 'activate', hook: hook?.id }] });
  expect(JSON.stringify(aps.hooks())).toBe(before);
});

test('a hook that the provider switched off is switched on again, which is told once; one that the user paused is not', async () => {
  const { clock, aps, host } = await setUp({ clock: createStillClock() });
  const [switchedOff, paused] = await host.ask('hooks.list', {});
  await host.ask('hooks.update', { id: paused?.id ?? '', status: 'inactive' });
  const headers = { authorization: `Bearer ${aps.issueToken()}`, 'content-type': 'application/json' };
  const switchOff = () =>
    fetch(`${aps.url}/webhooks/v1/systems/data/events/${event}/hooks/${switchedOff?.providerId}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ status: 'inactive' }),
    });
  for (let time = 0; time < 3; time += 1) {
    await switchOff();
    clock.pass(minute);
    await host.ask('hooks.reconcile', {});
  }
  const statuses = Object.fromEntries(aps.hooks().map(({ hookId, status }) => [hookId, status]));
  expect(statuses[switchedOff?.providerId ?? '']).toBe('active');
  expect(statuses[paused?.providerId ?? '']).toBe('inactive');
  await until(() => host.notes.length > 0);
  expect(host.notes.map(({ title }) => title)).toEqual(['A hook was disabled or deleted']);
});

test('a hook that vanished is created again, and its callbacks still belong to the same hook', async () => {
  const { aps, host, ids, front } = await setUp({ clock: createStillClock() });
  const headers = { authorization: `Bearer ${aps.issueToken()}` };
  for (const { hookId } of aps.hooks()) {
    await fetch(`${aps.url}/webhooks/v1/systems/data/events/${event}/hooks/${hookId}`, { method: 'DELETE', headers });
  }
  await host.ask('hooks.reconcile', {});
  expect((await host.ask('hooks.history', {})).map(({ text }) => text)).toEqual(['3 hooks created again']);
  expectExactly(aps, front.url);
  expect(await ring(aps)).toEqual(folders);
  const { events } = await host.ask('events.list', {});
  expect(new Set(events.map(({ hook }) => hook))).toEqual(new Set(ids));
});

test('a hook that would soon expire is renewed, and where the provider refuses that, another takes its place', async () => {
  const { clock, aps, host, front } = await setUp({ clock: createStillClock() });
  const [renewed, refused] = await host.ask('hooks.list', {});
  const headers = { authorization: `Bearer ${aps.issueToken()}`, 'content-type': 'application/json' };
  const soon = new Date(clock.now() + 60 * minute).toISOString();
  for (const hook of [renewed, refused]) {
    await fetch(`${aps.url}/webhooks/v1/systems/data/events/${event}/hooks/${hook?.providerId}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ hookExpiry: soon }),
    });
  }
  aps.addFault({ method: 'PATCH', path: refused?.providerId ?? '', status: 400 });
  expect((await host.ask('hooks.reconcile', {})).text).toContain('2 hooks renewed');
  clock.pass(12 * minute);
  await host.ask('hooks.reconcile', {});
  expectExactly(aps, front.url);
  const hooks = await host.ask('hooks.list', {});
  expect(Date.parse(hooks.find(({ id }) => id === renewed?.id)?.expiresAt ?? '')).toBeGreaterThan(
    clock.now() + 300 * 24 * 60 * minute,
  );
  expect(hooks.find(({ id }) => id === refused?.id)?.providerId).not.toBe(refused?.providerId);
  expect(await ring(aps)).toEqual(folders);
});

test('an event without a time of its own that comes to both addresses is one, and later the same is another', async () => {
  const { clock, aps, host, direct } = await setUp();
  clock.pass(20 * minute);
  await moveTo(host, direct);
  await until(async () => (await host.ask('hooks.list', {})).every(({ current }) => current));
  const [folder = ''] = folders;
  const happen = () =>
    aps.emit({
      ...{ system: 'data', event, scope: { folder }, resourceUrn: 'urn:adsk.wipprod:fs.file:vf.y?version=1' },
      payload: { name: 'timeless.ipt', ext: 'ipt' },
    });
  const timeless = async () =>
    (await host.ask('events.list', {})).events
      .filter(({ title }) => title.startsWith('timeless'))
      .map(({ deliveries }) => deliveries);
  const sent = await happen();
  expect(sent).toHaveLength(2);
  await until(async () => (await timeless()).join() === '2');
  clock.pass(11 * minute);
  await host.ask('hooks.reconcile', {});
  await until(() => aps.hooks().length === folders.length);
  await happen();
  await happen();
  await until(async () => (await timeless()).length === 3);
  expect(await timeless()).toEqual([1, 1, 2]);
});
