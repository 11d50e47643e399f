import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

export interface Listener {
  readonly port: number;
  /** Complete: every open connection is cut. */
  close(): Promise<void>;
}

/** Binds a server to 127.0.0.1, and to nothing else; port 0 is any free one. Rejects where the port is taken. */
export async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Serves HTTP on loopback; https where there is a key and a certificate for it. */
export async function startListener(
  handler: RequestListener,
  port = 0,
  identity?: { readonly key: string; readonly cert: string },
): Promise<Listener> {
  const server = identity ? createSecureServer(identity, handler) : createServer(handler);
  return {
    port: await listen(server, port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
