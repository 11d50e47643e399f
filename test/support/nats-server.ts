import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { temporaryFolder, until } from './temporary.ts';

const certificates = new URL('../fixtures/certificates/', import.meta.url);
const certificate = fileURLToPath(new URL('server.pem', certificates));
const key = fileURLToPath(new URL('server.key', certificates));

/** Debian has it outside the path of users. */
const environment = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

export const hasNatsServer = spawnSync('nats-server', ['--version'], { env: environment }).status === 0;

/** A real nats-server over TLS in a folder of the test. */
export interface NatsServer {
  readonly address: string;
  readonly port: number;
  /** What `team.serverConfig` needs to configure this server. */
  readonly options: {
    readonly port: number;
    readonly storeDir: string;
    readonly tls: { readonly certificate: string; readonly key: string };
  };
  /** Starts it with this configuration, or lets it load the new one. */
  configure(text: string): Promise<void>;
  /** Starts it again with the same configuration. */
  start(): Promise<void>;
  kill(): Promise<void>;
}

export async function createNatsServer(): Promise<NatsServer> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const file = join(folder, 'server.conf');
  let running: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    running = spawn('nats-server', ['-c', file], { env: environment, stdio: 'ignore' });
    await until(() => accepts(port));
  };
  const kill = async (): Promise<void> => {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  return {
    address: `tls://localhost:${port}`,
    port,
    options: { port, storeDir: join(folder, 'store'), tls: { certificate, key } },
    async configure(text) {
      await writeFile(file, text);
      if (running) running.kill('SIGHUP');
      else await start();
    },
    start,
    kill,
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
