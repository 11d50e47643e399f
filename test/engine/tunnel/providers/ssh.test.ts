import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../../support/temporary.ts';
import { familyOf, freePort, sshd, startSshServer, writeProgram } from '../ssh-server.ts';
import { reachable } from '../tunnel-host.ts';

const sshTest = test.skipIf(!sshd);
const slow = { timings: { openDeadline: 5_000, echoDeadline: 1_000 } };

async function ownServer(settings: readonly string[] = []) {
  const server = await startSshServer(await temporaryFolder(), settings);
  onTestFinished(server.kill);
  const remotePort = await freePort();
  const way = {
    provider: 'ssh',
    destination: server.destination,
    port: server.port,
    remotePort,
    url: `http://127.0.0.1:${remotePort}`,
  } as const;
  return { server, way, options: { environment: server.environment, ...slow } };
}

sshTest('a port of an own server is forwarded, and the address the user gave is up', async () => {
  const { way, options } = await ownServer();
  const { tunnel, state } = await reachable(way, options);
  expect(tunnel.status).toEqual({ provider: 'ssh', state: 'connecting', url: way.url });
  expect(await state('up', 10_000)).toEqual({ provider: 'ssh', state: 'up', url: way.url });
});

sshTest('the address of a public service is read from what it says, among its advertisements', async () => {
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
  expect((await state('up', 10_000)).url).toBe(`http://127.0.0.1:${remotePort}`);
});

sshTest('a server that is killed is noticed at once by its client, and after its restart it is up again', async () => {
  const { server, way, options } = await ownServer();
  const { tunnel, told, state } = await reachable(way, options);
  await state('up', 10_000);
  await server.kill();
  await state('down');
  await vi.waitFor(() => expect(tunnel.status.problem).toBe('127.0.0.1 refused the SSH connection.'));
  await server.restart();
  await state('up', 10_000);
  expect(told[0]?.state).toBe('up');
  expect(told[1]).toMatchObject({ state: 'down', problem: '127.0.0.1 closed the SSH connection.' });
});

sshTest('a server that stands still is noticed by the echo on waking, and its client is ended', async () => {
  const { server, way, options } = await ownServer();
  const { tunnel, state } = await reachable(way, options);
  await state('up', 10_000);
  server.freeze();
  tunnel.wake();
  expect((await state('down')).problem).toContain('does not respond');
  await server.kill();
  await server.restart();
  await state('up', 10_000);
});

sshTest('a server whose key is not known is not trusted, and the user is told how to change that', async () => {
  const { server, way, options } = await ownServer();
  writeFileSync(server.knownHosts, '');
  const { state } = await reachable(way, options);
  expect((await state('down', 10_000)).problem).toBe(
    `The host key of 127.0.0.1 is not known. Run "ssh -p ${server.port} ${server.destination}" once in a terminal and accept the key if it is the right one.`,
  );
});

sshTest('a server that shows another key than before is never connected to', async () => {
  const { server, way, options } = await ownServer();
  const other = await startSshServer(await temporaryFolder());
  onTestFinished(other.kill);
  const theirs = readFileSync(other.knownHosts, 'utf8');
  writeFileSync(server.knownHosts, theirs.replace(`:${other.port} `, `:${server.port} `));
  const { state } = await reachable(way, options);
  expect((await state('down', 10_000)).problem).toContain('The host key of 127.0.0.1 has changed');
});

sshTest('a server that accepts none of our keys says so, and is not asked again and again', async () => {
  const { server, way, options } = await ownServer(['MaxAuthTries 1']);
  appendFileSync(server.clientConfiguration, 'PubkeyAuthentication no\n');
  const timings = { ...options.timings, minRetryDelay: 5, maxRetryDelay: 10, unauthorizedRetryDelay: 60_000 };
  const { tunnel, told, state } = await reachable(way, { ...options, timings });
  expect((await state('down', 10_000)).problem).toContain('accepted none of your SSH keys');
  expect((await tunnel.check()).state).toBe('down');
  expect(told).toHaveLength(1);
});

sshTest('a port that is taken at the server is told as such', async () => {
  const { server, way, options } = await ownServer();
  const { state } = await reachable({ ...way, remotePort: server.port }, options);
  expect((await state('down', 10_000)).problem).toContain(`does not forward its port ${server.port}`);
});

sshTest('closing ends the client, and nothing of it stays', async () => {
  const { way, options } = await ownServer();
  const { tunnel, state } = await reachable(way, options);
  const others = familyOf(process.pid).length;
  await state('up', 10_000);
  expect(familyOf(process.pid).length).toBeGreaterThanOrEqual(others);
  await tunnel.close();
  await expect(fetch(way.url)).rejects.toThrow();
});

test('without ssh on this computer the user is told to install it', async () => {
  const { state } = await reachable(
    { provider: 'ssh', destination: 'user@server.example' },
    { environment: { PATH: '/nowhere' } },
  );
  expect((await state('down')).problem).toContain('ssh is not installed');
});
