import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { statusAt } from '../support/status-at.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { spawnHost } from './spawned.ts';

const unit = resolve(import.meta.dirname, '../../build/server/ringback.service');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(process.platform === 'win32')(
  'systemd is told when the host is ready, that it answers, and when it ends; the log is JSON and the port as configured',
  async () => {
    const folder = await temporaryFolder();
    const programs = join(folder, 'bin');
    await mkdir(programs);
    await writeFile(join(programs, 'systemd-notify'), `#!/bin/sh\necho "$@" >> "${folder}/notified"\n`);
    await chmod(join(programs, 'systemd-notify'), 0o755);
    const port = await freePort();
    const host = spawnHost(join(folder, 'data'), {
      PATH: `${programs}${delimiter}${process.env.PATH}`,
      NOTIFY_SOCKET: '/run/systemd/notify',
      WATCHDOG_USEC: '200000',
      RINGBACK_LOG: 'json',
      RINGBACK_RECEIVER_PORT: String(port),
    });
    await host.ready();
    const notified = (): Promise<string> => readFile(join(folder, 'notified'), 'utf8').catch(() => '');
    // Each message is a process of its own, so that they may come in any order.
    for (const message of ['--ready', 'WATCHDOG=1']) await until(async () => (await notified()).includes(message));
    expect((await host.ask('status.get', {})).receiver.port).toBe(port);
    host.process.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    await until(async () => (await notified()).includes('STOPPING=1'));
    const lines = host.printed.error.trimEnd().split('\n').filter(Boolean);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ scope: expect.any(String), text: expect.any(String) });
  },
);

test.skipIf(process.platform !== 'linux')(
  'SIGHUP reads the settings again, and a wrong file changes nothing',
  async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'server.env');
    const port = await freePort();
    const configure = (lines: string): Promise<void> =>
      writeFile(file, `RINGBACK_RECEIVER_PORT=${port}\nRINGBACK_RECEIVER_HEALTH=1\n${lines}`);
    await configure('RINGBACK_RETENTION_DAYS=30\n');
    const host = spawnHost(join(folder, 'data'), { RINGBACK_CONFIG: file });
    await host.ready();
    const health = (address: string): Promise<number> => statusAt(address, port, '/healthz');
    expect(await health('127.0.0.1')).toBe(200);
    expect(await health('127.0.0.2')).toBe(0);
    expect((await host.ask('settings.get', {})).retention.days).toBe(30);
    await configure('RINGBACK_RETENTION_DAYS=40\nRINGBACK_RECEIVER_BIND=127.0.0.2\nRINGBACK_PORT=80\n');
    host.process.kill('SIGHUP');
    await until(() => host.printed.error.includes('The settings were read again.'));
    expect(host.printed.error).toContain('RINGBACK_PORT: a new value takes effect when Ringback starts again.');
    expect([await health('127.0.0.1'), await health('127.0.0.2')]).toEqual([200, 200]);
    expect((await host.ask('settings.get', {})).retention.days).toBe(40);
    expect((await host.ask('status.get', {})).receiver).toMatchObject({ port, bind: '127.0.0.2' });
    await configure('RINGBACK_RETENTION_DAYS=50\nRINGBACK_LANGUAGE=fr\n');
    host.process.kill('SIGHUP');
    await until(() => host.printed.error.includes('were not read again: RINGBACK_LANGUAGE must be'));
    expect((await host.ask('settings.get', {})).retention.days).toBe(40);
    expect(await health('127.0.0.2')).toBe(200);
  },
);

test.skipIf(!hasSystemd)('the systemd unit is valid, and exposed less than 3 of 10', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'ringback.service');
  const text = await readFile(unit, 'utf8');
  await writeFile(file, text.replace('/usr/local/bin/ringback up', '/bin/true'));
  const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
  expect(verified.stderr).not.toContain('ringback.service');
  const security = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=30', '--no-pager', file], {
    encoding: 'utf8',
  });
  expect(security.stdout).toContain('Overall exposure level');
  expect(security.status).toBe(0);
});
