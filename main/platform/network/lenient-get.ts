import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { type buildConnector, errors } from 'undici';

/** Whether undici rejected the head or a chunk of a response because it does not follow HTTP. */
export function isParserError(error: unknown): boolean {
  return error instanceof errors.HTTPParserError;
}

/**
 * Before the body: undici says the same of a length beside a chunked body as of a body that ends early, and hangs up where
 * "100 Continue" comes unasked.
 */
export function isHeadRejected(error: unknown): boolean {
  if (error instanceof errors.SocketError) return (error.socket?.bytesRead ?? 0) > 0;
  return isParserError(error) || error instanceof errors.ResponseContentLengthMismatchError;
}

interface LenientRequest {
  /** Of the server, or of the proxy that forwards the request. */
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly connect: buildConnector.connector;
}

/**
 * A GET whose response may break rules that common tools ignore: lines that end with a bare LF, a length beside a chunked
 * body. On a connection of its own, so that what follows the response can never be taken for another one.
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
      // RFC 9112, section 6.3: the chunks tell the length.
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
