import { expect, test } from 'vitest';
import { derivativeJobs } from '../../../main/connectors/aps-derivative/jobs.ts';
import { readManifest } from '../../../main/connectors/aps-derivative/manifest.ts';
import type { JobOrder } from '../../../main/engine/connector/index.ts';
import { failure, openAps, openServer, signedIn } from '../context.ts';

const object = 'urn:adsk.objects:os.object:example-bucket/pump.ipt';
const version = 'urn:adsk.wipprod:fs.file:vf.ExampleLineageId000001?version=3';
const encoded = Buffer.from(object).toString('base64url');
const order: JobOrder = {
  ...{ urn: encoded, region: 'EMEA', formats: [{ type: 'svf2' }], workflow: 'rb-1', force: false, job: 'one' },
};

test.each([
  ['as it is', object, encoded],
  ['in Base64url', encoded, encoded],
  ['in padded Base64', Buffer.from(object).toString('base64'), encoded],
  ['as viewers write it', `urn:${encoded}`, encoded],
  ['broken over lines', `${encoded.slice(0, 20)}\n ${encoded.slice(20)}`, encoded],
  ['with blanks around it', `  ${object}\n`, encoded],
  ['percent-encoded', encodeURIComponent(version), Buffer.from(version).toString('base64url')],
  ['as a version', version, Buffer.from(version).toString('base64url')],
])('a source is understood %s', (_how, text, urn) => {
  expect(derivativeJobs.source(text).urn).toBe(urn);
});

test('the example of the Data Management specification is encoded as there', () => {
  expect(derivativeJobs.source('urn:adsk.wipqa:fs.file:vf.t_xhul0aQdmha7aAiPn_9g?version=1').urn).toBe(
    'dXJuOmFkc2sud2lwcWE6ZnMuZmlsZTp2Zi50X3hodWwwYVFkbWhhN2FBaVBuXzlnP3ZlcnNpb249MQ',
  );
});

test('an object tells its name, a European version its region', () => {
  expect(derivativeJobs.source('urn:adsk.objects:os.object:bucket/Link%20Arc.rvt').name).toBe('Link Arc.rvt');
  expect(derivativeJobs.source(version.replace('wipprod', 'wipemea'))).toMatchObject({ region: 'EMEA' });
});

test.each([
  ['nothing like a URN', 'pump.ipt', 'no URN'],
  ['Base64 of something else', Buffer.from('hello world').toString('base64url'), 'no URN'],
  ['a folder', 'urn:adsk.wipprod:fs.folder:co.ExampleFolder', 'names a folder'],
  ['a file with all its versions', 'urn:adsk.wipprod:dm.lineage:ExampleLineageId000001', '?version='],
  ['a version without its number', version.replace(/\?.*/, ''), '?version='],
])('%s is refused with what would be right', (_what, text, words) => {
  expect(() => derivativeJobs.source(text)).toThrow(words);
});

test('a manifest is judged by its status, never by its progress', () => {
  expect(readManifest({ status: 'failed', progress: 'complete' })).toMatchObject({ state: 'failed' });
  expect(readManifest({ status: 'inprogress', progress: '42% complete' })).toMatchObject({
    ...{ state: 'running', progress: 42 },
  });
  expect(readManifest({ status: 'complete' }).state).toBe('success');
  expect(readManifest({ status: 'something new' }).state).toBe('running');
});

test('messages are found at any depth, told in words, and once', () => {
  const link = { type: 'warning', code: 'Revit-MissingLink', message: ['Missing link files: {0} in {1}', 'A', 'B'] };
  const { messages, outputs } = readManifest({
    status: 'success',
    derivatives: [
      {
        ...{
          outputType: 'svf2',
          status: 'success',
          children: [{ messages: [link], children: [{ messages: [link] }] }],
        },
        messages: [{ type: 'error', message: 'It broke.' }, { code: 'OnlyACode' }, {}, 'nonsense'],
      },
      { outputType: 'obj', status: 'failed' },
    ],
  });
  expect(messages).toEqual([
    { kind: 'error', text: 'It broke.' },
    { kind: 'warning', text: 'Missing link files: A in B', code: 'Revit-MissingLink' },
    { kind: 'info', text: 'OnlyACode', code: 'OnlyACode' },
  ]);
  expect(outputs.map(({ state }) => state)).toEqual(['success', 'failed']);
});

