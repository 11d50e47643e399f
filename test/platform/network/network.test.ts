import type { IncomingMessage } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createNetwork, type ProxyChoice } from '../../../main/platform/network/index.ts';
import type { Lookup } from '../../../main/platform/network/tcp.ts';
import { serve } from '../../engine/tunnel/tunnel-host.ts';
import { serveSecurely, trustAuthority } from '../../support/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { startProxyServer } from '../../support/proxy-server.ts';

interface TestNetworkOptions {
  readonly choice?: ProxyChoice;
  readonly environment?: NodeJS.ProcessEnv;
  readonly resolve?: (url: string) => Promise<string>;
  readonly lookup?: Lookup;
  readonly timeout?: number;
}

/** A network for which every name is this computer, closed when the test ends. */
function openNetwork({ choice, environment = {}, resolve, lookup, timeout }: TestNetworkOptions = {}) {
  const everyNameIsHere: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  const network = createNetwork({
    system: { resolve, environment },
    lookup: lookup ?? everyNameIsHere,
    ...(timeout === undefined ? {} : { timeout }),
  });
  if (choice) network.setProxy(choice);
  onTestFinished(() => network.close());
  return network;
}

const manual = (port: number, more: object = {}): ProxyChoice => ({
  mode: 'manual',
  url: `http://proxy.acme.example:${port}`,
  ...more,
});

/** Responds with the method, headers and body of each request as JSON. */
async function describeRequest(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.stringify({ method: request.method, headers: request.headers, body: Buffer.concat(chunks).toString() });
}

async function secureServer(): Promise<number> {
  const { port } = await serveSecurely(async (request, response) => response.end(await describeRequest(request)));
  return port;
}

test('without a proxy a request goes to the server directly', async () => {
  trustAuthority();
  const port = await secureServer();
  const response = await openNetwork().fetch(`https://api.acme.example:${port}/path`, { method: 'POST', body: 'text' });
  expect(await response.json()).toMatchObject({ method: 'POST', body: 'text', headers: { 'content-length': '4' } });
});

test('https goes through a tunnel of the proxy, and the proxy sees the name alone', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer();
  const { fetch } = openNetwork({ choice: manual(proxy.port) });
  const response = await fetch(`https://api.acme.example:${port}/secret?key=1`, {
    headers: { authorization: 'Bearer a' },
  });
  expect(await response.json()).toMatchObject({ headers: { authorization: 'Bearer a' } });
  expect(proxy.requests).toEqual([`CONNECT api.acme.example:${port}`]);
  expect(proxy.headers()).not.toHaveProperty('authorization');
});

test('later requests use tunnels that are open', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer();
  const { fetch } = openNetwork({ choice: manual(proxy.port) });
  for (let count = 0; count < 5; count += 1) await (await fetch(`https://api.acme.example:${port}/`)).text();
  expect(proxy.requests.length).toBeLessThan(5);
});

test('a Request of Node is sent with its method, headers, body and length', async () => {
  const server = await serve(async (request, response) => response.end(await describeRequest(request)));
  const request = new Request(server.url, { method: 'PUT', body: 'text', headers: { 'x-name': 'value' } });
  const response = await openNetwork().fetch(request);
  const headers = { 'content-length': '4', 'x-name': 'value' };
  expect(await response.json()).toMatchObject({ method: 'PUT', body: 'text', headers });
});

test('user name and password are sent to the proxy, and never to the server', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer({ credentials: 'user:pass:word' });
  const { fetch } = openNetwork({ choice: manual(proxy.port, { username: 'user', password: 'pass:word' }) });
  const response = await fetch(`https://api.acme.example:${port}/`);
  expect((await response.json()).headers).not.toHaveProperty('proxy-authorization');
});

test.for([
  ['no credentials', {}],
  ['a wrong password', { username: 'user', password: 'wrong' }],
] as const)('a proxy that rejects %s is named, with its status', async ([, credentials]) => {
  const proxy = await startProxyServer({ credentials: 'user:right' });
  const { fetch, fetchFile } = openNetwork({ choice: manual(proxy.port, credentials) });
  const cause = { step: 'proxy', status: 407, proxy: `proxy.acme.example:${proxy.port}` };
  await expect(fetch('https://api.acme.example/')).rejects.toMatchObject({ cause });
  await expect(fetch('http://api.acme.example/')).rejects.toMatchObject({ cause });
  const request = { headers: {}, signal: AbortSignal.timeout(5_000) };
  await expect(fetchFile('https://api.acme.example/', request)).rejects.toMatchObject(cause);
  await expect(fetchFile('http://api.acme.example/', request)).rejects.toMatchObject(cause);
});

test('a proxy that does not allow the host is named, with its status', async () => {
  const proxy = await startProxyServer({ status: 403 });
  const { fetch } = openNetwork({ choice: manual(proxy.port) });
  await expect(fetch('https://api.acme.example/')).rejects.toMatchObject({ cause: { step: 'proxy', status: 403 } });
});

test('plain http is forwarded by the proxy, body and query included', async () => {
  const server = await serve(async (request, response) =>
    response.end(`${request.url} ${await describeRequest(request)}`),
  );
  const proxy = await startProxyServer({ credentials: 'user:secret' });
  const { fetch } = openNetwork({ choice: manual(proxy.port, { username: 'user', password: 'secret' }) });
  const url = `http://api.acme.example:${server.port}/path?query=1`;
  const text = await (await fetch(url, { method: 'POST', body: 'text' })).text();
  expect(text).toMatch(/^\/path\?query=1 /);
  expect(text).toContain(`"host":"api.acme.example:${server.port}"`);
  expect(text).toContain('"body":"text"');
  expect(proxy.requests).toEqual([`POST ${url}`]);
});

