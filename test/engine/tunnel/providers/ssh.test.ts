import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, temporaryFolder } from '../../../support/temporary.ts';
import { descendantsOf, freePort, sshd, startSshServer, writeProgram } from '../ssh-server.ts';
import { reachable } from '../tunnel-host.ts';

const sshTest = test.skipIf(!sshd);
const slow = { timings: { openDeadline: 5_000, echoDeadline: 1_000 } };

async function ownServer(settings: readonly string[] = []) {
  const server = await startSshServer(await temporaryFolder(), settings);
  onTestFinished(server.kill);
  const remotePort = await freePort();
  const provider = {
    provider: 'ssh',
    destination: server.destination,
    port: server.port,
    remotePort,
    url: `http://127.0.0.1:${remotePort}`,
  } as const;
  return { server, provider, options: { environment: server.environment, ...slow } };
}

sshTest("a port of the user's own server is forwarded, and the configured URL is up", async () => {
  const { provider, options } = await ownServer();
  const { tunnel, state } = await reachable(provider, options);
  expect(tunnel.status).toEqual({ provider: 'ssh', state: 'connecting', url: provider.url });
  expect(await state('up')).toEqual({ provider: 'ssh', state: 'up', url: provider.url });
});

sshTest('the public URL is found in the output of a service, among links to its own pages', async () => {
  const remotePort = await freePort();
  const service = join(await temporaryFolder(), 'service');
  const says = [
    'Welcome to https://service.example/docs/ and https://admin.service.example/.',
    `Forwarding HTTP traffic from http://127.0.0.1:${remotePort}`,
    'Tell your friends: https://social.example/service',
  ];
  await writeProgram(service, `${says.map((line) => `echo '${line}'`).join('; ')}; sleep 600`);
  const { server, options } = await ownServer([`ForceCommand ${service}`]);
  const { destination, port } = server;
  const { state } = await reachable({ provider: 'ssh', destination, port, remotePort }, options);
  expect((await state('up')).url).toBe(`http://127.0.0.1:${remotePort}`);
});

sshTest('a killed server is detected at once, and after its restart the tunnel is up again', async () => {
  const { server, provider, options } = await ownServer();
  const { tunnel, reported, state } = await reachable(provider, options);
  await state('up');
  await server.kill();
  await state('down');
  await eventually(() => expect(tunnel.status.problem).toBe('127.0.0.1 refused the SSH connection.'));
  await server.restart();
  await state('up');
  expect(reported[0]?.state).toBe('up');
  expect(reported[1]).toMatchObject({ state: 'down', problem: '127.0.0.1 closed the SSH connection.' });
});

sshTest('a frozen server is detected by the echo on waking, and its ssh process is ended', async () => {
  const { server, provider, options } = await ownServer();
  const { tunnel, state } = await reachable(provider, options);
  await state('up');
  server.freeze();
  tunnel.wake();
  expect((await state('down')).problem).toContain('does not respond');
  await server.kill();
  await server.restart();
  await state('up');
});

sshTest('a server with an unknown host key is not trusted, and the message says how to accept the key', async () => {
  const { server, provider, options } = await ownServer();
  writeFileSync(server.knownHosts, '');
  const { state } = await reachable(provider, options);
  expect((await state('down')).problem).toBe(
    `The host key of 127.0.0.1 is not known. Run "ssh -p ${server.port} ${server.destination}" once in a terminal and accept the key if it is the right one.`,
  );
});

sshTest('a server whose host key has changed is never connected to', async () => {
  const { server, provider, options } = await ownServer();
  const other = await startSshServer(await temporaryFolder());
  onTestFinished(other.kill);
  const theirs = readFileSync(other.knownHosts, 'utf8');
  writeFileSync(server.knownHosts, theirs.replace(`:${other.port} `, `:${server.port} `));
  const { state } = await reachable(provider, options);
  expect((await state('down')).problem).toContain('The host key of 127.0.0.1 has changed');
});

sshTest('a server that accepts no key is reported, and not retried soon', async () => {
  const { server, provider, options } = await ownServer(['MaxAuthTries 1']);
  appendFileSync(server.clientConfiguration, 'PubkeyAuthentication no\n');
  const timings = { ...options.timings, minRetryDelay: 5, maxRetryDelay: 10, unauthorizedRetryDelay: 60_000 };
  const { tunnel, reported, state } = await reachable(provider, { ...options, timings });
  expect((await state('down')).problem).toContain('accepted none of your SSH keys');
  expect((await tunnel.check()).state).toBe('down');
  expect(reported).toHaveLength(1);
});

sshTest('a remote port in use is reported', async () => {
  const { server, provider, options } = await ownServer();
  const { state } = await reachable({ ...provider, remotePort: server.port }, options);
  expect((await state('down')).problem).toContain(`does not forward its port ${server.port}`);
});

sshTest('closing ends the ssh process and its forwarding', async () => {
  const { provider, options } = await ownServer();
  const { tunnel, state } = await reachable(provider, options);
  const others = descendantsOf(process.pid).length;
  await state('up');
  expect(descendantsOf(process.pid).length).toBeGreaterThanOrEqual(others);
  await tunnel.close();
  await expect(fetch(provider.url)).rejects.toThrow();
});

test('without ssh on this computer the message says to install it', async () => {
  const { state } = await reachable(
    { provider: 'ssh', destination: 'user@server.example' },
    { environment: { PATH: '/nowhere' } },
  );
  expect((await state('down')).problem).toContain('ssh is not installed');
});
