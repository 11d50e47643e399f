import { expect, onTestFinished, test } from 'vitest';
import { connectors } from '../../../main/connectors/index.ts';
import { type ApsOptions, startAps } from '../../../main/sandbox/aps/index.ts';
import { until } from '../../support/temporary.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';

async function open(options: ApsOptions = {}, ports: Parameters<typeof openTestHost>[0]['ports'] = {}) {
  const aps = await startAps(options);
  onTestFinished(() => aps.stop());
  const host = await openTestHost({ connectors, ports });
  await host.connect();
  const connect = (path = '') =>
    host.ask('connections.add', {
      connector: 'aps-manufacturing',
      settings: { clientId: aps.clientId, baseUrl: aps.url, ...(path ? { endpoint: aps.url + path } : {}) },
      secrets: { clientSecret: aps.clientSecret },
    });
  const watch = async (scope: Record<string, string> = {}) => {
    const { id: connection } = await connect();
    const component = aps.manufacturing.component('Frame').id;
    return host.ask('hooks.create', { connection, event: 'MILESTONE_CREATED', scope: { component, ...scope } });
  };
  return { aps, host, connect, watch };
}

const eventsOf = async ({ ask }: TestHost) => (await ask('events.list', {})).events;

test.each([
  ['sha1hash=', 'HMAC-SHA-1 with the prefix sha1hash='],
  ['sha256', 'HMAC-SHA-256 without a prefix'],
] as const)(
  'a milestone signed as %s rings once, and how it was signed is kept',
  async (milestoneSignature, variant) => {
    const { aps, host, watch } = await open({ milestoneSignature });
    const hook = await watch();
    const [first, again] = await aps.manufacturing.milestone({ alter: { repeat: 'same-id' } });
    expect([first, again].map((sent) => sent?.attempts[0]?.status)).toEqual([204, 204]);
    await until(() => host.notes.length === 1);
    expect(await eventsOf(host)).toEqual([
      expect.objectContaining({
        ...{ hook: hook.id, event: 'MILESTONE_CREATED', verified: 'signature', variant, deliveries: 2, readable: true },
        title: expect.stringMatching(/^Milestone V48 of /),
        resource: hook.scope.component,
      }),
    ]);
    expect(host.notes).toHaveLength(1);
  },
);

test.each([
  [{ milestoneType: 'events.milestone.created' }],
  [{ milestoneContentType: 'application/cloudevents+json' }],
  [{ milestoneSignature: 'sha256hash=' }],
] as const)('a milestone sent with %j is understood', async (options) => {
  const { aps, host, watch } = await open(options);
  await watch();
  await aps.manufacturing.milestone({ name: 'Release A' });
  expect(await eventsOf(host)).toEqual([
    expect.objectContaining({ title: expect.stringMatching(/^Milestone "Release A" of /), verified: 'signature' }),
  ]);
});

test.each([
  [{ signature: 'wrong' }, 'does not match the body'],
  [{ signature: 'none' }, 'The signature is missing'],
  [{ body: 'reserialised' }, 're-serialised on the way'],
] as const)('a milestone altered by %j is refused and rings nothing', async (alter, reason) => {
  const { aps, host, watch } = await open();
  await watch();
  const [sent] = await aps.manufacturing.milestone({ alter });
  expect(sent?.attempts[0]?.status).toBe(401);
  expect(await host.ask('rejections.list', {})).toMatchObject([{ reason: expect.stringContaining(reason) }]);
  expect(await eventsOf(host)).toEqual([]);
});

test('only milestones of the name asked for ring; the others are kept', async () => {
  const { aps, host, watch } = await open();
  await watch({ milestone: '/^Release/' });
  await aps.manufacturing.milestone({ name: 'Draft 7' });
  await aps.manufacturing.milestone({ name: 'Release A' });
  await until(() => host.notes.length > 0);
  expect(host.notes.map(({ title }) => title)).toEqual([expect.stringMatching(/^Milestone "Release A"/)]);
  expect((await eventsOf(host)).map(({ summary }) => summary)).toEqual([
    undefined,
    'Not announced: you asked for "/^Release/".',
  ]);
});

