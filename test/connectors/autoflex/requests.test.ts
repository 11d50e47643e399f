import { expect, test } from 'vitest';
import { failure } from '../context.ts';
import { openAutoflex } from './context.ts';

test('a backup is ordered with the callback address, as documented', async () => {
  const { sandbox, context, backups, callbackUrl } = await openAutoflex();
  expect(backups.requests[0]).toMatchObject({ id: 'backup-owner', title: 'Backup' });
  expect(await backups.request(context, 'backup-owner', callbackUrl)).toBeUndefined();
  const posted = sandbox.requests.at(-1);
  expect([posted?.status, posted?.headers['content-type']]).toEqual([202, 'application/json']);
  expect(posted?.body).toBe(JSON.stringify({ webhook_url: callbackUrl }));
});

test.each([
  [200, 202],
  [201, null],
  [202, '202'],
  [202, 200],
  [204, null],
])('an order answered %s with successCode %s is accepted', async (status, successCode) => {
  const { context, backups, callbackUrl, asked } = await openAutoflex({ order: { status, successCode } });
  expect(await backups.request(context, 'backup-owner', callbackUrl)).toBeUndefined();
  expect(asked()).toHaveLength(2);
});

test('a result in the answer itself is taken at once', async () => {
  const { sandbox, context, backups, callbackUrl } = await openAutoflex({ order: { status: 200, atOnce: true } });
  const result = await backups.request(context, 'backup-owner', callbackUrl);
  expect(result).toMatchObject({ kind: 'files', urls: [expect.stringContaining('/files/')] });
  expect(sandbox.orders).toEqual([]);
});

test.each([500, '409', 400])(
  'a 2xx with successCode %s is a failure in the words of the server',
  async (successCode) => {
    const order = { status: 200, successCode, message: 'A backup is running already.' };
    const { context, backups, callbackUrl } = await openAutoflex({ order });
    const { message } = await failure(backups.request(context, 'backup-owner', callbackUrl));
    expect(message).toContain(
      `(successCode ${successCode}): A backup is running already. `.trimEnd().replace(/\.$/, ''),
    );
  },
);

test.each([
  [{ message: 'told in message' }],
  [{ error: 'told in error' }],
  [{ errorMessage: 'told in errorMessage' }],
  [{ data: { message: 'told in data.message' } }],
  [{ error: { message: 'told in error.message' } }],
])('the words of %j are shown', async (body) => {
  const { sandbox, context, backups, callbackUrl } = await openAutoflex();
  sandbox.addFault({ path: '/backup', status: 409, body });
  const { message } = await failure(backups.request(context, 'backup-owner', callbackUrl));
  expect(message).toMatch(/^Autoflex10 rejected the request \(HTTP 409\): told in [\w.]+\.$/);
});

test('an order answered "not ready" is repeated, and one that was accepted is not', async () => {
  const { context, backups, callbackUrl, asked, waits, sandbox } = await openAutoflex({ order: { notReady: 2 } });
  await backups.request(context, 'backup-owner', callbackUrl);
  expect(asked().filter((line) => line.startsWith('POST'))).toHaveLength(3);
  expect(waits).toEqual([1000, 1000]);
  expect(sandbox.orders).toHaveLength(1);
});

test('an order that is accepted and names a time for the next question is not repeated', async () => {
  const { sandbox, context, backups, callbackUrl, waits, asked } = await openAutoflex();
  sandbox.addFault({ path: '/backup', status: 202, body: { successCode: 202, retry: 1000 } });
  expect(await backups.request(context, 'backup-owner', callbackUrl)).toBeUndefined();
  expect([waits, asked()]).toEqual([[], ['GET /authenticate', 'POST /backup/owner']]);
});

test('an order that is never ready is a failure', async () => {
  const { context, backups, callbackUrl } = await openAutoflex({ order: { notReady: 99 } });
  expect((await failure(backups.request(context, 'backup-owner', callbackUrl))).message).toContain('still not ready');
});

test.each([
  [7, 7000],
  [undefined, 60_000],
  [0, 1000],
])('too many requests with Retry-After %s are answered with a pause of %s ms', async (retryAfter, waited) => {
  const { sandbox, context, backups, callbackUrl, waits } = await openAutoflex();
  sandbox.addFault({ path: '/backup', status: 429, retryAfter, body: {}, times: 2 });
  await backups.request(context, 'backup-owner', callbackUrl);
  expect(waits).toEqual([waited, waited]);
});

test('a wait of more than five minutes is told to the user, and so is a limit without end', async () => {
  const { sandbox, context, backups, callbackUrl, waits } = await openAutoflex();
  const order = () => backups.request(context, 'backup-owner', callbackUrl);
  sandbox.addFault({ path: '/backup', status: 429, retryAfter: 3600, body: {}, times: 1 });
  expect((await failure(order())).message).toBe('Autoflex10 limits the number of requests. Try again in 60 minutes.');
  expect(waits).toEqual([]);
  sandbox.addFault({ path: '/backup', status: 429, body: {} });
  expect((await failure(order())).message).toContain('Try again in a minute.');
  expect(waits).toHaveLength(5);
});

test.each([{ status: 502 }, { status: 503 }, { cut: 'after' as const }])(
  'an order that may have been taken is never sent again by itself (%j)',
  async (fault) => {
    const { sandbox, context, backups, callbackUrl, asked } = await openAutoflex();
    sandbox.addFault({ path: '/backup', ...fault });
    await failure(backups.request(context, 'backup-owner', callbackUrl));
    expect(asked().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  },
);

test('an order is not sent on to another address', async () => {
  const { sandbox, context, backups, callbackUrl } = await openAutoflex();
  sandbox.addFault({ path: '/backup', status: 302, body: {} });
  expect((await failure(backups.request(context, 'backup-owner', callbackUrl))).message).toBe(
    "The address sends elsewhere (HTTP 302), so it is not Autoflex10's. Check the base URL.",
  );
});

test.each([
  'https://bell.example/in/00?x=1',
  'https://bell.example/in/00#x',
  'http://bell.example/in/00',
  'bell.example/in/00',
])('the callback address %s is refused before anything is sent', async (callbackUrl) => {
  const { context, backups, asked } = await openAutoflex();
  const { code } = await failure(backups.request(context, 'backup-owner', callbackUrl));
  expect(code).toBe('invalid-input');
  expect(asked()).toEqual([]);
});

test('a request that is not in the table is refused', async () => {
  const { context, backups, callbackUrl } = await openAutoflex();
  expect((await failure(backups.request(context, 'invented', callbackUrl))).code).toBe('invalid-input');
});
