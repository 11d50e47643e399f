import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Express } from 'express';
import { minutes, seconds } from '../timing/index.ts';
import { type BodyBudget, type BodyShare, createBodyBudget } from './body-budget.ts';
import { createBodyCollector } from './body-collector.ts';
import { shedConnections } from './connections.ts';
import { answerHealth, type HealthQuestion } from './health.ts';
import { type Listening, listenAt } from './listen.ts';
import type { CallbackRequest, CallbackResponse, Route, Router } from './route.ts';
import { readUnreadable } from './unreadable-request.ts';

export type Receiver = Listening;

interface ReceiverOptions extends Router {
  /** 0 = any free port. */
  readonly port: number;
  /** The address where it listens beside loopback: one of this computer, or 0.0.0.0 or :: for all. */
  readonly bind?: string;
  /** Answers `GET /healthz`; 404 when absent. */
  readonly health?: HealthQuestion;
  /** Milliseconds in which the headers and the whole request must arrive. */
  readonly timeouts?: { readonly headers: number; readonly request: number };
  /** Bytes that headers and bodies of all requests in progress may hold together. */
  readonly bodyBudget?: number;
}

/** The official sample reads up to 1 MB; captured callbacks are 1 to 4 KB (Webhooks API). */
export const bodyLimit = 1024 * 1024;

/** Callbacks have about 1 KB of headers; what proxies add stays below this. */
const headerLimit = 16 * 1024;
/** Larger headers are not even read. */
const headerReadLimit = 64 * 1024;
/** Requests in progress may hold this much together; beyond it senders are asked to retry. */
const defaultBodyBudget = 64 * 1024 * 1024;
/** How long a connection may stay idle after a rejected request. */
const rejectedKeepAlive = seconds(5);
/**
 * Connections held at once; a further one replaces the least useful. The server of an ssh tunnel holds one for each and
 * accepts nothing more once it has no file left, mostly of 1024: half of these leave it room.
 */
const maxConnections = 512;

const callbackPath = /^\/in\/([0-9a-f]{32})/;

/**
 * The one listener that the tunnel reaches: loopback unless asked otherwise, one route `/in/:key`, 404 for everything else.
 * Throws a conflict naming the port where it is in use.
 */
export async function openReceiver(options: ReceiverOptions): Promise<Receiver> {
  const report = ({ method = '', url: target = '' }: IncomingMessage): void => options.unmatched?.({ method, target });
  const notFound = (request: IncomingMessage, response: ServerResponse): void => {
    report(request);
    reject(request, response, 404);
  };
  const budget = createBodyBudget(options.bodyBudget ?? defaultBodyBudget);
  const receive = (request: IncomingMessage, response: ServerResponse, key: string): void => {
    const route = options.match(key, request.method ?? '');
    if (!route) notFound(request, response);
    else if (sizeOf(request.rawHeaders) > headerLimit) {
      route.tooLarge('headers');
      reject(request, response, 431);
    } else read(route, key, { request, response, budget, unmatched: () => report(request) });
  };
  const { health = () => undefined } = options;
  let app: Promise<Express> | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    app ??= createApp(notFound);
    // Where it cannot be loaded, which an update of the program's files may cause, nothing else is served here either.
    const handle: RequestListener = await app.catch(() => notFound);
    handle(request, response);
  };

  const server = createBoundedServer((request, response) => {
    request.url = originForm(request.url ?? '');
    // Callback URLs go past express, which costs as much as all of node:http (`npm run bench -- ingest`).
    const key = callbackPath.exec(request.url)?.[1];
    if (key === undefined) answerHealth(request, response, health) || void serve(request, response);
    else receive(request, response, key);
  }, options);
  return listenAt(server, options.port, options.bind);
}

/** Serves what is no callback URL. Loaded with the first such request, since callbacks need none of it. */
async function createApp(notFound: RequestListener): Promise<Express> {
  const { default: express } = await import('express');
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(notFound);
  app.use((_error: unknown, request: IncomingMessage, response: ServerResponse, _next: unknown) =>
    reject(request, response, 400),
  );
  return app;
}

