import { expect, test } from 'vitest';
import { minute, openJobHost, urnOf } from '../../support/job-host.ts';
import { until } from '../../support/temporary.ts';

test('the hooks are in place before the job is ordered, in its region, with a workflow of 35 characters', async () => {
  const { aps, start, ended } = await openJobHost();
  const { id } = await start('pump.ipt', { region: 'EMEA' });
  const posts = aps.requests.filter(({ method, path }) => method === 'POST' && !path.includes('token'));
  expect(posts.map(({ path }) => path)).toEqual([
    '/webhooks/v1/systems/derivative/events/extraction.finished/hooks',
    '/webhooks/v1/systems/derivative/events/extraction.updated/hooks',
    '/modelderivative/v2/designdata/job',
  ]);
  expect(posts.map(({ headers }) => headers['x-ads-region'] ?? headers.region)).toEqual(['EMEA', 'EMEA', 'EMEA']);
  const { misc } = JSON.parse(posts[2]?.body ?? '');
  expect(misc.workflow).toMatch(/^rb-[0-9a-f]{32}$/);
  expect(JSON.parse(posts[0]?.body ?? '').scope).toEqual({ workflow: misc.workflow });
  expect((await ended(id)).region).toBe('EMEA');
});

test('a second job of the same connection and region creates no more hooks', async () => {
  const { aps, start, ended } = await openJobHost();
  const first = await start('pump.ipt');
  const second = await start('housing.ipt');
  await Promise.all([ended(first.id), ended(second.id)]);
  expect(aps.hooks()).toHaveLength(2);
});

test('an order of a file that is being translated joins the open job', async () => {
  const { aps, start } = await openJobHost({ translationTime: 3_600_000 });
  const [one, other] = await Promise.all([start('pump.ipt'), start('pump.ipt')]);
  expect((await start('pump.ipt')).id).toBe(one.id);
  expect(other.id).toBe(one.id);
  expect(aps.requests.filter(({ path }) => path.endsWith('/job'))).toHaveLength(1);
});

test.each([
  [400, 'provider', 'Check the formats'],
  [403, 'provider', 'Model Derivative API'],
  [404, 'not-found', 'which region'],
  [406, 'provider', 'cannot make svf2'],
  [409, 'conflict', 'in progress'],
  [429, 'provider', 'limits the number'],
  [500, 'provider', 'outage'],
])(
  'an order that is answered by %i is rejected with an explanation and leaves no job behind',
  async (status, code, text) => {
    const { aps, host, connection } = await openJobHost();
    aps.addFault({ path: '/job', status, retryAfter: 90, body: { diagnostic: 'Something of their own.' } });
    const reply = await host.engine.ask('jobs.start', { connection, urn: urnOf('pump.ipt') });
    expect(reply).toMatchObject({ ok: false, problem: { code, message: expect.stringContaining(text) } });
    expect(await host.ask('jobs.list', {})).toEqual([]);
    expect(host.notes).toEqual([]);
  },
);

test('an order that the service fails to accept is retried once', async () => {
  const { aps, start, ended } = await openJobHost();
  aps.addFault({ path: '/job', status: 502, times: 1 });
  expect(await ended((await start('pump.ipt')).id)).toMatchObject({ state: 'success' });
  expect(aps.requests.filter(({ path }) => path.endsWith('/job'))).toHaveLength(2);
});

test('an order whose response is lost is not repeated, and its job continues', async () => {
  const { aps, start, ended, notificationTitles } = await openJobHost();
  aps.addFault({ path: '/job', cut: 'after', times: 1 });
  const { id, problem } = await start('pump.ipt');
  expect(problem).toContain('It may still have been started; Ringback is checking.');
  const job = await ended(id);
  expect(job).toMatchObject({ state: 'success' });
  expect(job.problem).toBeUndefined();
  expect(aps.requests.filter(({ path }) => path.endsWith('/job'))).toHaveLength(1);
  await until(() => notificationTitles().length > 0);
  expect(notificationTitles()).toEqual(['Translation finished: pump.ipt']);
});

test('an order that never arrived fails as not started after a minute', async () => {
  const { aps, start, job, advance, ended } = await openJobHost();
  aps.addFault({ path: '/job', cut: 'before', times: 1 });
  const { id } = await start('pump.ipt');
  await until(async () => {
    advance(minute);
    return (await job(id)).endedAt;
  });
  expect(await ended(id)).toMatchObject({ state: 'failed', problem: expect.stringContaining('not started') });
});

test('an order for an unknown connection is rejected', async () => {
  const { host } = await openJobHost();
  const rejected = { ok: false, problem: { code: 'not-found' } };
  expect(await host.engine.ask('jobs.start', { connection: 'nobody', urn: urnOf('a.ipt') })).toMatchObject(rejected);
});

test('the formats are those of the file, the usual one first', async () => {
  const { host, connection } = await openJobHost();
  const formats = (urn: string) => host.ask('jobs.formats', { connection, urn });
  expect(await formats(urnOf('pump.ipt'))).toMatchObject({
    formats: ['svf2', 'iges', 'obj', 'step', 'stl', 'svf', 'thumbnail'],
    name: 'pump.ipt',
    region: 'US',
  });
  expect((await formats(urnOf('Tower.rvt'))).formats).toEqual(['svf2', 'dwg', 'ifc', 'svf', 'thumbnail']);
  expect((await formats(urnOf('gear.prt.12'))).formats).toContain('obj');
});

test('an order of a connection that may not translate is rejected with the reason', async () => {
  const { aps, host } = await openJobHost();
  const { id, cannot } = await host.ask('connections.add', {
    connector: 'aps-webhooks',
    settings: { kind: 'public', clientId: aps.publicClientId, baseUrl: aps.url },
    secrets: {},
  });
  const reason = cannot?.find(({ bundle }) => bundle === 'jobs')?.reason;
  expect(reason).toEqual(expect.any(String));
  const reply = await host.engine.ask('jobs.start', { connection: id, urn: urnOf('pump.ipt') });
  expect(reply).toMatchObject({ ok: false, problem: { code: 'conflict', message: reason } });
});
