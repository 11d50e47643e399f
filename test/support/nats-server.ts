import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
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

/** A way to a port of this computer that can be interrupted. */
export interface SeverablePath {
  readonly port: number;
  /** Ends all connections, and accepts none until it is restored. */
  sever(): void;
  restore(): void;
}

export async function createSeverablePath(target: number): Promise<SeverablePath> {
  const sockets = new Set<Socket>();
  let isSevered = false;
  const server = createServer((incoming) => {
    if (isSevered) return void incoming.destroy();
    const outgoing = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sever = (): void => {
    isSevered = true;
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    sever();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    sever,
    restore() {
      isSevered = false;
    },
  };
}