test.each([[{}], [null], [[]], [{ derivatives: 'x' }], [{ derivatives: [null, 1, { children: {} }] }]])(
  'a manifest of another shape is read without a throw: %j',
  (body) => {
    expect(readManifest(body).state).toBe('running');
  },
);

test('an order names its region as Model Derivative does, and is forced only when that is wanted', async () => {
  const { aps, context } = await openAps();
  expect(await derivativeJobs.start(context, order)).toEqual({ existed: false });
  const posted = aps.requests.find(({ path }) => path.endsWith('/job'));
  expect(posted?.headers).toMatchObject({ region: 'EMEA' });
  expect(posted?.headers['x-ads-force']).toBeUndefined();
  expect(JSON.parse(posted?.body ?? '')).toEqual({
    input: { urn: encoded },
    output: { formats: [{ type: 'svf2' }] },
    misc: { workflow: 'rb-1', workflowAttribute: { job: 'one' } },
  });
});

test('an order of a far region that is refused at first is repeated once', async () => {
  let posts = 0;
  const { context } = await openServer(
    signedIn((_request, response) => {
      posts += 1;
      response.statusCode = posts === 1 ? 400 : 201;
      response.end('{}');
    }),
  );
  expect(await derivativeJobs.start(context, order)).toEqual({ existed: true });
  expect(posts).toBe(2);
});

test.each([
  ['diagnostic', { diagnostic: 'Failed to trigger translation for this file.' }, 'Failed to trigger'],
  ['gateway', { developerMessage: 'No product access.', errorCode: 'AUTH-001' }, 'No product access'],
  ['reason', { reason: 'Unsupported option.' }, 'Unsupported option'],
])('a rejection in the form of the %s is told in its words', async (_form, body, words) => {
  const { context } = await openServer(
    signedIn((_request, response) => {
      response.statusCode = 403;
      response.end(JSON.stringify(body));
    }),
  );
  const error = await failure(derivativeJobs.start(context, { ...order, region: 'US' }));
  expect(error).toMatchObject({ code: 'provider', uncertain: false });
  expect(error.message).toContain(words);
});

test('a job nobody knows is absent, and what is no manifest is said', async () => {
  const { context } = await openAps();
  expect(await derivativeJobs.getStatus(context, { urn: encoded, region: 'US' })).toMatchObject({ state: 'absent' });
  const server = await openServer(signedIn((_request, response) => response.end('<html>')));
  const error = await failure(derivativeJobs.getStatus(server.context, { urn: encoded, region: 'US' }));
  expect(error.message).toContain('no manifest');
});

test('a thumbnail that is no picture is none', async () => {
  const { context } = await openServer(signedIn((_request, response) => response.end('<html>')));
  expect(await derivativeJobs.thumbnail(context, { urn: encoded, region: 'US' })).toBeUndefined();
});

test('only an https page is handed on', async () => {
  const pageOf = async (href: string) => {
    const body = JSON.stringify({ data: { links: { webView: { href } } } });
    const { context } = await openServer(signedIn((_request, response) => response.end(body)));
    return derivativeJobs.pageUrl?.(context, { project: 'b.1', resource: version });
  };
  expect(await pageOf('https://acc.autodesk.com/docs/1')).toBe('https://acc.autodesk.com/docs/1');
  expect(await pageOf('http://example.com/')).toBeUndefined();
  expect(await pageOf('javascript:alert(1)')).toBeUndefined();
});