test('a proxy can be spoken to over TLS', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer({ secure: true });
  const { fetch } = openNetwork({ choice: { mode: 'manual', url: `https://proxy.acme.example:${proxy.port}` } });
  expect((await fetch(`https://api.acme.example:${port}/`)).status).toBe(200);
  const server = await serve((_, response) => response.end('plain'));
  expect(await (await fetch(`http://api.acme.example:${server.port}/`)).text()).toBe('plain');
  expect(proxy.requests).toHaveLength(2);
});

test('a large file comes through the proxy as well', async () => {
  trustAuthority();
  const content = Buffer.alloc(3_000_000, 'file');
  const { port } = await serveSecurely((_, response) => response.end(content));
  const proxy = await startProxyServer();
  const { fetchFile } = openNetwork({ choice: manual(proxy.port) });
  const signal = AbortSignal.timeout(10_000);
  const { status, body } = await fetchFile(`https://api.acme.example:${port}/file`, { headers: {}, signal });
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) chunks.push(chunk);
  expect(status).toBe(200);
  expect(Buffer.concat(chunks).equals(content)).toBe(true);
  expect(proxy.requests).toEqual([`CONNECT api.acme.example:${port}`]);
});

test('this computer is never reached through the proxy', async () => {
  const server = await serve((_, response) => response.end('here'));
  const proxy = await startProxyServer();
  const { fetch } = openNetwork({ choice: manual(proxy.port), resolve: async () => `PROXY 127.0.0.1:${proxy.port}` });
  for (const host of ['127.0.0.1', 'localhost']) {
    expect(await (await fetch(`http://${host}:${server.port}/`)).text()).toBe('here');
  }
  expect(proxy.requests).toEqual([]);
});

test('the variables of the environment name the proxy, and the hosts without one', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer({ credentials: 'user:p@ss' });
  const environment = {
    HTTPS_PROXY: `http://user:p%40ss@127.0.0.1:${proxy.port}`,
    NO_PROXY: 'other.example, .internal',
  };
  const { fetch } = openNetwork({ environment });
  await fetch(`https://api.acme.example:${port}/`);
  expect(proxy.requests).toEqual([`CONNECT api.acme.example:${port}`]);
  await expect(fetch(`https://server.internal:${await freePort()}/`)).rejects.toMatchObject({
    cause: { step: 'connect' },
  });
  expect(proxy.requests).toHaveLength(1);
});

test('the proxies that the system names are tried in their order', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer();
  const requested: string[] = [];
  const { fetch, fetchFile } = openNetwork({
    async resolve(url) {
      requested.push(url);
      return `PROXY dead.example:1; SOCKS5 127.0.0.1:1; PROXY proxy.acme.example:${proxy.port}; DIRECT`;
    },
  });
  const url = `https://api.acme.example:${port}/secret`;
  const response = await fetch(url, { method: 'POST', body: 'text' });
  expect(await response.json()).toMatchObject({ body: 'text' });
  const file = await fetchFile(url, { headers: {}, signal: AbortSignal.timeout(5_000) });
  await file.body?.[Symbol.asyncIterator]().return?.();
  expect(proxy.requests).toHaveLength(2);
  expect(new Set(requested)).toEqual(new Set([`https://api.acme.example:${port}/`]));
});

test('a kind of proxy that cannot be used is named, not bypassed', async () => {
  const { fetch } = openNetwork({ environment: { ALL_PROXY: 'socks5://proxy.acme.example:1080' } });
  await expect(fetch('https://api.acme.example/')).rejects.toMatchObject({
    cause: { step: 'proxy', proxy: 'proxy.acme.example:1080', cause: { code: 'ERR_PROXY_UNSUPPORTED' } },
  });
});

test('requests wait for a choice that is not known yet, and later ones follow a new choice', async () => {
  trustAuthority();
  const port = await secureServer();
  const proxy = await startProxyServer();
  const network = openNetwork();
  const choice = Promise.withResolvers<ProxyChoice>();
  network.setProxy(choice.promise);
  const response = network.fetch(`https://api.acme.example:${port}/`);
  choice.resolve(manual(proxy.port));
  await (await response).text();
  expect(proxy.requests).toHaveLength(1);
  network.setProxy({ mode: 'none' });
  await network.fetch(`https://api.acme.example:${port}/`);
  expect(proxy.requests).toHaveLength(1);
});

test('closing ends open connections', async () => {
  const server = await serve((_, response) => void response.writeHead(200).write('start'));
  const network = openNetwork();
  const response = await network.fetch(server.url);
  await network.close();
  await expect(response.text()).rejects.toThrow();
});

test('what must be done before the first request is done once, and not without one', async () => {
  let prepared = 0;
  const network = createNetwork({ system: { environment: {} }, prepare: () => (prepared += 1) });
  onTestFinished(() => network.close());
  const { port } = await serve((_request, response) => response.end('here'));
  network.setProxy({ mode: 'none' });
  expect(prepared).toBe(0);
  await Promise.all([1, 2].map(async () => (await network.fetch(`http://127.0.0.1:${port}/`)).text()));
  await network.findProxy({ host: 'api.acme.example', port: 443 });
  expect(prepared).toBe(1);
});

test('a network that was closed before its first request sends none', async () => {
  const { port } = await serve((_request, response) => response.end('here'));
  const network = createNetwork({ system: { environment: {} } });
  await network.close();
  await expect(network.fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
});

test('a proxy whose choice fails before the first request counts as none', async () => {
  const { port } = await serve((_request, response) => response.end('here'));
  const network = openNetwork({});
  network.setProxy(Promise.reject(new Error('the keyring is locked')));
  expect(await (await network.fetch(`http://127.0.0.1:${port}/`)).text()).toBe('here');
});
