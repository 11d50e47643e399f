import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Debian installs it in /usr/sbin, which is not in the users' PATH. */
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export const hasNatsServer = (): boolean => spawnSync('nats-server', ['--version'], { env: environment }).status === 0;

export const howToInstall = `The team needs nats-server, which is not installed:
  Debian, Ubuntu   sudo apt-get install nats-server
  macOS            brew install nats-server
  Windows          choco install nats-server
  others           https://github.com/nats-io/nats-server/releases`;

/** A nats-server that listens on this computer only. */
export interface DemoNatsServer {
  readonly address: string;
  readonly port: number;
  readonly storeDir: string;
  /** Starts the server with this configuration, or reloads it. */
  configure(text: string): Promise<void>;
  stop(): Promise<void>;
}

export async function createDemoNatsServer(folder: string): Promise<DemoNatsServer> {
  const port = await freePort();
  const file = join(folder, 'nats.conf');
  let running: ChildProcess | undefined;
  return {
    address: `nats://127.0.0.1:${port}`,
    ...{ port, storeDir: join(folder, 'nats') },
    async configure(text) {
      await writeFile(file, text);
      if (running) running.kill('SIGHUP');
      else running = spawn('nats-server', ['-a', '127.0.0.1', '-c', file], { env: environment, stdio: 'ignore' });
    },
    async stop() {
      if (!running || running.exitCode !== null) return;
      const gone = once(running, 'exit');
      running.kill();
      await gone;
      running = undefined;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
