import { expect, test } from 'vitest';
import { until } from '../../support/temporary.ts';
import { callAs, openCaller } from '../caller.ts';
import { startReceiver } from '../receiver.ts';

const base = '/modelderivative/v2/designdata';
const urnOf = (name: string) => Buffer.from(`urn:adsk.objects:os.object:example-bucket/${name}`).toString('base64url');
const jobFor = (name: string, misc: object = { workflow: 'nightly-svf2' }) => ({
  input: { urn: urnOf(name) },
  output: { formats: [{ type: 'svf2', views: ['2d', '3d'] }] },
  misc,
});

test('a job is started by 200, and the hooks of its workflow hear of it', async () => {
  const { call, aps, createHook } = await openCaller({ translationTime: 40 });
  const { url, received } = await startReceiver();
  await createHook('derivative', 'extraction.*', { callbackUrl: url, scope: { workflow: 'nightly-svf2' } });
  await createHook('derivative', 'extraction.finished', { callbackUrl: url, scope: { workflow: 'other' } });
  const urn = urnOf('pump.ipt');
  expect((await call('GET', `${base}/${urn}/manifest`)).status).toBe(404);
  const started = await call('POST', `${base}/job`, jobFor('pump.ipt'));
  expect([started.status, started.json()]).toEqual([
    200,
    {
      result: 'success',
      urn,
      acceptedJobs: { output: { destination: { region: 'us' }, formats: [{ type: 'svf2', views: ['2d', '3d'] }] } },
    },
  ]);
  await until(() => received.length === 2);
  await aps.settled();
  expect(received.map(({ body }) => JSON.parse(String(body)))).toEqual([
    expect.objectContaining({
      resourceUrn: urn,
      payload: {
        TimeStamp: expect.any(Number),
        URN: urn,
        EventType: 'EXTRACTION_UPDATED',
        Payload: { status: 'inprogress', scope: expect.any(String), registerKey: [] },
      },
    }),
    expect.objectContaining({
      resourceUrn: urn,
      payload: {
        TimeStamp: expect.any(Number),
        URN: urn,
        EventType: 'EXTRACTION_FINISHED',
        Payload: { status: 'success', scope: expect.any(String), registerKey: [] },
      },
    }),
  ]);
  expect((await call('GET', `${base}/${urn}/manifest`)).json()).toMatchObject({
    status: 'success',
    progress: 'complete',
    hasThumbnail: 'true',
    derivatives: [{ name: 'pump.ipt', outputType: 'svf2', status: 'success' }],
  });
});

test('a job that waits shows a pending manifest, and a second one is a conflict', async () => {
  const { call } = await openCaller({ translationTime: 3_600_000 });
  await call('POST', `${base}/job`, jobFor('pump.ipt'));
  expect((await call('GET', `${base}/${urnOf('pump.ipt')}/manifest`)).json()).toMatchObject({
    type: 'manifest',
    hasThumbnail: 'false',
    status: 'pending',
    progress: '0% complete',
    region: 'US',
    urn: urnOf('pump.ipt'),
  });
  expect((await call('POST', `${base}/job`, jobFor('pump.ipt'))).status).toBe(409);
});

test('a job at work shows its percentage', async () => {
  const { call, createHook } = await openCaller({ translationTime: 4 });
  const receiver = await startReceiver();
  await createHook('derivative', 'extraction.updated', {
    callbackUrl: receiver.url,
    scope: { workflow: 'nightly-svf2' },
  });
  const manifest = new Promise<Record<string, unknown>>((resolve) => {
    receiver.answer = async (response) => {
      resolve((await call('GET', `${base}/${urnOf('pump.ipt')}/manifest`)).json());
      response.end();
    };
  });
  await call('POST', `${base}/job`, jobFor('pump.ipt'));
  expect(await manifest).toMatchObject({
    status: 'inprogress',
    progress: '10% complete',
    derivatives: [{ status: 'inprogress', progress: '10% complete' }],
  });
});

test('what exists already is answered by 201 without a callback, unless it is forced', async () => {
  const { call, aps, createHook } = await openCaller({ translationTime: 4 });
  const { url, received } = await startReceiver();
  await createHook('derivative', 'extraction.finished', { callbackUrl: url, scope: { workflow: 'nightly-svf2' } });
  await call('POST', `${base}/job`, jobFor('pump.ipt'));
  await until(() => received.length === 1);
  const again = await call('POST', `${base}/job`, jobFor('pump.ipt'));
  expect([again.status, again.json().result]).toEqual([201, 'created']);
  expect((await call('POST', `${base}/job`, jobFor('pump.ipt'), { 'x-ads-force': 'true' })).status).toBe(200);
  await until(() => received.length === 2);
  await aps.settled();
  expect(received).toHaveLength(2);
});

