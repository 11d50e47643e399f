import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder, until } from '../support/temporary.ts';
import { kill, spawnHost } from './spawned.ts';

test.skipIf(process.platform === 'win32')(
  'a program of the user gets each notification on its standard input',
  async () => {
    const folder = await temporaryFolder();
    const program = join(folder, 'notify.sh');
    await writeFile(program, `#!/bin/sh\ncat >> "${folder}/notified"\n`);
    await chmod(program, 0o755);
    const host = spawnHost(join(folder, 'data'), { RINGBACK_NOTIFY_COMMAND: program });
    await host.ask('notifications.test', {});
    const text = await until(() => readFile(join(folder, 'notified'), 'utf8').catch(() => ''));
    expect(JSON.parse(text)).toMatchObject({ source: 'ringback', title: 'Ringback rings', outcome: 'info' });
    expect(await host.ask('sinks.list', {})).toMatchObject([{ id: 'command', kind: 'command', target: program }]);
    await expect(host.ask('sinks.remove', { id: 'command' })).rejects.toThrow('RINGBACK_NOTIFY_COMMAND');
  },
);

test('what was being sent when the host was killed is not sent again, and the next one is', async () => {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    received.push(String(request.headers['idempotency-key']));
    // The first one is never answered.
    if (received.length > 1) response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const folder = await temporaryFolder();
  const first = spawnHost(folder);
  await first.ask('sinks.add', { target: { kind: 'webhook', url } });
  await first.ask('notifications.test', {});
  await until(() => received.length === 1);
  await kill(first);
  const second = spawnHost(folder);
  await second.ask('notifications.test', {});
  await until(async () => (await second.ask('sinks.list', {}))[0]?.lastSentAt);
  expect(received).toHaveLength(2);
  expect(received[1]).not.toBe(received[0]);
  await until(() => second.printed.error.includes('Ringback ended while notifications were being sent (1).'));
});
