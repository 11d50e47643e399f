import type { Server } from 'node:http';
import { type AddressInfo, createServer, type ListenOptions, type Server as NetServer, type Socket } from 'node:net';
import { RingbackError } from '../errors.ts';
import { ingressMessages } from '../messages/index.ts';

/** Where the server listens until `close` has resolved. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

/** Connections that may wait to be accepted; the system drops a further one, whose sender tries again a second later. */
const pendingConnections = 4096;

const loopback = '127.0.0.1';
const loopbackNames: readonly string[] = [loopback, '::1'];
const allAddresses: readonly string[] = ['0.0.0.0', '::'];

/**
 * Listens on loopback, which tunnels need, and at one more address of this computer where `bind` names it. Throws a
 * conflict naming the port, or the address, that cannot be used.
 */
export async function listenAt(server: Server, port: number, bind = loopback): Promise<Listening> {
  const host = allAddresses.includes(bind) ? bind : loopback;
  await listen(server, { port, host, backlog: pendingConnections }).catch((error: NodeJS.ErrnoException) => {
    throw portConflict(error, port, host);
  });
  const used = (server.address() as AddressInfo).port;
  const closes = [await acceptIpv6Loopback(server, used)];
  try {
    if (host !== bind && !loopbackNames.includes(bind)) closes.push(await acceptAt(server, used, bind));
  } catch (error) {
    server.close();
    await Promise.all(closes.map((close) => close()));
    throw portConflict(error as NodeJS.ErrnoException, used, bind);
  }
  return {
    port: used,
    async close() {
      const closed = [...closes.map((close) => close()), new Promise<void>((resolve) => server.close(() => resolve()))];
      server.closeAllConnections();
      await Promise.all(closed);
    },
  };
}

function listen(server: NetServer, at: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, () => {
      // Later errors concern single connections that could not be accepted.
      server.removeAllListeners('error').on('error', () => {});
      resolve();
    });
  });
}

/** The same port of ::1, as "localhost" in a proxy or tunnel may mean it; left out without IPv6. */
async function acceptIpv6Loopback(server: Server, port: number): Promise<() => Promise<void>> {
  try {
    return await acceptAt(server, port, '::1');
  } catch {
    return async () => {};
  }
}

/** Lets the server accept connections at one more address too. Returns what ends it. */
async function acceptAt(server: Server, port: number, host: string): Promise<() => Promise<void>> {
  const listener = createServer((socket: Socket) => server.emit('connection', socket));
  await listen(listener, { port, host, ipv6Only: true, backlog: pendingConnections });
  // Resolves when the server has closed the connections it accepted here.
  return () => new Promise<void>((resolve) => listener.close(() => resolve()));
}

function portConflict(cause: NodeJS.ErrnoException, port: number, address: string): RingbackError {
  const reason = cause.code ?? cause.message;
  const message =
    cause.code === 'EADDRINUSE'
      ? ingressMessages.portInUse({ port })
      : address === loopback
        ? ingressMessages.portUnusable({ port, reason })
        : ingressMessages.addressUnusable({ address, port, reason });
  return new RingbackError('conflict', message, { cause });
}
