import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createNatsServerProcess, hasNatsServer } from '../../main/demo/nats-server.ts';
import { temporaryFolder, until } from '../support/temporary.ts';

test.skipIf(!hasNatsServer || process.platform === 'win32').each(['SIGKILL', 'SIGTERM'])(
  'a server that %s ended loads no further configuration, and says so',
  async (signal) => {
    const folder = await temporaryFolder();
    const server = await createNatsServerProcess({ folder, host: '127.0.0.1' });
    onTestFinished(() => server.stop('SIGKILL'));
    const file = join(folder, 'pid');
    const configuration = `port: ${server.port}\npid_file: ${JSON.stringify(file)}\n`;
    await server.configure(configuration);
    const pid = Number(await readFile(file, 'utf8'));
    process.kill(pid, signal);
    await until(() => !isRunning(pid));
    await expect(server.configure(configuration)).rejects.toThrow('nats-server failed');
    await server.stop();
    await server.start();
  },
);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
