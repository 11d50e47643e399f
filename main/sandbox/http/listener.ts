import { createServer, type Server as HttpServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer, type Server as HttpsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';

export interface Listener {
  readonly port: number;
  /** Resolves when the server has stopped; open connections are cut. */
  close(): Promise<void>;
}

/** Binds a server to 127.0.0.1; port 0 is any free one. Resolves with the port, rejects where it is in use. */
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

/** Serves HTTP on 127.0.0.1, or https with a key and a certificate. */
export async function startListener(
  handler: RequestListener,
  port = 0,
  identity?: { readonly key: string; readonly cert: string },
): Promise<Listener> {
  const server = identity ? createSecureServer(identity, handler) : createServer(handler);
  return {
    port: await listen(server, port),
    close: () => close(server),
  };
}

function close(server: HttpServer | HttpsServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** A port that stays reserved while the handler behind it is replaced. */
export interface ReservedPort {
  /** Starts the handler, also for requests that arrived since the previous one was closed. */
  readonly listen: StartListener;
  close(): Promise<void>;
}

export type StartListener = (handler: RequestListener) => Promise<Listener>;

/** Reserves a port; 0 is any free one. Rejects where it is in use. */
export async function reservePort(port: number): Promise<ReservedPort> {
  let handler: RequestListener | undefined;
  let waiting: Parameters<RequestListener>[] = [];
  const server = createServer((request, response) => {
    if (handler) handler(request, response);
    else waiting.push([request, response]);
  });
  const number = await listen(server, port);
  return {
    async listen(next) {
      handler = next;
      for (const parameters of waiting) next(...parameters);
      waiting = [];
      return {
        port: number,
        async close() {
          handler = undefined;
          server.closeAllConnections();
        },
      };
    },
    close: () => close(server),
  };
}
