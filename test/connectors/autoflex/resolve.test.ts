import { expect, test } from 'vitest';
import { createAutoflex } from '../../../main/connectors/autoflex/connector.ts';
import type { Behaviour } from '../../../main/sandbox/autoflex/behaviour.ts';
import { until } from '../../support/temporary.ts';
import { failure, openServer } from '../context.ts';
import { createContext, openAutoflex } from './context.ts';

const ladder = [2000, 5000, 15_000, 30_000, 60_000];

test('the documented answer gives the address of the file', async () => {
  const { sandbox, context, backups, order } = await openAutoflex();
  const id = await order();
  const result = await backups.resolve(context, id);
  expect(result).toEqual({ kind: 'files', urls: [expect.stringContaining(`${new URL(sandbox.url).origin}/files/`)] });
  expect(sandbox.requests.at(-1)?.query).toBe(`?id=${id}`);
});

const shapes: Behaviour['result']['shape'][] = [
  'data.url',
  'data',
  'url',
  'data[].url',
  'data.urls',
  'download_url',
  'link',
  'href',
  'text',
];
const wrappings: Behaviour['result']['wrapping'][] = ['json', 'text/plain', 'string', 'bom'];

test.each(shapes.flatMap((shape) => wrappings.map((wrapping) => [shape, wrapping] as const)))(
  'an address in %s is found, wrapped as %s',
  async (shape, wrapping) => {
    const { sandbox, context, backups, order } = await openAutoflex({ result: { shape, wrapping } });
    const result = await backups.resolve(context, await order());
    const origin = new URL(sandbox.url).origin;
    expect(result).toEqual({ kind: 'files', urls: [expect.stringMatching(`^${origin}/files/[^/]+/backup-owner.zip`)] });
  },
);

test.each(['data[].url', 'data.urls'] as const)('several files in %s are all given', async (shape) => {
  const { context, backups, order } = await openAutoflex({ result: { shape, files: 3 } });
  const result = await backups.resolve(context, await order());
  expect(result.kind === 'files' && new Set(result.urls).size).toBe(3);
});

test.each(['relative', 'bare', 'foreign', 'http', 'untrusted'] as const)(
  'an address that is %s becomes absolute',
  async (url) => {
    const { sandbox, context, backups, order } = await openAutoflex({ result: { url } });
    const result = await backups.resolve(context, await order());
    const { origin, port } = new URL(sandbox.url);
    const origins = {
      foreign: new URL(sandbox.foreignUrl).origin,
      http: `http://[::ffff:7f00:1]:${port}`,
      untrusted: new URL(sandbox.untrustedUrl).origin,
    };
    const expected = url in origins ? origins[url as keyof typeof origins] : origin;
    expect(result.kind === 'files' && new URL(result.urls[0] ?? '').origin).toBe(expected);
  },
);

test.each([{ rows: [1, 2], note: 'ready' }, ['first', 'second'], 'the text itself', 42])(
  'a result that is no file is given as it is (%j)',
  async (payload) => {
    const { context, backups, order } = await openAutoflex({ result: { payload } });
    expect(await backups.resolve(context, await order())).toEqual({ kind: 'data', data: payload });
  },
);

test('an address that a browser would run is no file', async () => {
  const payload = { url: 'javascript:alert(1)', link: 'file:///etc/passwd' };
  const { context, backups, order } = await openAutoflex({ result: { payload } });
  expect(await backups.resolve(context, await order())).toEqual({ kind: 'data', data: payload });
});

test.each(['404', '400', '410', '500', 'null', 'successCode'] as const)(
  'an id that is not known yet (%s) is asked for again',
  async (notYetAs) => {
    const { context, backups, order, waits } = await openAutoflex({ result: { notYet: 3, notYetAs } });
    expect(await backups.resolve(context, await order())).toMatchObject({ kind: 'files' });
    expect(waits).toEqual([2000, 5000, 15_000]);
  },
);

test.each([
  [
    '404',
    'not-found',
    'Autoflex10 called, but holds no result for it (HTTP 404): The result is not ready. Request it again.',
  ],
  [
    'successCode',
    'not-found',
    'Autoflex10 called, but holds no result for it (successCode 404): The result is not ready. Request it again.',
  ],
  ['null', 'not-found', 'Autoflex10 called, but holds no result for it (HTTP 200). Request it again.'],
  ['500', 'provider', 'Autoflex10 has an outage (HTTP 500): The result is not ready. Try again in a few minutes.'],
] as const)('an id that stays unknown (%s) fails after five more looks', async (notYetAs, code, message) => {
  const { context, backups, order, waits } = await openAutoflex({ result: { notYet: 99, notYetAs } });
  const problem = await failure(backups.resolve(context, await order()));
  expect([problem.code, problem.message]).toEqual([code, message]);
  expect(waits).toEqual(ladder);
});

