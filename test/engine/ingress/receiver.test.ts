import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { bodyLimit, openReceiver, type Receiver } from '../../../main/engine/ingress/receiver.ts';
import type { CallbackRequest } from '../../../main/engine/ingress/route.ts';
import { until } from '../../support/temporary.ts';

const key = '0123456789abcdef0123456789abcdef';

async function open(
  receive = async (_arrival: CallbackRequest) => ({ status: 204 }),
  timeouts?: Parameters<typeof openReceiver>[0]['timeouts'],
): Promise<{ receiver: Receiver; url: string; tooLarge: string[] }> {
  const tooLarge: string[] = [];
  const receiver = await openReceiver({
    port: 0,
    match: (one, method) =>
      one === key && method === 'POST' ? { receive, tooLarge: () => void tooLarge.push(one) } : undefined,
    ...(timeouts ? { timeouts } : {}),
  });
  onTestFinished(() => receiver.close());
  return { receiver, url: `http://127.0.0.1:${receiver.port}`, tooLarge };
}

/** Sends raw bytes and gives everything that came back until the other side was silent or closed. */
async function raw(port: number, bytes: string, answers = 1): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.write(bytes);
  await until(() => (text.match(/HTTP\/1\.1 /g)?.length ?? 0) >= answers);
  return text;
}

function hasIpv6Loopback(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
}

test('a proxy that connects to ::1 for "localhost" reaches it on the same port', async (context) => {
  const { receiver } = await open();
  if (!hasIpv6Loopback()) context.skip('no IPv6 on this computer');
  const response = await fetch(`http://[::1]:${receiver.port}/in/${key}`, { method: 'POST' });
  expect(response.status).toBe(204);
  const idle = connect(receiver.port, '::1');
  await once(idle, 'connect');
  const closed = once(idle, 'close');
  await receiver.close();
  await closed;
  await expect(fetch(`http://[::1]:${receiver.port}/`)).rejects.toThrow();
});

test('the bytes arrive exactly as they were sent, with what stood behind the key and all headers', async () => {
  const arrivals: CallbackRequest[] = [];
  const { url } = await open(async (arrival) => {
    arrivals.push(arrival);
    return { status: 204 };
  });
  const body = Buffer.from('{\r\n "a": 1.0, "ä": "\\u00e9" }\u0000');
  const answer = await fetch(`${url}/in/${key}/x?id=7`, { method: 'POST', body, headers: { 'X-Adsk-Thing': 'Yes' } });
  expect(answer.status).toBe(204);
  expect(answer.headers.get('x-powered-by')).toBeNull();
  expect(answer.headers.get('server')).toBeNull();
  expect(arrivals[0]).toMatchObject({ key, method: 'POST', rest: '/x?id=7', headers: { 'x-adsk-thing': 'Yes' } });
  expect(arrivals[0]?.body.equals(body)).toBe(true);
});

test.each([
  ['GET', `/in/${key}`],
  ['PUT', `/in/${key}`],
  ['POST', `/in/${key.replace('0', 'f')}`],
  ['POST', `/in/${key.slice(1)}`],
  ['POST', `/in/${key.toUpperCase()}`],
  ['POST', '/'],
  ['POST', '/api/status.get'],
  ['GET', '/api/changes'],
  ['GET', '/index.html'],
  ['POST', `/in/../api/status.get`],
  ['POST', `/x/in/${key}`],
])('%s %s is answered 404 with an empty body', async (method, path) => {
  const { url } = await open();
  const answer = await fetch(url + path, { method });
  expect([answer.status, await answer.text()]).toEqual([404, '']);
});

test.each([
  ['an absolute URL of another listener', 'POST http://127.0.0.1:1/api/status.get HTTP/1.1\r\nHost: 127.0.0.1:1'],
  ['a path that climbs', `POST /in/${key}/../../api/status.get HTTP/1.1\r\nHost: localhost`],
  ['an encoded path', 'POST /%61pi/status.get HTTP/1.1\r\nHost: 127.0.0.1'],
  ['a CONNECT', 'CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1:80'],
  ['an upgrade', 'GET /api/changes HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket'],
])('%s reaches nothing but the one route', async (_name, head) => {
  const { receiver } = await open(async ({ rest }) => ({ status: 200, text: `route ${rest}` }));
  const text = await Promise.race([
    raw(receiver.port, `${head}\r\nContent-Length: 0\r\n\r\n`),
    closed(receiver.port, `${head}\r\nContent-Length: 0\r\n\r\n`),
  ]);
  expect(text).not.toMatch(/"ok"/);
  if (text.includes(' 200 ')) expect(text).toContain('route /../../api/status.get');
  else expect(text === '' || / 404 | 400 /.test(text)).toBe(true);
});

async function closed(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.resume();
  socket.write(bytes);
  await once(socket, 'close');
  return '';
}

test('a body of exactly the limit is taken, one byte more is refused with 413', async () => {
  const { url, tooLarge } = await open();
  const post = (size: number) => fetch(`${url}/in/${key}`, { method: 'POST', body: Buffer.alloc(size, 97) });
  expect((await post(bodyLimit)).status).toBe(204);
  expect((await post(bodyLimit + 1)).status).toBe(413);
  expect(tooLarge).toEqual([key]);
});

