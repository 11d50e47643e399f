import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import localtunnel, { type Tunnel } from 'localtunnel';
import { expect, onTestFinished, test } from 'vitest';
import { type RelayOptions, startRelay, type TunnelRelay } from '../../../main/sandbox/relay/relay.ts';
import { until } from '../../support/temporary.ts';
import { startReceiver, type TestReceiver } from '../receiver.ts';

async function openRelay(options: RelayOptions = { graceMs: 50, dialMs: 5000 }): Promise<TunnelRelay> {
  const relay = await startRelay(options);
  onTestFinished(() => relay.stop());
  return relay;
}

async function openTunnel(relay: TunnelRelay, receiver: TestReceiver, subdomain?: string): Promise<Tunnel> {
  const tunnel = await localtunnel({ port: receiver.port, host: relay.url, ...(subdomain && { subdomain }) });
  tunnel.on('error', () => {});
  onTestFinished(() => tunnel.close());
  return tunnel;
}

async function register(relay: TunnelRelay, path: string): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${relay.url}${path}`);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('a registration is granted a name, a dial port and an address on loopback', async () => {
  const relay = await openRelay();
  const { status, body } = await register(relay, '/?new');
  expect(status).toBe(200);
  expect(body).toEqual({
    id: expect.stringMatching(/^[a-z]+-[a-z]+-\d+$/),
    port: expect.any(Number),
    max_conn_count: 10,
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  });
});

test('the asked subdomain is granted, and another one where it is taken', async () => {
  const relay = await openRelay();
  expect((await register(relay, '/tower-site')).body.id).toBe('tower-site');
  const second = await register(relay, '/tower-site');
  expect(second.status).toBe(200);
  expect(second.body.id).not.toBe('tower-site');
});

test('a name that is no subdomain is refused', async () => {
  const relay = await openRelay();
  expect((await register(relay, '/No_Good')).status).toBe(403);
  expect((await register(relay, '/')).status).toBe(404);
});

test('a callback arrives through the real client with every byte and header as sent', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  receiver.answer = (response) => {
    response.writeHead(207, 'Kept', { 'X-Answer': 'yes' });
    response.end(Buffer.from([0, 255, 128, 10]));
  };
  const tunnel = await openTunnel(relay, receiver);
  const body = randomBytes(300_000);
  const response = await fetch(`${tunnel.url}/in/key?a=%20b`, {
    method: 'POST',
    body,
    headers: { 'X-Adsk-Signature': 'sha1hash=00' },
  });
  expect([response.status, response.statusText, response.headers.get('x-answer')]).toEqual([207, 'Kept', 'yes']);
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 255, 128, 10]));
  const [received] = receiver.received;
  expect(received?.body.equals(body)).toBe(true);
  expect([received?.method, received?.path]).toEqual(['POST', '/in/key?a=%20b']);
  expect(received?.headers['x-adsk-signature']).toBe('sha1hash=00');
  expect(received?.headers.host).toBe(new URL(tunnel.url).host);
});

test('fifty requests at once and then more all come through ten sockets', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  receiver.answer = (response, request) => response.end(request.body);
  const tunnel = await openTunnel(relay, receiver);
  const echo = async (text: string) => (await fetch(tunnel.url, { method: 'POST', body: text })).text();
  for (const round of ['one', 'two', 'three']) {
    const sent = Array.from({ length: 50 }, (_, index) => `${round} ${index}`);
    expect(await Promise.all(sent.map(echo))).toEqual(sent);
  }
  expect(relay.clients()[0]?.sockets).toBeLessThanOrEqual(10);
});

test('a body without a length passes in chunks both ways', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  receiver.answer = (response, request) => {
    response.write(request.headers['transfer-encoding'] ?? 'none');
    response.end(request.body);
  };
  const tunnel = await openTunnel(relay, receiver);
  const answer = await new Promise<string>((resolve, reject) => {
    const sending = httpRequest(tunnel.url, { method: 'POST', agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    sending.on('error', reject);
    sending.write('first ');
    sending.end('last');
  });
  expect(answer).toBe('chunkedfirst last');
});

test('a local server that hangs up in the middle is told as 502, and the tunnel goes on', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  receiver.answer = (response) => response.destroy();
  const tunnel = await openTunnel(relay, receiver);
  expect((await fetch(tunnel.url)).status).toBe(502);
  receiver.answer = (response) => response.writeHead(204).end();
  await until(async () => (await fetch(tunnel.url)).status === 204);
});

test('a browser meets the reminder page unless it asks to pass by', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  const tunnel = await openTunnel(relay, receiver);
  const visit = async (headers: Record<string, string>) => (await fetch(tunnel.url, { headers })).status;
  const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' };
  expect(await visit(browser)).toBe(401);
  expect(await visit({ ...browser, 'bypass-tunnel-reminder': '1' })).toBe(204);
  expect(await visit({})).toBe(204);
  Object.assign(relay.faults, { reminder: 'everyone', reminderStatus: 200 });
  expect(await visit({ 'bypass-tunnel-reminder': '1' })).toBe(200);
  expect(receiver.received).toHaveLength(2);
});

test('a client is forgotten once its last socket has been closed for a while', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  const tunnel = await openTunnel(relay, receiver, 'tower-site');
  expect((await fetch(tunnel.url)).status).toBe(204);
  tunnel.close();
  await until(() => relay.clients().length === 0);
  expect((await fetch(tunnel.url)).status).toBe(404);
  const again = await openTunnel(relay, receiver, 'tower-site');
  expect(again.url).toBe(tunnel.url);
  expect((await fetch(again.url)).status).toBe(204);
});

test('a registration nobody dials is forgotten', async () => {
  const relay = await openRelay({ dialMs: 50 });
  const { body } = await register(relay, '/?new');
  await until(() => relay.clients().length === 0);
  expect((await fetch(String(body.url))).status).toBe(404);
  await expect(dial(Number(body.port))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('cut sockets are dialled again', async () => {
  const relay = await openRelay({ graceMs: 5000 });
  const receiver = await startReceiver();
  const tunnel = await openTunnel(relay, receiver);
  await until(() => relay.clients()[0]?.sockets === 10);
  relay.dropSockets();
  await until(() => relay.clients()[0]?.sockets === 10);
  expect((await fetch(tunnel.url)).status).toBe(204);
});

test('a forgotten client is told nothing while its address answers 404', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  const tunnel = await openTunnel(relay, receiver);
  await until(() => relay.clients()[0]?.sockets === 10);
  const events: string[] = [];
  for (const event of ['close', 'error']) tunnel.on(event, () => events.push(event));
  tunnel.tunnelCluster.on('dead', () => events.push('dead'));
  relay.forgetClients();
  expect((await fetch(tunnel.url)).status).toBe(404);
  expect(events).toEqual([]);
});

test('a killed relay refuses, and after its restart the old address answers 404 until it is granted again', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  const tunnel = await openTunnel(relay, receiver, 'tower-site');
  await until(() => relay.clients()[0]?.sockets === 10);
  const refused = new Promise<Error>((resolve) => tunnel.once('error', resolve));
  const { url } = relay;
  await relay.kill();
  expect((await refused).message).toContain('connection refused');
  await expect(fetch(tunnel.url)).rejects.toThrow();
  await expect(fetch(`${url}/?new`)).rejects.toThrow();
  await relay.restart();
  expect(relay.url).toBe(url);
  expect((await fetch(tunnel.url)).status).toBe(404);
  const again = await openTunnel(relay, receiver, 'tower-site');
  expect(again.url).toBe(tunnel.url);
  expect((await fetch(again.url)).status).toBe(204);
});

test('a registration that hangs is granted when the fault ends', async () => {
  const relay = await openRelay();
  relay.faults.hangRegistration = true;
  let granted = false;
  const waiting = register(relay, '/tower-site').then((answer) => {
    granted = true;
    return answer;
  });
  await expect(fetch(`${relay.url}/?new`, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  expect(granted).toBe(false);
  relay.faults.hangRegistration = false;
  expect((await waiting).body.id).toBe('tower-site');
});

test('public requests hang on demand', async () => {
  const relay = await openRelay();
  const receiver = await startReceiver();
  const tunnel = await openTunnel(relay, receiver);
  relay.faults.hangRequests = true;
  await expect(fetch(tunnel.url, { signal: AbortSignal.timeout(50) })).rejects.toThrow();
  expect(receiver.received).toEqual([]);
});

test('stopping is complete in the middle of requests', async () => {
  const relay = await startRelay();
  const receiver = await startReceiver();
  receiver.answer = () => {};
  const tunnel = await openTunnel(relay, receiver);
  const hanging = Array.from({ length: 20 }, () => fetch(tunnel.url).catch(() => 'cut'));
  await until(() => receiver.received.length === 10);
  const { port } = new URL(relay.url);
  await relay.stop();
  expect(new Set(await Promise.all(hanging))).toEqual(new Set(['cut']));
  await expect(dial(Number(port))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

function dial(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
