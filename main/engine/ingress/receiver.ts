import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import express from 'express';
import { RingbackError } from '../errors.ts';

/** A request to a callback address. */
export interface CallbackRequest {
  /** The 128-bit key of the address, 32 hex digits. */
  readonly key: string;
  readonly method: string;
  /** What stood in the raw URL behind the key. */
  readonly rest: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
export interface CallbackResponse {
  readonly status: number;
  readonly text?: string;
}
export interface Receiver {
  readonly port: number;
  close(): Promise<void>;
}
/** Who lives behind callback addresses. */
export interface Router {
  /** Whether anything lives at this address; asked before a byte of the body is read. */
  matches(key: string, method: string): boolean;
  receive(arrival: CallbackRequest): Promise<CallbackResponse>;
  /** A body above the limit was refused. */
  tooLarge(key: string): void;
}
export interface ReceiverOptions extends Router {
  /** 0 = any free port. */
  readonly port: number;
  /** Until when the headers must be there and the whole request, in milliseconds. */
  readonly patience?: { readonly headers: number; readonly request: number };
}

/** The official sample reads up to 1 MB; captured callbacks are 1 to 4 KB (Webhooks API). */
export const bodyLimit = 1024 * 1024;

/**
 * The one listener that the tunnel reaches: 127.0.0.1, one route `/in/:key`, 404 for everything else.
 * Throws a conflict naming the port where it is in use.
 */
export async function openReceiver(options: ReceiverOptions): Promise<Receiver> {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.all(/^\/in\/([0-9a-f]{32})/, (request, response) => {
    const key = request.params[0] ?? '';
    if (!options.matches(key, request.method)) return refuse(request, response, 404);
    takeIn(options, key, request, response);
  });
  app.use((request: IncomingMessage, response: ServerResponse) => refuse(request, response, 404));
  app.use((_error: unknown, request: IncomingMessage, response: ServerResponse, _next: unknown) =>
    refuse(request, response, 400),
  );

  const { headers, request } = options.patience ?? { headers: 10_000, request: 20_000 };
  const server = createServer(
    {
      headersTimeout: headers,
      requestTimeout: request,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: Math.min(2_000, headers),
    },
    app,
  );
  server.maxConnections = 1024;
  server.timeout = 10 * 60_000;
  server.on('clientError', endBrokenConnection);
  await listen(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Reads the body raw, within the limit, and answers with what `receive` says. */
function takeIn(options: ReceiverOptions, key: string, request: IncomingMessage, response: ServerResponse): void {
  const tooLarge = (): void => {
    options.tooLarge(key);
    refuse(request, response, 413);
  };
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) {
    tooLarge();
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= bodyLimit) chunks.push(chunk);
    else {
      request.off('data', take);
      request.off('end', finish);
      tooLarge();
    }
  };
  const finish = async (): Promise<void> => {
    const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const rest = (request.url ?? '').slice('/in/'.length + key.length);
    const { status, text } = await receiveSafely(options, {
      key,
      method: request.method ?? '',
      rest,
      headers: flatten(request),
      body,
    });
    response.statusCode = status;
    if (text === undefined) response.end();
    else response.setHeader('content-type', 'text/plain; charset=utf-8').end(text);
  };
  request.on('data', take);
  request.on('end', finish);
}

/** A bug behind the door must not leave the sender without an answer: it is asked to come again. */
async function receiveSafely(door: Router, arrival: CallbackRequest): Promise<CallbackResponse> {
  try {
    return await door.receive(arrival);
  } catch {
    return { status: 503 };
  }
}

/** Answers at once; what is still coming of the body is read and dropped, so that the sender hears the answer instead of a reset. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.statusCode = status;
  response.end();
  request.resume();
}

function flatten(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headersDistinct).map(
    ([name, values]) => [name, (values ?? []).join(', ')] as const,
  );
  return Object.fromEntries(entries);
}

/**
 * A tunnel client opens its connections ahead of any request. Such a silent one is left alone until it has idled for
 * long: bytes of a time-out answer would be taken for the answer to the next callback.
 */
function endBrokenConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0) return;
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? '408 Request Timeout' : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new RingbackError(
          'conflict',
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use by another program. Close it, or choose another receiver port in the settings.`
            : `Port ${port} cannot be used for the receiver (${error.code ?? error.message}).`,
          { cause: error },
        ),
      ),
    );
    server.listen(port, '127.0.0.1', () => {
      // Later errors are of single connections that could not be taken.
      server.removeAllListeners('error').on('error', () => {});
      resolve();
    });
  });
}
