import { spawn } from 'node:child_process';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createNetwork } from '../../../main/platform/network/index.ts';
import { connectTcp, type Lookup } from '../../../main/platform/network/tcp.ts';
import { serve } from '../../engine/tunnel/tunnel-host.ts';
import { serveSecurely, trustAuthority } from '../../support/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { startProxyServer } from '../../support/proxy-server.ts';

const here: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];

function openNetwork(lookup: Lookup = here, timeout = 5_000) {
  const network = createNetwork({ system: { environment: {} }, lookup, timeout });
  onTestFinished(() => network.close());
  return network;
}

test('an authority that this computer does not trust is named', async () => {
  const { port } = await serveSecurely((_, response) => response.end());
  await expect(openNetwork().fetch(`https://api.acme.example:${port}/`)).rejects.toMatchObject({
    cause: { step: 'tls', issuer: 'ACME Inspection CA', cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } },
  });
});

test('a certificate of another host is rejected although its authority is trusted', async () => {
  trustAuthority();
  const { port } = await serveSecurely((_, response) => response.end());
  await expect(openNetwork().fetch(`https://other.acme.example:${port}/`)).rejects.toMatchObject({
    cause: { step: 'tls', cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } },
  });
});

test('a server without TLS is named by the step', async () => {
  const { port } = await serve((_, response) => response.end());
  await expect(openNetwork().fetch(`https://api.acme.example:${port}/`)).rejects.toMatchObject({
    cause: { step: 'tls' },
  });
});

test('a name that is not known fails at the lookup', async () => {
  const network = createNetwork({ system: { environment: {} } });
  onTestFinished(() => network.close());
  await expect(network.fetch('https://no-such-name.invalid/')).rejects.toMatchObject({ cause: { step: 'lookup' } });
});

test('a name server that does not respond fails at the lookup after the timeout', async () => {
  const { fetch } = openNetwork(() => new Promise(() => {}), 30);
  await expect(fetch('https://api.acme.example/')).rejects.toMatchObject({
    cause: { step: 'lookup', cause: { code: 'ETIMEDOUT' } },
  });
});

test("a deadline of the caller's names the step it interrupted", async () => {
  const { fetch } = openNetwork(() => new Promise(() => {}));
  const failure = fetch('https://api.acme.example/', { signal: AbortSignal.timeout(30) });
  await expect(failure).rejects.toMatchObject({ step: 'lookup', cause: { code: 'ETIMEDOUT' } });
});

test('a deadline while waiting for the response is the timeout itself', async () => {
  const { url } = await serve(() => {});
  await expect(openNetwork().fetch(url, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});

test('a port that refuses connections fails at connecting', async () => {
  const { fetch } = openNetwork();
  await expect(fetch(`http://api.acme.example:${await freePort()}/`)).rejects.toMatchObject({
    cause: { step: 'connect', cause: { code: 'ECONNREFUSED' } },
  });
});

test('a name with two families is reached by whichever responds', async () => {
  const { port } = await serve((_, response) => response.end('here'));
  const { fetch } = openNetwork(async () => [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ]);
  expect(await (await fetch(`http://dual.example:${port}/`)).text()).toBe('here');
});

test('an IPv6 address is reached as it stands in the URL, also through a proxy', async (context) => {
  const server = createHttpServer((_, response) => response.end('six'));
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
  });
  if (!isListening) context.skip('no IPv6 on this computer');
  onTestFinished(() => void server.close().closeAllConnections());
  const { port } = server.address() as { port: number };
  const network = createNetwork({ system: { environment: {} } });
  onTestFinished(() => network.close());
  expect(await (await network.fetch(`http://[::1]:${port}/`)).text()).toBe('six');
  const proxy = await startProxyServer({ status: 403 });
  network.setProxy({ mode: 'manual', url: `http://127.0.0.1:${proxy.port}` });
  await expect(network.fetch('https://[2001:db8::1]/')).rejects.toMatchObject({ cause: { step: 'proxy' } });
  expect(proxy.requests).toEqual(['CONNECT [2001:db8::1]:443']);
});

test('localhost is reached where only its IPv6 address has the server', async (context) => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket));
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
  });
  if (!listening) context.skip('no IPv6 on this computer');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port } = server.address() as { port: number };
  const lookup: Lookup = async () => [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ];
  const socket = await connectTcp({ host: 'localhost', port, timeout: 5_000, lookup });
  expect(socket.remoteAddress).toBe('::1');
  socket.destroy();
});

/** A port on 127.0.0.2 whose connection attempts hang: its process is stopped and its queue is full. */
async function hangingPort(): Promise<number> {
  const script = `require('net').createServer().listen({ host: '127.0.0.2', port: 0, backlog: 1 }, function () { console.log(this.address().port) })`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const port = Number(await new Promise((resolve) => child.stdout.once('data', resolve)));
  child.kill('SIGSTOP');
  for (;;) {
    const filler = connectTcp({ host: '127.0.0.2', port, timeout: 300 });
    const connected = await filler.then(
      (socket) => {
        onTestFinished(() => void socket.destroy());
        return true;
      },
      () => false,
    );
    if (!connected) return port;
  }
}

test.runIf(process.platform === 'linux')(
  'an address that does not respond delays connecting by a moment alone',
  async () => {
    const port = await hangingPort();
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.3', resolve));
    onTestFinished(() => void server.close());
    const lookup: Lookup = async () => [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.3', family: 4 },
    ];
    const since = performance.now();
    const socket = await connectTcp({ host: 'two.example', port, timeout: 10_000, lookup });
    expect(socket.remoteAddress).toBe('127.0.0.3');
    expect(performance.now() - since).toBeLessThan(2_000);
    socket.destroy();
  },
);

test.runIf(process.platform === 'linux')(
  'a host is reached by its last address although dozens do not respond or refuse, but not by the last of thousands',
  async () => {
    const port = await hangingPort();
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.3', resolve));
    onTestFinished(() => void server.close());
    const connectPast = (dead: readonly string[], timeout: number) => {
      const addresses = [...dead, '127.0.0.3'].map((address) => ({ address, family: 4 }));
      return connectTcp({ host: 'many.example', port, timeout, lookup: async () => addresses });
    };
    const refusing = Array.from({ length: 50 }, (_, index) => `127.0.1.${index + 1}`);
    const first = await connectPast(refusing, 5_000);
    expect(first.remoteAddress).toBe('127.0.0.3');
    first.destroy();
    const silent = Array.from({ length: 20 }, () => '127.0.0.2');
    const second = await connectPast(silent, 8_000);
    expect(second.remoteAddress).toBe('127.0.0.3');
    second.destroy();
    const flood = Array.from({ length: 5_000 }, () => '127.0.1.1');
    await expect(connectPast(flood, 5_000)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  },
);
