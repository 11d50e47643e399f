import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReceiver } from '../../../../main/engine/ingress/receiver.ts';
import { freePort } from '../../../support/free-port.ts';
import { temporaryFolder, until } from '../../../support/temporary.ts';

const server = '/usr/sbin/sshd';
const isInstalled = process.platform === 'linux' && spawnSync(server, ['-V']).error === undefined;
const key = '0123456789abcdef0123456789abcdef';

/** Forwards a port to the receiver through a server of this computer, both with as many files as systems usually allow. */
async function forward(receiver: number): Promise<number> {
  const folder = await temporaryFolder();
  for (const name of ['host', 'identity']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  }
  const [port, remote] = [await freePort(), await freePort()];
  const configuration = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/identity.pub`,
    'PidFile none',
    'StrictModes no',
    'PasswordAuthentication no',
  ];
  await writeFile(join(folder, 'sshd_config'), `${configuration.join('\n')}\n`);
  run(`exec ${server} -D -e -f ${folder}/sshd_config`);
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'ExitOnForwardFailure=yes',
  ]
    .map((option) => `-o ${option}`)
    .join(' ');
  await until(() => isOpen(port));
  run(
    `exec ssh -N ${options} -i ${folder}/identity -p ${port} -R ${remote}:127.0.0.1:${receiver} ${userInfo().username}@127.0.0.1`,
  );
  await until(() => isOpen(remote));
  return remote;
}

function run(command: string): void {
  const child = spawn('sh', ['-c', `ulimit -n 1024; ${command}`], { stdio: 'ignore' });
  onTestFinished(async () => {
    const ended = child.exitCode === null ? once(child, 'close') : undefined;
    child.kill();
    await ended;
  });
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}

async function deliver(port: number): Promise<number> {
  const target = { host: '127.0.0.1', port, path: `/in/${key}`, method: 'POST', agent: false, timeout: 15_000 };
  const sent = request(target);
  sent.on('timeout', () => sent.destroy(new Error('no answer')));
  const [response] = (await once(sent.end('{}'), 'response')) as [{ statusCode: number }];
  return response.statusCode;
}

/** Another process that opens so many connections, and another for each that is closed. Resolves once most of them are open. */
async function crowd(port: number, count: number): Promise<void> {
  const script = `const { connect } = require('net'); let open = 0; let opened = 0;
const hold = () => { const s = connect(${port}, '127.0.0.1'); s.on('error', () => {}); s.on('connect', () => { opened += 1; if (opened === 900) console.log('ready'); s.write('POST /in/'); });
s.on('close', () => setTimeout(hold, 20)); };
for (let i = 0; i < ${count}; i += 1) setTimeout(hold, i / 5);`;
  const child = spawn('sh', ['-c', 'ulimit -n $(ulimit -Hn); exec node -e "$0"', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
}

test.skipIf(!isInstalled)(
  'a callback gets through a tunnel of ssh beside 5000 connections that send half a header',
  async () => {
    const receiver = await openReceiver({
      port: 0,
      match: () => ({ receive: async () => ({ status: 204 }), tooLarge: () => {} }),
    });
    onTestFinished(() => receiver.close());
    const port = await forward(receiver.port);
    expect(await deliver(port)).toBe(204);
    await crowd(port, 5000);
    const durations: number[] = [];
    // The server may be out of files for a moment, before the receiver has closed the first.
    for (let round = 0; round < 5; round += 1) durations.push(await timed(port).catch(() => Number.POSITIVE_INFINITY));
    expect(Math.min(...durations)).toBeLessThan(5_000);
  },
);

async function timed(port: number): Promise<number> {
  const since = performance.now();
  expect(await deliver(port)).toBe(204);
  return performance.now() - since;
}
