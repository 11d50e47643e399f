import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import localtunnel from 'localtunnel';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, until } from '../../../support/temporary.ts';
import { reachable, relay, serve } from '../tunnel-host.ts';

test('it is up once our echo has come back through the relay', async () => {
  const relayed = await relay();
  const { url: host } = relayed;
  const { tunnel, state } = await reachable({ provider: 'localtunnel', host });
  const status = await state('up');
  expect(status.url).toBe(relayed.clients()[0]?.url);
  expect(status).toEqual({ provider: 'localtunnel', state: 'up', url: tunnel.url });
});

test('a requested name stays the same after a restart', async () => {
  const { url: host } = await relay();
  const settings = { provider: 'localtunnel', host, subdomain: 'our-own-name' } as const;
  const first = await reachable(settings, { timings: { pause: 60 } });
  const { url } = await first.state('up');
  await first.tunnel.close();
  const second = await reachable(settings, { timings: { pause: 60 } });
  expect(await second.state('up')).toEqual({ provider: 'localtunnel', state: 'up', url });
});

test('a name other than the requested one is reported and used', async () => {
  const relayed = await relay();
  const { url: host } = relayed;
  const settings = { provider: 'localtunnel', host, subdomain: 'taken-name' } as const;
  const first = await reachable(settings);
  await first.state('up');
  const second = await reachable(settings);
  const { problem, url } = await second.state('up');
  const assigned = relayed.clients().find((client) => client.url === url)?.id;
  expect(problem).toBe(`The tunnel server assigned the name ${assigned} instead of taken-name.`);
});

test('a relay that does not respond is down with the reason, and a late response leaves nothing open', async () => {
  const host = await relay();
  host.faults.hangRegistration = true;
  const { tunnel, state } = await reachable(
    { provider: 'localtunnel', host: host.url },
    { timings: { openDeadline: 50 } },
  );
  expect((await state('down')).problem).toBe(`The tunnel server ${host.url} does not respond (timed out).`);
  expect(tunnel.url).toBeUndefined();
  await tunnel.close();
  host.faults.hangRegistration = false;
  await eventually(() => expect(host.clients()).toEqual([]));
});

test('a registration that arrives after the deadline is not used, even where the request cannot be cancelled', async () => {
  const host = await relay();
  const { state } = await reachable(
    { provider: 'localtunnel', host: host.url },
    {
      timings: { openDeadline: 50, minRetryDelay: 60_000, maxRetryDelay: 60_000, maxRetryDelayOffline: 60_000 },
      fetch: async (url) => {
        const response = await fetch(url);
        await new Promise((resolve) => setTimeout(resolve, 80));
        return response;
      },
    },
  );
  expect((await state('down')).problem).toContain('timed out');
  await eventually(() => expect(host.clients()).toEqual([]));
});

test('a reminder page in front of the tunnel does not count as up', async () => {
  const host = await relay();
  host.faults.reminder = 'everyone';
  const { state } = await reachable({ provider: 'localtunnel', host: host.url });
  expect((await state('down')).problem).toBe('The public URL responds with a different page (status 401).');
  host.faults.reminder = 'browsers';
  await state('up');
});

test('a killed relay is detected by its sockets, and after its restart the tunnel is up again', async () => {
  const host = await relay();
  const { tunnel, reported, state } = await reachable({ provider: 'localtunnel', host: host.url });
  await state('up');
  await host.kill();
  await state('down');
  expect(tunnel.url).toBeUndefined();
  await eventually(() =>
    expect(tunnel.status.problem).toBe(`The tunnel server ${host.url} does not respond (connection refused).`),
  );
  await host.restart();
  const { url } = await state('up');
  expect(host.clients()).toMatchObject([{ url }]);
  expect(reported.map(({ state }) => state)).toEqual(['up', 'down', 'down', 'up']);
});