/** A request target without the scheme and host that proxies may put in front of it (RFC 9112, section 3.2.2). */
function originForm(target: string): string {
  const authority = /^https?:\/\/[^/?#]*/i.exec(target);
  if (!authority) return target;
  const rest = target.slice(authority[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** A server that bounds the number of connections and how long each may take. */
function createBoundedServer(app: RequestListener, options: ReceiverOptions): Server {
  const { headers, request } = options.timeouts ?? { headers: seconds(10), request: seconds(20) };
  const limits = {
    maxHeaderSize: headerReadLimit,
    headersTimeout: headers,
    requestTimeout: request,
    keepAliveTimeout: seconds(75),
    connectionsCheckingInterval: Math.min(seconds(2), headers),
  };
  const server = createServer(limits, app);
  shedConnections(server, maxConnections);
  server.timeout = minutes(10);
  // A proxy may add any; what is not understood may be ignored (RFC 9110, section 10.1.1).
  server.on('checkExpectation', app);
  server.on('clientError', (error: ParserError, socket: Socket) => {
    reportUnreadable(error, options);
    endBrokenConnection(error, socket);
  });
  return server;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly budget: BodyBudget;
  unmatched(): void;
}

/** Reads the body raw, within the limits, and sends the response of the route. */
function read(route: Route, key: string, { request, response, budget, unmatched }: Exchange): void {
  const share = budget.open();
  let receiving: Promise<CallbackResponse> | undefined;
  response.on('close', () => void releaseAfter(receiving, share));
  const tooLarge = (): void => {
    route.tooLarge('body');
    reject(request, response, 413);
  };
  const overloaded = (): void => {
    route.overloaded?.();
    reject(request, response, 503);
  };
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) {
    tooLarge();
    return;
  }
  if (!share.take(sizeOf(request.rawHeaders))) {
    overloaded();
    return;
  }
  const collector = createBodyCollector();
  let size = 0;
  const append = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= bodyLimit && share.take(chunk.length)) {
      collector.add(chunk);
      return;
    }
    request.off('data', append);
    request.off('end', finish);
    collector.clear();
    share.release();
    if (size > bodyLimit) tooLarge();
    else overloaded();
  };
  const finish = async (): Promise<void> => {
    const body = collector.take();
    const rest = (request.url ?? '').slice('/in/'.length + key.length);
    receiving = receiveSafely(route, { key, method: request.method ?? '', rest, headers: headersOf(request), body });
    const { status, text } = await receiving;
    if (status === 404) unmatched();
    response.statusCode = status;
    if (status >= 400) shortenKeepAlive(request, response);
    if (text === undefined) response.end();
    else response.setHeader('content-type', 'text/plain; charset=utf-8').end(text);
  };
  request.on('data', append);
  request.on('end', finish);
}

/** What was received stays in memory until it is stored, also after the response, and where its sender did not wait. */
async function releaseAfter(receiving: Promise<CallbackResponse> | undefined, share: BodyShare): Promise<void> {
  try {
    await (await receiving)?.pending;
  } catch {
    // The sender was answered before: it retries where nothing was stored.
  } finally {
    share.release();
  }
}

/** A bug must not leave the sender without a response: it retries later. */
async function receiveSafely(route: Route, request: CallbackRequest): Promise<CallbackResponse> {
  try {
    return await route.receive(request);
  } catch {
    return { status: 503 };
  }
}

/** Responds at once; the rest of the body is read and dropped, so that the sender gets the response instead of a reset. */
function reject(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.statusCode = status;
  shortenKeepAlive(request, response);
  response.end();
  request.resume();
}

/** A tunnel may send the next callback over the same connection; whoever only got rejections does not hold it for long. */
function shortenKeepAlive({ socket }: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => socket.setTimeout(rejectedKeepAlive));
}

function sizeOf(rawHeaders: readonly string[]): number {
  // Beside name and value stand a colon, a blank and a line end.
  return rawHeaders.reduce((sum, text) => sum + text.length + 2, 0);
}

/** The headers by lower-case name; several of one name are joined by ", ". */
function headersOf({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const known = headers[name];
    headers[name] = known === undefined ? value : `${known}, ${value}`;
  }
  return headers;
}

const brokenStatus: ReadonlyMap<string, string> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
]);

/** An error of a connection; where the parser found it, with the bytes at which it gave up. */
interface ParserError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
}

/** A request that the parser rejects is known to be a callback only where the bytes read last contain its request line. */
function reportUnreadable({ code = '', rawPacket }: ParserError, { match, unreadable }: Router): void {
  if (!code.startsWith('HPE_') || !rawPacket) return;
  const request = readUnreadable(rawPacket);
  const key = callbackPath.exec(originForm(request.target))?.[1];
  const route = key === undefined ? undefined : match(key, request.method);
  if (!route) unreadable?.(request);
  else if (code === 'HPE_HEADER_OVERFLOW') route.tooLarge('headers');
  else route.malformed?.(code);
}

/**
 * A tunnel client opens its connections ahead of any request. An idle one is not sent a timeout response, which would be
 * taken for the response to the next callback.
 */
function endBrokenConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && socket.bytesRead === 0) return;
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const status = brokenStatus.get(error.code ?? '') ?? '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