test.each(['202', 'empty'] as const)('"still at it" (%s) is waited for up to ten minutes', async (notYetAs) => {
  const { context, backups, order, waits } = await openAutoflex({ result: { notYet: 99, notYetAs } });
  expect((await failure(backups.resolve(context, await order()))).message).toContain('still working after ten minutes');
  expect(waits.slice(0, 7)).toEqual([...ladder, 60_000, 60_000]);
  const waited = waits.reduce((sum, one) => sum + one, 0);
  expect(waited).toBeGreaterThanOrEqual(600_000);
  expect(waited).toBeLessThan(660_000);
});

test('"still at it" with a time is looked at again after that time', async () => {
  const { context, backups, order, waits } = await openAutoflex({
    result: { notYet: 8, notYetAs: 'retry', retry: 3000 },
  });
  expect(await backups.resolve(context, await order())).toMatchObject({ kind: 'files' });
  expect(waits).toEqual(Array(8).fill(3000));
});

test('a result that is given only once is asked for only once', async () => {
  const { context, backups, order, asked } = await openAutoflex({ result: { once: true } });
  const id = await order();
  expect(await backups.resolve(context, id)).toMatchObject({ kind: 'files' });
  expect(asked().filter((line) => line === 'GET /webhook')).toHaveLength(1);
  expect((await failure(backups.resolve(context, id))).code).toBe('not-found');
});

test('an id goes out exactly as it came, encoded, and never shows in a failure', async () => {
  const { context, backups, sandbox } = await openAutoflex();
  const { message } = await failure(backups.resolve(context, 'Some_Secret-ID'));
  expect(sandbox.requests.at(-1)?.query).toBe('?id=Some_Secret-ID');
  expect(message).toContain('There is no webhook with id •••.');
});

test('a login page in place of the result is a failure', async () => {
  const { context, backups, order, sandbox } = await openAutoflex();
  const id = await order();
  sandbox.addFault({ path: '/webhook', status: 200, body: '<html>Sign in</html>' });
  expect((await failure(backups.resolve(context, id))).message).toContain('a web page instead of data');
});

test('an internet connection that comes back within the pauses is enough', async () => {
  const { context, backups, order, sandbox, waits } = await openAutoflex();
  const id = await order();
  sandbox.addFault({ path: '/webhook', cut: 'before', times: 2 });
  expect(await backups.resolve(context, id)).toMatchObject({ kind: 'files' });
  expect(waits).toEqual([2000, 5000]);
});

test('a sign-in that has trouble just now is tried again like the rest', async () => {
  const { context, backups, order, sandbox, waits } = await openAutoflex();
  const id = await order();
  context.memory.clear();
  sandbox.addFault({ path: '/authenticate', status: 503, body: {}, times: 2 });
  expect(await backups.resolve(context, id)).toMatchObject({ kind: 'files' });
  expect(waits).toEqual([2000, 5000]);
});

test.each([
  ['{"data":"{\\"url\\":\\"https://files.example/a\\"}"}', 'https://files.example/a'],
  ['{"data":{"url":"","link":"https://files.example/b"}}', 'https://files.example/b'],
  ['{"data":["https://files.example/c"]}', 'https://files.example/c'],
  ['{"successCode":202,"data":{"url":"https://files.example/d"}}', 'https://files.example/d'],
  ['{"data":{"url":"//files.example/e"}}', 'http://files.example/e'],
])('%s is understood', async (text, url) => {
  const { url: baseUrl } = await openServer((request, response) => {
    response.end(request.url?.startsWith('/authenticate') ? '{"token":"AAAA-BBB"}' : text);
  });
  const context = createContext({ url: baseUrl, username: '', apiKey: '', password: '' });
  const result = await createAutoflex().backups?.resolve(context, 'some-secret-id');
  expect(result).toEqual({ kind: 'files', urls: [url] });
});

test('closing ends a wait at once', async () => {
  const { context, order, sandbox } = await openAutoflex({ result: { notYet: 99 } });
  const id = await order();
  const closing = new AbortController();
  const resolving = createAutoflex().backups?.resolve({ ...context, signal: closing.signal }, id);
  const ended = failure(Promise.resolve(resolving));
  await until(() => sandbox.requests.at(-1)?.path.endsWith('/webhook') && sandbox.requests.at(-1)?.status === 404);
  closing.abort();
  expect((await ended).code).toBe('offline');
});