test('dropped sockets are reconnected, and the URL stays', async () => {
  const host = await relay(60_000);
  const { tunnel, reported, state } = await reachable(
    { provider: 'localtunnel', host: host.url },
    { timings: { pause: 5 } },
  );
  const { url } = await state('up');
  host.dropSockets();
  await eventually(() => expect(host.clients()[0]?.sockets).toBe(10));
  expect((await tunnel.check()).state).toBe('up');
  expect(tunnel.url).toBe(url);
  expect(reported.map(({ state }) => state)).toEqual(['up']);
});

test('a relay that forgot us while its sockets stay open is detected by the echo, and we register again', async () => {
  const host = await relay();
  const { tunnel, state } = await reachable({ provider: 'localtunnel', host: host.url });
  const { url } = await state('up');
  host.forgetClients();
  expect(tunnel.status.state).toBe('up');
  tunnel.wake();
  await state('down');
  const again = await state('up');
  expect(again.url).not.toBe(url);
});

test.for([
  ['a page', 200, '<title>hello</title>', '(status 200).'],
  ['a rejection and its reason', 403, '{"message":"Invalid subdomain."}', '(status 403): Invalid subdomain.'],
  ['an address that is not safe', 200, '{"id":"abcd","port":80,"url":"http://abcd.example.org"}', '(status 200).'],
  ['an address on no port', 200, '{"id":"abcd","port":0,"url":"https://abcd.example.org"}', '(status 200).'],
] as const)('a tunnel server that answers with %s is reported', async ([, status, body, end]) => {
  const host = await serve((_, response) => response.writeHead(status).end(body));
  const { state } = await reachable({ provider: 'localtunnel', host: `${host.url}/` });
  expect((await state('down')).problem).toBe(`The tunnel server ${host.url} assigned no URL ${end}`);
});

test('an assigned port that refuses connections is reported, and nothing stays open', async () => {
  const closed = await serve(() => {});
  await new Promise((resolve) => closed.server.close(resolve));
  const host = await serve((_, response) => {
    response.end(JSON.stringify({ id: 'abcd', port: closed.port, url: closed.url, max_conn_count: 10 }));
  });
  const { state } = await reachable({ provider: 'localtunnel', host: host.url });
  expect((await state('down')).problem).toContain(
    `its port ${closed.port} cannot be reached. A firewall may be blocking it.`,
  );
});

test('a relay that closes every socket is not registered at without pause', async () => {
  let registrations = 0;
  let dials = 0;
  const trap = createServer((socket) => {
    dials += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void trap.close());
  const { port } = trap.address() as { port: number };
  const host = await serve((_, response) => {
    registrations += 1;
    response.end(JSON.stringify({ id: 'abcd', port, url: `http://127.0.0.1:${port}`, max_conn_count: 500 }));
  });
  const { tunnel, state } = await reachable(
    { provider: 'localtunnel', host: host.url },
    { timings: { minRetryDelay: 60_000, maxRetryDelay: 60_000 } },
  );
  await state('down');
  expect(dials).toBeLessThanOrEqual(40);
  expect((await tunnel.check()).state).toBe('down');
  expect(registrations).toBe(2);
});

test('closing leaves no socket here and no client at the relay', async () => {
  const host = await relay();
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  const { tunnel, reported, state } = await reachable({ provider: 'localtunnel', host: host.url });
  await state('up');
  expect(host.clients()[0]?.sockets).toBeGreaterThan(0);
  await tunnel.close();
  await eventually(() => {
    expect(host.clients()).toEqual([]);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length).toBeLessThanOrEqual(
      before,
    );
  });
  expect(tunnel.status).toEqual({ provider: 'localtunnel', state: 'off' });
  expect(reported.map(({ state }) => state)).toEqual(['up']);
});

test('the localtunnel package opens with the axios version that package.json overrides', async () => {
  const require = createRequire(createRequire(import.meta.url).resolve('localtunnel'));
  const { version } = require('axios/package.json') as { version: string };
  expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(1);
  const host = await relay();
  const page = await serve((_, response) => response.end('through the tunnel'));
  const client = await localtunnel({ port: page.port, host: host.url, subdomain: 'whole-package' });
  client.on('error', () => {});
  // It opens before its first connection is at the relay.
  await until(async () => (await (await fetch(client.url)).text()) === 'through the tunnel');
  client.close();
});
