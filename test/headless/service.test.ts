import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder, until } from '../support/temporary.ts';
import { spawnHost } from './spawned.ts';

const unit = resolve(import.meta.dirname, '../../build/server/ringback.service');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

test.skipIf(process.platform === 'win32')(
  'systemd is told when the host is ready; the log is JSON and the port as configured',
  async () => {
    const folder = await temporaryFolder();
    const programs = join(folder, 'bin');
    await mkdir(programs);
    await writeFile(join(programs, 'systemd-notify'), `#!/bin/sh\necho "$@" > "${folder}/notified"\n`);
    await chmod(join(programs, 'systemd-notify'), 0o755);
    const port = await freePort();
    const host = spawnHost(join(folder, 'data'), {
      PATH: `${programs}${delimiter}${process.env.PATH}`,
      NOTIFY_SOCKET: '/run/systemd/notify',
      RINGBACK_LOG: 'json',
      RINGBACK_RECEIVER_PORT: String(port),
    });
    await host.ready();
    expect(await until(() => readFile(join(folder, 'notified'), 'utf8').catch(() => ''))).toContain('--ready');
    expect((await host.ask('status.get', {})).receiver.port).toBe(port);
    host.process.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    const lines = host.printed.error.trimEnd().split('\n').filter(Boolean);
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ scope: expect.any(String), text: expect.any(String) });
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