test.each([
  ['/mfg/graphql', {}, 'has no webhooks'],
  ['', { manufacturing: 'gone' }, 'not reachable any more'],
] as const)('a connection to "%s" with %j says what works instead', async (path, options, word) => {
  const { host, connect } = await open(options);
  const { id } = await connect(path);
  const [stored] = await host.ask('connections.list', {});
  expect(stored?.cannot).toMatchObject([
    {
      bundle: 'hooks',
      reason: expect.stringContaining(word),
      instead: expect.objectContaining({ connector: 'aps-webhooks', system: 'data', event: 'dm.version.added' }),
    },
  ]);
  const scope = { component: 'Y29tcH5h' };
  await expect(host.ask('hooks.create', { connection: id, event: 'MILESTONE_CREATED', scope })).rejects.toThrow(word);
});

test('an endpoint that is gone is found out by the next check; milestones of its hooks still arrive', async () => {
  const { aps, host, watch } = await open();
  const { connection } = await watch();
  aps.behaviour.manufacturing = 'gone';
  expect((await host.ask('connections.check', { id: connection })).cannot).toMatchObject([{ bundle: 'hooks' }]);
  await aps.manufacturing.milestone();
  expect(await eventsOf(host)).toHaveLength(1);
  aps.behaviour.manufacturing = 'works';
  expect(await host.ask('connections.check', { id: connection })).not.toHaveProperty('cannot');
});

const day = 24 * 3600_000;

async function openLater(options: ApsOptions = {}) {
  let days = 0;
  const now = () => Date.now() + days * day;
  const parts = await open({ ...options, now }, { now });
  const { aps, host } = parts;
  /** Days go by, and then the hooks are looked at; gives what was done to them so far, by itself or now. */
  const pass = async (more: number) => {
    days += more;
    await host.ask('hooks.reconcile', {});
    const history = await host.ask('hooks.history', {});
    return history.toReversed().flatMap(({ steps }) => steps.map(({ action, problem }) => problem ?? action));
  };
  const left = () =>
    aps.manufacturing.milestoneHooks().map(({ expiresOn }) => Math.round((Date.parse(expiresOn) - now()) / day));
  const rings = async () => {
    const before = (await eventsOf(host)).length;
    await aps.manufacturing.milestone();
    return (await eventsOf(host)).length - before;
  };
  return { ...parts, pass, left, rings };
}

test('a hook that is about to end is renewed, and stays the hook it is', async () => {
  const { aps, watch, pass, left, rings } = await openLater();
  const { expiresAt } = await watch();
  expect(Math.round((Date.parse(expiresAt ?? '') - Date.now()) / day)).toBe(365);
  const [before] = aps.manufacturing.milestoneHooks();
  expect([await pass(340), left()]).toEqual([[], [25]]);
  expect([await pass(15), left()]).toEqual([['renew'], [365]]);
  expect(aps.manufacturing.milestoneHooks()[0]?.id).toBe(before?.id);
  expect(await rings()).toBe(1);
});

test('where it cannot be renewed another one takes its place, with a secret of its own', async () => {
  const { aps, watch, pass, left, rings } = await openLater({ webhooksRenewable: false });
  await watch({ milestone: 'Milestone*' });
  const [before] = aps.manufacturing.milestoneHooks();
  expect((await pass(355))[0]).toBe('renew');
  await until(() => left().length === 1);
  const [after] = aps.manufacturing.milestoneHooks();
  expect([left(), after?.id === before?.id, after?.secretToken === before?.secretToken]).toEqual([[365], false, false]);
  expect(await rings()).toBe(1);
});

test('a hook that ended while the computer was off is created again', async () => {
  const { watch, pass, left, rings } = await openLater();
  await watch();
  expect([await pass(400), left()]).toEqual([['create'], [365]]);
  expect(await rings()).toBe(1);
});

test('a hook that could not be listed is not made a second time', async () => {
  const { aps, watch, pass, left } = await openLater();
  await watch();
  aps.manufacturing.breakMilestoneHook(aps.manufacturing.milestoneHooks()[0]?.id ?? '');
  expect([await pass(1), left()]).toEqual([[], [364]]);
});

test('the name of a component that was typed is looked up and tells its milestones', async () => {
  const { aps, host, watch } = await open();
  await watch();
  await until(async () => (await host.ask('hooks.list', {}))[0]?.place === 'Frame');
  await aps.manufacturing.milestone();
  expect((await eventsOf(host)).map(({ title }) => title)).toEqual(['Milestone V48 of Frame']);
});
