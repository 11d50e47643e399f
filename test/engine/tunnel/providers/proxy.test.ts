import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createNetwork } from '../../../../main/platform/network/index.ts';
import { type ProxyServerOptions, startProxyServer } from '../../../support/proxy-server.ts';
import { eventually, temporaryFolder } from '../../../support/temporary.ts';
import { freePort, sshd, startSshServer, writeProgram } from '../ssh-server.ts';
import { reachable, relay } from '../tunnel-host.ts';

const slow = { timings: { openDeadline: 5_000, echoDeadline: 1_000 } };

/** A proxy of the settings. What it leads to is on this computer, which by itself is never reached through one. */
async function behindProxy(options: ProxyServerOptions = {}) {
  const proxy = await startProxyServer(options);
  const network = createNetwork({ system: { environment: {} } });
  onTestFinished(() => network.close());
  const [, username, password] = /^(.*?):(.*)$/.exec(options.credentials ?? '') ?? [];
  network.setProxy({ mode: 'manual', url: `http://127.0.0.1:${proxy.port}`, username, password });
  const findProxy: typeof network.findProxy = ({ port }) => network.findProxy({ host: 'far.example', port });
  return { proxy, name: `127.0.0.1:${proxy.port}`, findProxy };
}

test('the sockets of localtunnel go through the proxy, with its password', async () => {
  const { proxy, findProxy } = await behindProxy({ credentials: 'nora:tr:ee s' });
  const relayed = await relay();
  const { tunnel, state } = await reachable({ provider: 'localtunnel', host: relayed.url }, { findProxy });
  await state('up');
  const opened = proxy.requests.length;
  expect(opened).toBeGreaterThan(0);
  expect(proxy.requests.every((line) => /^CONNECT far\.example:\d+$/.test(line))).toBe(true);
  expect((await tunnel.check()).state).toBe('up');
  await tunnel.close();
  await eventually(() => expect(relayed.clients()).toEqual([]));
});

test('a proxy that connects to no other port is named, with what to do', async () => {
  const { name, findProxy } = await behindProxy({ status: 403 });
  const { url: host } = await relay();
  const { state } = await reachable({ provider: 'localtunnel', host }, { findProxy });
  const { problem, reason } = await state('down');
  expect(problem).toContain(`the proxy ${name} rejected the connection with status 403`);
  expect(problem).toContain('Ask the administrator of the proxy to allow this port');
  expect(reason).toMatchObject({ code: 'tunnel.proxyRejects', params: { proxy: name, status: 403 } });
});

test.skipIf(!sshd)('ssh goes through the proxy, and still knows the server by its stored host key', async () => {
  const { proxy, findProxy } = await behindProxy();
  const { server, provider } = await ownServer();
  const { state } = await reachable(provider, { environment: server.environment, findProxy, ...slow });
  await state('up');
  expect(proxy.requests).toEqual([`CONNECT far.example:${server.port}`]);
});

test.skipIf(!sshd)('a different host key is not trusted behind a proxy either', async () => {
  const { findProxy } = await behindProxy();
  const { server, provider } = await ownServer();
  writeFileSync(server.knownHosts, '');
  const { state } = await reachable(provider, { environment: server.environment, findProxy, ...slow });
  expect((await state('down')).problem).toContain('The host key of 127.0.0.1 is not known.');
});

test.skipIf(!sshd)("a way of the user's own configuration is left as it is", async () => {
  const { proxy, findProxy } = await behindProxy();
  const { server, provider } = await ownServer();
  const script = join(await temporaryFolder(), 'way');
  await writeProgram(script, `exec bash -c 'exec 3<>/dev/tcp/127.0.0.1/${server.port}; cat <&3 & cat >&3'`);
  writeFileSync(server.clientConfiguration, `ProxyCommand ${script}\n`, { flag: 'a' });
  const { state } = await reachable(provider, { environment: server.environment, findProxy, ...slow });
  await state('up');
  expect(proxy.requests).toEqual([]);
});

test('cloudflared gets the proxy for its requests, and its failure says what needs no proxy', async () => {
  const { name, findProxy } = await behindProxy({ credentials: 'jo:s/cret' });
  const bin = await temporaryFolder();
  const seen = join(bin, 'proxy');
  await writeProgram(join(bin, 'cloudflared'), `echo "$HTTPS_PROXY" > '${seen}'; echo "ERR $HTTPS_PROXY" >&2; exit 1`);
  const environment = { ...process.env, PATH: `${bin}:${process.env.PATH}`, HTTPS_PROXY: 'http://old.example:1' };
  const named = { provider: 'cloudflared', tunnel: 'office', url: 'https://hooks.office.example' } as const;
  const { state } = await reachable(named, { environment, findProxy });
  const { problem } = await state('down');
  // It is started again, and writes the file each time.
  await eventually(() => expect(readFileSync(seen, 'utf8')).toBe(`http://jo:s%2Fcret@${name}\n`));
  expect(problem).not.toContain('s%2Fcret');
  expect(problem).toContain(`cannot connect through the proxy ${name}: it needs a direct connection to port 7844`);
});

async function ownServer() {
  const server = await startSshServer(await temporaryFolder());
  onTestFinished(server.kill);
  const remotePort = await freePort();
  const { destination, port } = server;
  const provider = { provider: 'ssh', destination, port, remotePort, url: `http://127.0.0.1:${remotePort}` } as const;
  return { server, provider };
}
