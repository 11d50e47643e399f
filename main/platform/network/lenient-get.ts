import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { type buildConnector, errors } from 'undici';

/** Whether undici rejected the head or a chunk of a response because it does not follow HTTP. */
export function isParserError(error: unknown): boolean {
  return error instanceof errors.HTTPParserError;
}

/**
 * Whether undici rejected a response, asked before its body is read: it reports the same error for a length beside a chunked
 * body as for a body that ends early, and closes the connection at an unexpected "100 Continue".
 */
export function isHeadRejected(error: unknown): boolean {
  if (error instanceof errors.SocketError) return (error.socket?.bytesRead ?? 0) > 0;
  return isParserError(error) || error instanceof errors.ResponseContentLengthMismatchError;
}

interface LenientRequest {
  /** The origin of the server, or of the proxy that forwards the request. */
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly connect: buildConnector.connector;
}

/**
 * A GET that accepts responses with violations of HTTP that common tools ignore: lines that end with a bare LF, a
 * length beside a chunked body. It uses a connection of its own, so that data after the response cannot be parsed as
 * another response.
 */
export async function getLeniently(options: LenientRequest): Promise<IncomingMessage> {
  const { origin, path, headers, signal } = options;
  const socket = await openConnection(options);
  return new Promise((resolve, reject) => {
    const sent = request({
      path,
      headers: { host: new URL(origin).host, ...headers },
      signal,
      insecureHTTPParser: true,
      createConnection: () => socket,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      // RFC 9112, section 6.3: with chunks, the length is ignored.
      if (response.headers['transfer-encoding'] !== undefined) delete response.headers['content-length'];
      resolve(response);
    });
    sent.end();
  });
}

function openConnection({ origin, connect }: LenientRequest): Promise<Socket> {
  const { protocol, hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    connect({ protocol, hostname, port, host }, (error, socket) => (error ? reject(error) : resolve(socket as Socket)));
  });
}