test('a broken file fails, in the callback and in the manifest', async () => {
  const { call, createHook } = await openCaller({ translationTime: 4 });
  const { url, received } = await startReceiver();
  await createHook('derivative', 'extraction.finished', { callbackUrl: url, scope: { workflow: 'nightly-svf2' } });
  await call('POST', `${base}/job`, jobFor('broken-housing.iam'));
  await until(() => received.length === 1);
  expect(JSON.parse(String(received[0]?.body)).payload.Payload.status).toBe('failed');
  expect((await call('GET', `${base}/${urnOf('broken-housing.iam')}/manifest`)).json()).toMatchObject({
    status: 'failed',
    progress: 'complete',
    derivatives: [{ status: 'failed', messages: [{ type: 'error' }] }],
  });
});

test('a translation stays in its region', async () => {
  const { call, createHook } = await openCaller({ translationTime: 4 });
  const { url, received } = await startReceiver();
  const hook = { callbackUrl: url, scope: { workflow: 'nightly-svf2' } };
  await createHook('derivative', 'extraction.finished', { ...hook, callbackUrl: `${url}/us` });
  await createHook('derivative', 'extraction.finished', { ...hook, callbackUrl: `${url}/emea` }, 'EMEA');
  await call('POST', `${base}/job`, jobFor('pump.ipt'), { region: 'EMEA' });
  await until(() => received.length > 0);
  expect(received.map(({ path }) => path)).toEqual(['/in/key/emea']);
  const manifest = `${base}/${urnOf('pump.ipt')}/manifest`;
  expect((await call('GET', manifest)).status).toBe(404);
  expect((await call('GET', manifest, undefined, { region: 'EMEA' })).json().region).toBe('EMEA');
});

test.each([
  ['a padded URN', 400, { ...jobFor('pump.ipt'), input: { urn: `${urnOf('pump.ipt')}==` } }],
  ['a source that is no URN', 404, { ...jobFor('pump.ipt'), input: { urn: 'cHVtcA' } }],
  ['no format', 400, { ...jobFor('pump.ipt'), output: { formats: [] } }],
  ['an unknown format', 406, { ...jobFor('pump.ipt'), output: { formats: [{ type: 'pdf' }] } }],
  ['a workflow with a dot', 400, jobFor('pump.ipt', { workflow: 'a.b' })],
  ['a workflow of 37 characters', 400, jobFor('pump.ipt', { workflow: 'a'.repeat(37) })],
  ['an attribute of 1 KB', 400, jobFor('pump.ipt', { workflow: 'a', workflowAttribute: { text: 'x'.repeat(1013) } })],
])('a job with %s is refused', async (_what, status, job) => {
  const { call } = await openCaller();
  const answer = await call('POST', `${base}/job`, job);
  expect([answer.status, answer.json()]).toEqual([status, { diagnostic: expect.any(String) }]);
});

test('a job needs the right to read, write and create, a manifest the right to read either way', async () => {
  const { aps, call } = await openCaller({ translationTime: 4 });
  const post = (scopes: string[]) =>
    callAs(aps, aps.issueToken({ scopes })).call('POST', `${base}/job`, jobFor('pump.ipt'));
  expect((await post(['data:read', 'data:write'])).status).toBe(403);
  await call('POST', `${base}/job`, jobFor('pump.ipt'));
  const get = (scopes: string[]) =>
    callAs(aps, aps.issueToken({ scopes })).call('GET', `${base}/${urnOf('pump.ipt')}/manifest`);
  expect((await get(['viewables:read'])).status).toBe(200);
  expect((await get(['data:read'])).status).toBe(200);
  expect((await get(['bucket:read'])).status).toBe(403);
});

test('formats are told, and a source is translated into those of its kind alone', async () => {
  const { call } = await openCaller();
  const { formats } = (await call('GET', `${base}/formats`)).json() as { formats: Record<string, string[]> };
  expect(formats.ifc).toEqual(['rvt']);
  const into = (name: string, type: string) =>
    call('POST', `${base}/job`, { ...jobFor(name), output: { formats: [{ type }] } });
  expect((await into('pump.ipt', 'ifc')).status).toBe(406);
  expect((await into('gear.prt.12', 'obj')).status).toBe(200);
});

test('a further format is added to what is there, and the last one of a "partly" file fails', async () => {
  const { call } = await openCaller({ translationTime: 4 });
  const manifest = async () => (await call('GET', `${base}/${urnOf('partly.ipt')}/manifest`)).json();
  const done = () => until(async () => (await manifest()).status === 'success');
  const order = (type: string) => ({ ...jobFor('partly.ipt'), output: { formats: [{ type }] } });
  await call('POST', `${base}/job`, order('obj'));
  await done();
  expect((await call('POST', `${base}/job`, order('stl'))).status).toBe(200);
  await done();
  expect(await manifest()).toMatchObject({
    derivatives: [
      { outputType: 'obj', status: 'success' },
      { outputType: 'stl', status: 'failed', messages: [{ type: 'error' }] },
    ],
  });
});

test('a thumbnail is there once the translation is, in three sizes', async () => {
  const { call } = await openCaller({ translationTime: 4 });
  const path = `${base}/${urnOf('pump.ipt')}/thumbnail`;
  await call('POST', `${base}/job`, jobFor('pump.ipt'));
  expect((await call('GET', path)).status).toBe(404);
  await until(async () => (await call('GET', `${path}?width=100`)).status === 200);
  expect((await call('GET', `${path}?width=150`)).status).toBe(400);
});
