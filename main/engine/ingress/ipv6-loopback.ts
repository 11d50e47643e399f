import type { Server } from 'node:http';
import { createServer, type Socket } from 'node:net';

/**
 * Lets the server accept connections to the same port of ::1, which is what "localhost" in the settings of a proxy or
 * tunnel may stand for. Without IPv6, or where another program has that port, it stays as it is. Returns what ends it.
 */
export async function acceptIpv6Loopback(server: Server, port: number): Promise<() => Promise<void>> {
  const listener = createServer((socket: Socket) => server.emit('connection', socket));
  const isListening = await new Promise<boolean>((resolve) => {
    listener.once('error', () => resolve(false));
    listener.listen({ port, host: '::1', ipv6Only: true }, () => resolve(true));
  });
  listener.on('error', () => {});
  return async () => {
    if (!isListening) return;
    // Resolves when the server has closed the connections it accepted here.
    await new Promise<void>((resolve) => listener.close(() => resolve()));
  };
}