test('a body without a length is refused as soon as it passes the limit', async () => {
  const { receiver, tooLarge } = await open();
  const sending = request({ host: '127.0.0.1', port: receiver.port, path: `/in/${key}`, method: 'POST' });
  sending.on('error', () => {});
  const answered = once(sending, 'response');
  const chunk = Buffer.alloc(64 * 1024, 97);
  for (let sent = 0; sent <= bodyLimit; sent += chunk.length) sending.write(chunk);
  const [answer] = (await answered) as [{ statusCode: number }];
  sending.destroy();
  expect(answer.statusCode).toBe(413);
  expect(tooLarge).toEqual([key]);
});

test('after a rejection the connection serves the next callback', async () => {
  const { receiver } = await open();
  const post = (path: string, body: string) =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const text = await raw(receiver.port, post('/nowhere', 'hello') + post(`/in/${key}`, '{}'), 2);
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 204']);
});

test('a client that dribbles its headers is cut off, a silent one that waits for a callback is not', async () => {
  const { receiver } = await open(undefined, { headers: 300, request: 3000 });
  const open2 = async (): Promise<Socket> => {
    const socket = connect(receiver.port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    await once(socket, 'connect');
    return socket;
  };
  const silent = await open2();
  const dribbling = await open2();
  let heard = '';
  silent.on('data', (chunk) => {
    heard += chunk;
  });
  dribbling.resume();
  dribbling.write(`POST /in/${key} HTTP/1.1\r\nHost: x\r\n`);
  await once(dribbling, 'close');
  expect(heard).toBe('');
  silent.write(`POST /in/${key} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}`);
  await until(() => heard.startsWith('HTTP/1.1 204'));
});

test('a port in use is said with the port', async () => {
  const { receiver } = await open();
  const again = openReceiver({
    port: receiver.port,
    match: () => undefined,
  });
  await expect(again).rejects.toThrow(`Port ${receiver.port} is in use`);
});

test('it listens on the loopback address alone', async () => {
  const { networkInterfaces } = await import('node:os');
  const outside = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).filter(({ internal, family }) => !internal && family === 'IPv4'),
  );
  const { receiver } = await open();
  for (const { address } of outside) {
    await expect(fetch(`http://${address}:${receiver.port}/in/${key}`, { method: 'POST' })).rejects.toThrow();
  }
  expect((await fetch(`http://127.0.0.1:${receiver.port}/`)).status).toBe(404);
});

/** Opens connections that send these bytes and nothing more. */
async function crowd(port: number, count: number, bytes: string): Promise<void> {
  const opened = Array.from({ length: count }, async () => {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
    if (bytes !== '') socket.write(bytes);
  });
  await Promise.all(opened);
}

test.each([
  ['silent', ''],
  ['with half a header', 'POST /in/'],
  ['with a body that never ends', `POST /in/${key} HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n1`],
  ['idle after a rejected request', 'GET /elsewhere HTTP/1.1\r\nhost: a\r\n\r\n'],
])('a callback gets through within a second beside 1200 connections, %s', async (_name, bytes) => {
  const { receiver, url } = await open();
  const deliver = async (): Promise<number> => {
    const startedAt = performance.now();
    const target = { host: '127.0.0.1', port: receiver.port, path: `/in/${key}`, method: 'POST', agent: false };
    const [response] = (await once(request(target).end('{}'), 'response')) as [{ statusCode: number }];
    expect(response.statusCode).toBe(204);
    return performance.now() - startedAt;
  };
  // A busy machine delays both.
  const alone = await deliver();
  await crowd(receiver.port, 1200, bytes);
  // The crowd runs in this process too: the first callback also waits until it has connected.
  expect((await fetch(`${url}/in/${key}`, { method: 'POST', body: '{}' })).status).toBe(204);
  // One of three: the system may hold this process up for longer, but not each time.
  const durations = [await deliver(), await deliver(), await deliver()];
  expect(Math.min(...durations)).toBeLessThan(1000 + 10 * alone);
});

test('a connection whose callback is being answered is not closed for newcomers', async () => {
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const { receiver, url } = await open(async () => {
    await finished;
    return { status: 204 };
  });
  const response = fetch(`${url}/in/${key}`, { method: 'POST', body: '{}' });
  await crowd(receiver.port, 1500, '');
  finish();
  expect((await response).status).toBe(204);
});

test('a connection that only got a rejection is closed soon', async () => {
  const { receiver } = await open();
  const socket = connect(receiver.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('data', () => {});
  socket.write('GET /elsewhere HTTP/1.1\r\nhost: a\r\n\r\n');
  const startedAt = performance.now();
  await once(socket, 'close');
  expect(performance.now() - startedAt).toBeLessThan(20_000);
});

test('requests in progress together hold no more than the budget, and the next sender is asked to retry', async () => {
  const receiver = await openReceiver({
    port: 0,
    match: () => ({ receive: async () => ({ status: 204 }), tooLarge: () => {} }),
    bodyBudget: 10_000,
  });
  onTestFinished(() => receiver.close());
  const post = async (size: number): Promise<number> => {
    const url = `http://127.0.0.1:${receiver.port}/in/${key}`;
    return (await fetch(url, { method: 'POST', body: 'x'.repeat(size) })).status;
  };
  const socket = connect(receiver.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(`POST /in/${key} HTTP/1.1\r\nhost: a\r\ncontent-length: 9000\r\n\r\n${'x'.repeat(8999)}`);
  await until(async () => (await post(2000)) === 503);
  const answered = once(socket, 'data');
  socket.write('x');
  expect(String(await answered)).toContain('204');
  await until(async () => (await post(2000)) === 204);
  expect(await post(9000)).toBe(204);
});
