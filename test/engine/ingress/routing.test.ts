import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../../support/temporary.ts';
import { createBell } from '../../support/test-connector.ts';
import { openTestHost, type TestHost } from '../../support/test-host.ts';
import { serve } from '../tunnel/tunnel-host.ts';

/** A failed echo is repeated at once. */
const tunnelTimings = { pause: 0, minRetryDelay: 50 };

/** A reverse proxy that passes each request on with another path. */
async function reverseProxy(changePath: (path: string) => string): Promise<{ url: string; target: { port: number } }> {
  const target = { port: 0 };
  const { url } = await serve((incoming, response) => {
    const { method, headers } = incoming;
    const path = changePath(incoming.url ?? '');
    const onward = request({ host: '127.0.0.1', port: target.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  return { url, target };
}

/** An engine with a hook, first reachable directly and then through the proxy. */
async function setUp(changePath: (path: string) => string) {
  const bell = createBell();
  const host = await openTestHost({ connectors: [bell.connector], tunnelTimings });
  const proxy = await reverseProxy(changePath);
  proxy.target.port = (await host.ask('status.get', {})).receiver.port;
  return { bell, host, proxy };
}

async function tunnelAt(host: TestHost, url: string, state: 'up' | 'down') {
  await host.ask('settings.set', { tunnel: { provider: 'fixed', url } });
  return until(async () => {
    const { tunnel } = await host.ask('status.get', {});
    return tunnel.state === state ? tunnel : undefined;
  });
}

test('a target in absolute form is a callback like any other', async () => {
  const { bell, host } = await setUp((path) => path);
  await host.connect();
  const { id } = await host.ask('connections.add', {
    connector: 'bell',
    settings: { account: 'me' },
    secrets: { password: 'correct' },
  });
  const hook = await host.ask('hooks.create', { connection: id, event: 'ring', scope: { door: 'front' } });
  const body = '{"title":"done"}';
  const { port, pathname, host: authority } = new URL(hook.callbackUrl);
  const headers = Object.entries(bell.sign(bell.secretOf(hook.providerId ?? ''), body));
  const socket = connect(Number(port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  const head = [
    `POST http://${authority}${pathname} HTTP/1.1`,
    `Host: ${authority}`,
    `Content-Length: ${body.length}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  const [response] = await once(socket, 'data');
  expect(String(response)).toMatch(/^HTTP\/1\.1 204 /);
  expect((await host.ask('events.list', {})).events).toMatchObject([{ title: 'done' }]);
});

test.for([
  ['a prefix', (path: string) => `/hooks${path}`, 'arrive here under /hooks/in/… instead of /in/…', 'location / {'],
  ['a suffix', (path: string) => `${path}/callback`, 'with "callback" added', 'location / {'],
  ['a double slash', (path: string) => `/${path}`, 'with a double slash', 'location / {'],
] as const)('a reverse proxy that adds %s is down, and the doctor says which line to change', async (example) => {
  const [, changePath, problem, line] = example;
  const { host, proxy } = await setUp(changePath);
  expect((await tunnelAt(host, proxy.url, 'down')).problem).toContain(problem);
  const { receiver } = await host.ask('status.get', {});
  expect(receiver.unmatched).toMatchObject({ lastMethod: 'POST', lastPath: expect.stringContaining('/in') });
  const { findings, report } = await host.ask('doctor.run', {});
  const finding = findings.find(({ check }) => check === 'routing');
  expect(finding).toMatchObject({ state: 'bad', advice: expect.stringContaining(line) });
  for (const server of ['nginx:', 'Caddy:', 'HAProxy:', 'Apache:', 'IIS:']) expect(finding?.advice).toContain(server);
  expect(finding?.advice).toContain(`127.0.0.1:${receiver.port}`);
  expect(report).not.toMatch(/[0-9a-f]{32}/);
});

test.for([
  ['removes "/in"', (path: string) => path.replace('/in', ''), 'arrive here at /… instead of /in/…'],
  ['writes capitals', (path: string) => path.toUpperCase(), 'arrive here at /IN/… instead of /in/…'],
  ['encodes slashes', (path: string) => `/${path.slice(1).replace('/', '%2f')}`, 'arrive here at /… instead of'],
  [
    'moves the path into the query',
    (path: string) => `/index.php?path=${path}`,
    'arrive here at /index.php?path=/in/… instead',
  ],
] as const)('a reverse proxy that %s is down, and the doctor says which line to change', async (example) => {
  const [, changePath, problem] = example;
  const { host, proxy } = await setUp(changePath);
  expect((await tunnelAt(host, proxy.url, 'down')).problem).toContain(problem);
  const { findings, report } = await host.ask('doctor.run', {});
  const finding = findings.find(({ check }) => check === 'routing');
  expect(finding).toMatchObject({ state: 'bad', advice: expect.stringContaining('location / {') });
  expect(report).not.toMatch(/[0-9a-f]{32}/i);
});

test.for([
  ['TLS', Buffer.from('16030100f5010000f10303', 'hex')],
  ['PROXY protocol', Buffer.from('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n')],
  ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')],
] as const)('a reverse proxy that begins with %s is down, and the doctor says why', async ([protocol, beginning]) => {
  const host = await openTestHost({ connectors: [], tunnelTimings });
  const { receiver } = await host.ask('status.get', {});
  const { url } = await serve((incoming, response) => {
    const socket = connect(receiver.port, '127.0.0.1', () => socket.write(beginning));
    socket.on('error', () => {}).on('close', () => response.writeHead(502).end());
    socket.resume();
    incoming.resume();
  });
  expect((await tunnelAt(host, url, 'down')).problem).toContain(`sends ${protocol} to this computer`);
  const { findings } = await host.ask('doctor.run', {});
  expect(findings.find(({ check }) => check === 'routing')).toMatchObject({
    state: 'bad',
    text: expect.stringContaining(protocol),
    advice: expect.stringContaining('without TLS and without the PROXY protocol'),
  });
});

test('a reverse proxy that removes its prefix is up', async () => {
  const { host, proxy } = await setUp((path) => path.replace('/hooks', ''));
  await tunnelAt(host, `${proxy.url}/hooks`, 'up');
  expect((await host.ask('status.get', {})).receiver.unmatched).toBeUndefined();
});

test('requests to unknown addresses are counted and reported, and the doctor calls them harmless', async () => {
  const { host } = await setUp((path) => path);
  const url = await host.connect();
  for (let count = 0; count < 3; count += 1) await fetch(`${url}/wp-login.php?user=1`);
  const { receiver } = await host.ask('status.get', {});
  expect(receiver.unmatched).toMatchObject({ count: 3, lastMethod: 'GET', lastPath: '/wp-login.php' });
  await until(() => host.changes.some((change) => change.type === 'status' && change.status.receiver.unmatched?.count));
  const { findings } = await host.ask('doctor.run', {});
  expect(findings.find(({ check }) => check === 'routing')).toMatchObject({
    state: 'good',
    text: expect.stringMatching(/^3 requests to unknown addresses since .*; the last one was GET \/wp-login\.php\./),
  });
});

test('a proxy that changes bodies is down, since no signature could be verified', async () => {
  const host = await openTestHost({ connectors: [], tunnelTimings });
  const { receiver } = await host.ask('status.get', {});
  const { url } = await serve(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
    const answer = await fetch(`http://127.0.0.1:${receiver.port}${incoming.url}`, { method: 'POST', body });
    response.writeHead(answer.status).end(await answer.text());
  });
  expect((await tunnelAt(host, url, 'down')).problem).toContain('changes the content of requests');
});
