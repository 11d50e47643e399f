import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { serverIdentity } from './certificates.ts';

export interface ProxyServer {
  readonly port: number;
  /** The request lines it received, such as "CONNECT api.acme.example:443". */
  readonly requests: string[];
  /** The headers of the last request. */
  readonly headers: () => IncomingMessage['headers'];
}

export interface ProxyServerOptions {
  /** User name and password, joined by a colon; without them it demands none. */
  readonly credentials?: string;
  /** The proxy itself is spoken to over TLS. */
  readonly secure?: boolean;
  /** It responds to CONNECT with this status. */
  readonly status?: number;
}

/** A real HTTP proxy on loopback, for which every host is on this computer; closed when the test ends. */
export async function startProxyServer({ credentials, secure, status }: ProxyServerOptions = {}): Promise<ProxyServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let headers: IncomingMessage['headers'] = {};
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  const record = (incoming: IncomingMessage): boolean => {
    requests.push(`${incoming.method} ${incoming.url}`);
    headers = incoming.headers;
    return expected === undefined || incoming.headers['proxy-authorization'] === expected;
  };
  const forward = (incoming: IncomingMessage, response: ServerResponse): void => {
    if (!record(incoming)) return void response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
    const { port, pathname, search } = new URL(incoming.url ?? '');
    const { 'proxy-authorization': _, ...passed } = incoming.headers;
    const options = { host: '127.0.0.1', port, path: pathname + search, method: incoming.method, headers: passed };
    incoming.pipe(
      request(options, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  };
  const server = secure ? createSecureServer(serverIdentity, forward) : createServer(forward);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('connect', (incoming: IncomingMessage, client: Socket) => {
    client.on('error', () => {});
    if (!record(incoming)) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    if (status !== undefined) return void client.end(`HTTP/1.1 ${status} Rejected\r\n\r\n`);
    const target = connect(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      target.pipe(client).pipe(target);
    });
    sockets.add(target);
    target.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { port: (server.address() as AddressInfo).port, requests, headers: () => headers };
}
