import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { createNatsServerProcess, hasNatsServer as isInstalled } from '../../main/demo/index.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary.ts';

const certificates = new URL('../fixtures/certificates/', import.meta.url);
const certificate = fileURLToPath(new URL('server.pem', certificates));
const key = fileURLToPath(new URL('server.key', certificates));

export const hasNatsServer = isInstalled();

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
  /** Starts it with this configuration, or lets it load the new one; who is to be let in then is. */
  configure(text: string): Promise<void>;
  /** Starts it again with the same configuration. */
  start(): Promise<void>;
  kill(): Promise<void>;
}

export async function createNatsServer(): Promise<NatsServer> {
  const server = await createNatsServerProcess({ folder: await temporaryFolder(), port: await freePort() });
  const { port, storeDir } = server;
  const kill = (): Promise<void> => server.stop('SIGKILL');
  onTestFinished(kill);
  return {
    address: `tls://localhost:${port}`,
    port,
    options: { port, storeDir, tls: { certificate, key } },
    configure: server.configure,
    start: server.start,
    kill,
  };
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
