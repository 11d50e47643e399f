import { checkServerIdentity, connect, type PeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { callbackForms } from '../../../main/sandbox/autoflex/callback-forms.ts';
import { startAutoflex } from '../../../main/sandbox/autoflex/index.ts';
import { until } from '../../support/temporary.ts';
import { openCaller, signIn } from './caller.ts';

test('a sign-in is answered as documented, with the credentials in the query', async () => {
  const { autoflex } = await openCaller();
  expect(await signIn(autoflex)).toEqual({
    status: 200,
    token: expect.any(String),
    body: { token: expect.any(String) },
  });
  for (const name of ['api_key', 'username', 'password']) {
    expect((await signIn(autoflex, { [name]: 'wrong' })).status).toBe(401);
  }
  expect((await fetch(`${autoflex.url}/authenticate`)).status).toBe(401);
});

test('a sign-in may be put off, and may name another API', async () => {
  const { autoflex } = await openCaller();
  autoflex.change({ signIn: { notReady: 1, retry: 1500, apiUrl: autoflex.secondUrl } });
  expect((await signIn(autoflex)).body).toEqual({ retry: 1500 });
  expect((await signIn(autoflex)).body).toEqual({
    token: expect.any(String),
    api_url: autoflex.secondUrl,
    user_id: '1234',
  });
});

test('only the header named token opens the door, until its time is over', async () => {
  let now = 1_700_000_000_000;
  const { autoflex, token, get } = await openCaller({ now: () => now, signIn: { tokenLifetime: 60 } });
  const list = async (headers?: Record<string, string>) => (await get('/util/list?list=ordertypes', headers)).status;
  expect(await list()).toBe(200);
  expect(await list({ authorization: `Bearer ${token}` })).toBe(401);
  expect(await list({})).toBe(401);
  now += 60_000;
  expect(await list()).toBe(401);
  expect((await fetch(`${autoflex.secondUrl}/util/list?list=ordertypes`)).status).toBe(401);
});

test('the order types are those of the documentation', async () => {
  const { get } = await openCaller();
  expect(await (await get('/util/list?list=ordertypes')).json()).toEqual({
    ordertypes: { WORKSHOP: 1, VEHICLE_SALES: 2, VEHICLE_PURCHASE: 3, INTERNAL_REVERSAL: 4, BPM: 5 },
  });
  expect((await get('/util/list?list=colours')).status).toBe(400);
});

test('an order is accepted with 202, called back with an id, and answered with an address', async () => {
  const { autoflex, receiver, order, get } = await openCaller();
  const accepted = await order();
  expect([accepted.status, await accepted.json()]).toEqual([202, { successCode: 202 }]);
  await autoflex.settled();
  const [called] = receiver.received;
  expect([called?.method, called?.path]).toEqual(['GET', `/in/key?id=${autoflex.orders[0]?.ids[0]}`]);
  expect(autoflex.callbacks).toMatchObject([{ method: 'GET', status: 204 }]);
  const id = new URL(called?.path ?? '', receiver.url).searchParams.get('id');
  const result = await (await get(`/webhook?id=${id}`)).json();
  expect(result).toEqual({ data: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/files\//) } });
});

test.each([
  ['no JSON', 'text/plain', '{"webhook_url":"https://bell.example/x"}'],
  ['a broken body', 'application/json', '{'],
  ['no webhook_url', 'application/json', '{}'],
  ['plain http', 'application/json', '{"webhook_url":"http://bell.example/x"}'],
  ['no address', 'application/json', '{"webhook_url":"bell"}'],
])('an order with %s is refused', async (_what, type, body) => {
  const { autoflex, token } = await openCaller();
  const headers = { token, 'content-type': type };
  expect((await fetch(`${autoflex.url}/backup/owner`, { method: 'POST', headers, body })).status).toBe(400);
  expect(autoflex.orders).toEqual([]);
});

test('an order is refused by successCode, or answered at once', async () => {
  const { autoflex, order } = await openCaller({ order: { status: 200, successCode: 500 } });
  const refused = await order();
  expect([refused.status, await refused.json()]).toEqual([
    200,
    { successCode: 500, message: 'The backup cannot be made now.' },
  ]);
  autoflex.change({ order: { successCode: 202, atOnce: true } });
  expect(await (await order()).json()).toEqual({ data: { url: expect.any(String) } });
  await autoflex.settled();
  expect(autoflex.callbacks).toEqual([]);
});

test('the callback may overtake the answer to the order', async () => {
  const { autoflex, receiver, order } = await openCaller({ callback: { beforeAnswer: true } });
  let release = (): void => {};
  receiver.answer = (response) => {
    release = () => response.writeHead(200).end();
  };
  let isAnswered = false;
  const ordering = order().then(() => {
    isAnswered = true;
  });
  await until(() => receiver.received.length === 1);
  expect(isAnswered).toBe(false);
  release();
  await ordering;
  expect(autoflex.callbacks).toMatchObject([{ status: 200 }]);
});

test('a probe, two ids and repetitions come in this order', async () => {
  const { autoflex, receiver, order } = await openCaller({ callback: { probe: true, ids: 2, times: 2 } });
  await order();
  await autoflex.settled();
  const [first, second] = autoflex.orders[0]?.ids ?? [];
  const ids = receiver.received.map(({ path }) => new URL(path, receiver.url).searchParams.get('id'));
  expect(ids).toEqual([null, first, first, second, second]);
  await autoflex.callAgain();
  expect(receiver.received).toHaveLength(10);
});

test('a callback may never come, or late', async () => {
  const { autoflex, receiver, order } = await openCaller({ callback: { ids: 0 } });
  await order();
  await autoflex.settled();
  autoflex.change({ callback: { ids: 1, after: 30 } });
  await order();
  expect(receiver.received).toEqual([]);
  await autoflex.settled();
  expect(receiver.received).toHaveLength(1);
});

test.each(callbackForms)('a callback in the form "%s" arrives as it is written', async (form) => {
  const isBody = form.endsWith('-body');
  const method = isBody ? 'POST' : 'GET';
  const { autoflex, receiver, order } = await openCaller({ callback: { form, method } });
  await order();
  await autoflex.settled();
  const [called] = receiver.received;
  const id = autoflex.orders[0]?.ids[0] ?? '';
  expect(`${called?.path} ${called?.body}`.toLowerCase()).toContain(id);
  expect(`http://127.0.0.1:${receiver.port}${called?.path}`).toBe(autoflex.callbacks[0]?.url);
  expect(called?.method).toBe(method);
});

test('an id may be a word whose case counts', async () => {
  const { autoflex, receiver, order, get } = await openCaller({ callback: { idAs: 'word' } });
  await order();
  await autoflex.settled();
  const [id = ''] = autoflex.orders[0]?.ids ?? [];
  expect(receiver.received[0]?.path).toBe(`/in/key?id=${id}`);
  expect(id).toMatch(/^Result_[\w-]{12}$/);
  expect([(await get(`/webhook?id=${id.toUpperCase()}`)).status, (await get(`/webhook?id=${id}`)).status]).toEqual([
    404, 200,
  ]);
});

test('a result may be for the token alone with which it was ordered', async () => {
  const { autoflex, order, get } = await openCaller({ result: { boundToToken: true } });
  await order();
  const path = `/webhook?id=${autoflex.orders[0]?.ids[0]}`;
  const { token } = await signIn(autoflex);
  expect([(await get(path, { token })).status, (await get(path)).status]).toEqual([403, 200]);
});

test('a receiver that is not there is noted', async () => {
  const { autoflex, token } = await openCaller();
  const body = JSON.stringify({ webhook_url: 'http://127.0.0.1:9/in/key' });
  const headers = { token, 'content-type': 'application/json' };
  await fetch(`${autoflex.url}/backup/owner`, { method: 'POST', headers, body });
  await autoflex.settled();
  expect(autoflex.callbacks).toMatchObject([{ problem: expect.stringContaining('ECONNREFUSED') }]);
});

test.each([
  ['404', 404, { message: 'The result is not ready.' }],
  ['400', 400, { message: 'The result is not ready.' }],
  ['410', 410, { message: 'The result is not ready.' }],
  ['500', 500, { message: 'The result is not ready.' }],
  ['202', 202, { successCode: 202 }],
  ['retry', 202, { retry: 2000 }],
  ['null', 200, { successCode: 200, data: null }],
  ['empty', 200, { data: {} }],
  ['successCode', 200, { successCode: 404, message: 'The result is not ready.' }],
] as const)('a result that is not there yet may be told as %s', async (notYetAs, status, body) => {
  const { autoflex, order, get } = await openCaller({ result: { notYet: 1, notYetAs }, callback: { after: 60_000 } });
  await order();
  const path = `/webhook?id=${autoflex.orders[0]?.ids[0]}`;
  const early = await get(path);
  expect([early.status, await early.json()]).toEqual([status, body]);
  expect((await get(path)).status).toBe(200);
});

test('an unknown id is 404, none is 400, and a result may be given only once', async () => {
  const { autoflex, order, get } = await openCaller({ result: { once: true } });
  expect((await get('/webhook?id=unknown')).status).toBe(404);
  expect((await get('/webhook')).status).toBe(400);
  await order();
  const path = `/webhook?id=${autoflex.orders[0]?.ids[0]}`;
  expect([(await get(path)).status, (await get(path)).status]).toEqual([200, 404]);
});

test('behaviour is changed over HTTP too, and what it does not know is refused', async () => {
  const { autoflex } = await openCaller();
  const { origin } = new URL(autoflex.url);
  const tell = (path: string, body: unknown) =>
    fetch(`${origin}/sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await tell('behaviour', { callback: { form: 'glued' } })).status).toBe(200);
  expect(autoflex.behaviour.callback).toMatchObject({ form: 'glued', method: 'GET' });
  for (const unknown of [{ callback: { form: 'sung' } }, { callbacks: {} }, { file: { weight: 1 } }]) {
    expect((await tell('behaviour', unknown)).status).toBe(400);
  }
  expect((await tell('expire-tokens', {})).status).toBe(200);
  const requests = await (await fetch(`${origin}/sandbox/requests`)).json();
  expect(requests).toMatchObject([{ method: 'GET', status: 200 }]);
  expect((await tell('faults', { path: '/authenticate', status: 202, body: { retry: 1000 } })).status).toBe(200);
  expect([(await signIn(autoflex)).body, (await signIn(autoflex)).status]).toEqual([{ retry: 1000 }, 200]);
});

test('an option that is none is refused at the start', async () => {
  await expect(startAutoflex({ callback: { form: 'sung' as 'glued' } })).rejects.toThrow('form');
});

test('nobody vouches for its certificate, which is right in everything else', async () => {
  const { autoflex } = await openCaller();
  await expect(fetch(autoflex.untrustedUrl)).rejects.toMatchObject({ cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
  const { port } = new URL(autoflex.untrustedUrl);
  const shown = await new Promise<PeerCertificate>((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.end();
    }).on('error', reject);
  });
  expect(checkServerIdentity('127.0.0.1', shown)).toBeUndefined();
  expect(Date.parse(shown.valid_to)).toBeGreaterThan(Date.now());
});

test('stopping ends callbacks that are still to come', async () => {
  const { autoflex, receiver, order } = await openCaller({ callback: { after: 60_000 } });
  await order();
  await autoflex.stop();
  expect([receiver.received, autoflex.callbacks]).toEqual([[], []]);
  await expect(fetch(autoflex.url)).rejects.toThrow();
  await expect(fetch(autoflex.foreignUrl)).rejects.toThrow();
});
