import { request } from 'node:http';
import { expect, test } from 'vitest';
import { eventually } from '../../support/temporary.ts';
import { reachable, relay, serve, tunnelSettings } from './tunnel-host.ts';

test('a tunnel that is off sends no request', async () => {
  const { tunnel } = await reachable({ provider: 'off' }, { fetch: () => Promise.reject(new Error('nothing to ask')) });
  expect(tunnel.status).toEqual({ provider: 'off', state: 'off' });
  expect(tunnel.url).toBeUndefined();
  expect(await tunnel.check()).toEqual({ provider: 'off', state: 'off' });
});

test('a custom URL is up once our echo has come back through it, and its trailing slash is removed', async () => {
  const headers: { agent: string | undefined; reminder: string | undefined }[] = [];
  const proxy = await serve((incoming, response) => {
    headers.push({
      agent: incoming.headers['user-agent'],
      reminder: incoming.headers['bypass-tunnel-reminder'] as string | undefined,
    });
    const onward = request(
      {
        port: receiver.port,
        method: incoming.method,
        path: incoming.url?.replace('/hooks', ''),
        headers: incoming.headers,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502);
        answer.pipe(response);
      },
    );
    incoming.pipe(onward);
  });
  const url = `${proxy.url}/hooks`;
  const { tunnel, receiver, reported, state } = await reachable({ provider: 'fixed', url: `${url}/` });
  expect(tunnel.status).toEqual({ provider: 'fixed', state: 'connecting', url });
  expect(await state('up')).toEqual({ provider: 'fixed', state: 'up', url });
  expect(reported).toEqual([tunnel.status]);
  expect(headers).toEqual([{ agent: 'ringback-echo', reminder: 'ringback' }]);
});

test('a status 200 without our own answer does not count as up', async () => {
  let last = '';
  const page = await serve((_, response) => {
    response.end(last || '<title>Tunnel website ahead</title>');
  });
  const { echo, tunnel, state } = await reachable({ provider: 'fixed', url: page.url });
  expect((await state('down')).problem).toBe('The public URL responds with a different page (status 200).');
  last = echo.answer(Buffer.from('an earlier nonce'));
  expect((await tunnel.check()).state).toBe('down');
  expect(tunnel.url).toBe(page.url);
});

test.for([
  [401, 'The public URL responds with a different page (status 401).'],
  [
    302,
    'The public URL responds with a redirect (status 302), which callbacks do not follow. Use the URL it redirects to.',
  ],
  [502, 'The public URL responds but does not lead to this computer (status 502).'],
] as const)('a URL that responds with %i is down with the reason', async ([status, problem]) => {
  const page = await serve((_, response) => {
    response.writeHead(status, { location: `http://127.0.0.1:${receiver.port}/in/${echo.key}` }).end('x'.repeat(5000));
  });
  const { echo, receiver, state } = await reachable({ provider: 'fixed', url: page.url });
  expect(await state('down')).toMatchObject({ url: page.url, problem });
});

test('a URL that does not respond is down after the deadline of two echoes', async () => {
  const page = await serve(() => {});
  const { state } = await reachable({ provider: 'fixed', url: page.url }, { timings: { echoDeadline: 50 } });
  expect((await state('down')).problem).toBe(`The public URL ${page.url} does not respond (timed out).`);
});

test('one failed echo is tolerated, two in a row are not, and a custom URL is retried until it responds', async () => {
  const failing = { left: 1 };
  const { echo, tunnel, reported, state } = await reachable(
    { provider: 'fixed', url: 'http://127.0.0.1:9' },
    {
      fetch: async (_url, init) => {
        if (failing.left-- > 0) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
        return new Response(echo.answer(Buffer.from(String(init?.body))));
      },
    },
  );
  await state('up');
  failing.left = 1;
  expect((await tunnel.check()).state).toBe('up');
  expect(reported.map(({ state }) => state)).toEqual(['up']);
  failing.left = 5;
  expect((await tunnel.check()).state).toBe('down');
  await state('up');
  expect(reported.map(({ state }) => state)).toEqual(['up', 'down', 'up']);
});

test('the echo is repeated until the tunnel is turned off', async () => {
  let echoes = 0;
  const { echo, tunnel, state } = await reachable(
    { provider: 'fixed', url: 'http://127.0.0.1:9' },
    {
      timings: { echoInterval: 5 },
      fetch: async (_url, init) => {
        echoes += 1;
        return new Response(echo.answer(Buffer.from(String(init?.body))));
      },
    },
  );
  await state('up');
  await eventually(() => expect(echoes).toBeGreaterThan(3));
  tunnel.use(tunnelSettings({ provider: 'off' }));
  const before = echoes;
  tunnel.wake();
  expect(await tunnel.check()).toEqual({ provider: 'off', state: 'off' });
  await tunnel.close();
  expect(echoes).toBe(before);
});

test('waking sends an echo, and ends the wait of the back-off', async () => {
  let reached = true;
  let echoes = 0;
  const { echo, tunnel, state } = await reachable(
    { provider: 'fixed', url: 'http://127.0.0.1:9' },
    {
      timings: { minRetryDelay: 60_000, maxRetryDelay: 60_000, maxRetryDelayOffline: 60_000 },
      fetch: async (_url, init) => {
        echoes += 1;
        if (!reached) throw new TypeError('fetch failed');
        return new Response(echo.answer(Buffer.from(String(init?.body))));
      },
    },
  );
  await state('up');
  expect(echoes).toBe(1);
  reached = false;
  tunnel.wake();
  await state('down');
  expect(echoes).toBe(3);
  reached = true;
  tunnel.wake();
  await state('up');
});

test('nothing is opened until there is a receiver', async () => {
  const host = await relay();
  const { tunnel, receiver, state } = await reachable({ provider: 'localtunnel', host: host.url }, { port: undefined });
  expect(tunnel.status).toMatchObject({ state: 'down', problem: 'The receiver is not listening.' });
  expect(host.clients()).toEqual([]);
  tunnel.use(tunnelSettings({ provider: 'localtunnel', host: host.url }), receiver.port);
  await state('up');
});

test('other settings apply at once, and the previous provider is closed', async () => {
  const host = await relay();
  const { tunnel, state } = await reachable({ provider: 'localtunnel', host: host.url });
  await state('up');
  tunnel.use(tunnelSettings({ provider: 'fixed', url: 'http://127.0.0.1:9' }));
  expect(tunnel.status).toMatchObject({ provider: 'fixed', state: 'connecting' });
  expect(tunnel.url).toBe('http://127.0.0.1:9');
  await state('down');
  await eventually(() => expect(host.clients()).toEqual([]));
});

test('a listener that throws is logged, and the monitor continues', async () => {
  const { logged, state } = await reachable(
    { provider: 'fixed', url: 'http://127.0.0.1:9' },
    {
      changed: () => {
        throw new Error('the window is gone');
      },
    },
  );
  await state('down');
  expect(logged.join('\n')).toContain('the window is gone');
});
