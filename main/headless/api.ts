import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { z } from 'zod';
import { type Change, methods, type Problem, type ProblemCode } from '../../preload/contract.ts';
import { RingbackError, toProblem } from '../engine/errors.ts';
import type { Engine } from '../engine/index.ts';
import { describe, type Log } from '../engine/log.ts';
import { createWindowFiles, windowHeaders } from '../platform/index.ts';

/** The listener of window and API. */
export interface Api {
  readonly port: number;
  /** Complete: change streams are ended too. */
  close(): Promise<void>;
}

export interface ApiOptions {
  readonly engine: Pick<Engine, 'ask' | 'listen'>;
  /** 0 = any free port. */
  readonly port: number;
  /** Whoever has it may ask everything. */
  readonly token: string;
  /** Where the built window lies. */
  readonly folder: string;
  readonly log: Log;
}

const bodyLimit = 1024 * 1024;
/** A listener that reads this many bytes too slowly is cut off; it comes back and asks again. */
const streamLimit = 8 * 1024 * 1024;

const statuses: Readonly<Record<ProblemCode, number>> = {
  'invalid-input': 400,
  unauthorized: 401,
  'not-found': 404,
  conflict: 409,
  internal: 500,
  provider: 502,
  offline: 503,
};

const safeHeaders = {
  ...windowHeaders('self'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Serves on 127.0.0.1, and nowhere else. Throws a conflict naming the port where it is in use. */
export async function openApi(options: ApiOptions): Promise<Api> {
  const { log } = options;
  const streams = new Set<ServerResponse>();
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        if (!(error instanceof RingbackError))
          log.warn('host', `${request.method} ${pathOf(request)}: ${describe(error)}`);
        sendProblem(request, response, toProblem(error));
      });
    },
  );
  server.on('clientError', refuseBroken);
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  const windowFile = createWindowFiles(options.folder);
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`, ...(port === 80 ? ['127.0.0.1', 'localhost'] : [])]);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requireOurs(request, hosts);
    const path = pathOf(request);
    if (!/^\/api(\/|$)/.test(path)) return sendFile(path, request, response);
    requireToken(request, options.token);
    const name = path.slice('/api/'.length);
    requireMethod(request, name === 'changes' || name === 'contract' ? 'GET' : 'POST');
    if (name === 'changes') return follow(response);
    if (name === 'contract') return sendJson(response, 200, describeContract());
    const reply = await options.engine.ask(name, await readInput(request));
    if (reply.ok) sendJson(response, 200, { ok: true, value: reply.value ?? {} });
    else sendProblem(request, response, reply.problem);
  }

  async function sendFile(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = request.method === 'GET' || request.method === 'HEAD' ? await windowFile(path) : undefined;
    if (file) {
      const headers = { ...safeHeaders, 'content-type': file.kind, 'content-length': file.bytes.length };
      response.writeHead(200, headers).end(file.bytes);
      return;
    }
    const text =
      path === '/' ? 'The window is not built yet. Build it with: npm run build\n' : 'There is nothing here.\n';
    response.writeHead(404, { ...safeHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(text);
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { ...safeHeaders, 'content-type': 'application/x-ndjson; charset=utf-8' });
    const write = (change: Change): void => {
      response.write(`${JSON.stringify(change)}\n`);
      if (response.writableLength > streamLimit) response.destroy();
    };
    write({ type: 'ready' });
    const end = options.engine.listen(write);
    streams.add(response);
    response.once('close', () => {
      end();
      streams.delete(response);
    });
  }

  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const stream of streams) stream.end();
        setImmediate(() => server.closeAllConnections());
      }),
  };
}

function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/';
}

/** A page of another site can neither call us by a name of its own nor speak for our window. */
function requireOurs({ headers }: IncomingMessage, hosts: ReadonlySet<string>): void {
  if (!hosts.has(headers.host?.toLowerCase() ?? '')) {
    throw new RingbackError('unauthorized', 'Ringback answers only under its own address on this computer.');
  }
  if (headers.origin !== undefined && ![...hosts].some((host) => headers.origin === `http://${host}`)) {
    throw new RingbackError('unauthorized', 'Another site may not ask Ringback.');
  }
}

/** In constant time. */
function requireToken({ headers }: IncomingMessage, token: string): void {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(given), digest(token))) return;
  throw new RingbackError(
    'unauthorized',
    'The token is missing or wrong. It stands in the address that was printed at the start.',
  );
}

function requireMethod({ method, url }: IncomingMessage, wanted: 'GET' | 'POST'): void {
  if (method !== wanted) throw new RingbackError('invalid-input', `${url} must be asked with ${wanted}.`);
}

async function readInput(request: IncomingMessage): Promise<unknown> {
  const tooLarge = new RingbackError('invalid-input', 'The request is larger than 1 MB.');
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) throw tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) reject(tooLarge);
      else chunks.push(chunk);
    });
    request.once('end', resolve);
    request.once('close', resolve);
  });
  if (size === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new RingbackError('invalid-input', 'The body is not JSON in UTF-8.', { cause: error });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: object = {}): void {
  if (response.destroyed || response.headersSent) return;
  const text = JSON.stringify(body);
  const type = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...safeHeaders, ...type, ...headers }).end(text);
}

/** A body that is still coming is read and dropped, so that the asker hears the answer instead of a reset. */
function sendProblem(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  const headers = {
    ...(problem.code === 'unauthorized' ? { 'www-authenticate': 'Bearer' } : {}),
    ...(request.complete ? {} : { connection: 'close' }),
  };
  sendJson(response, statuses[problem.code], { ok: false, problem }, headers);
  request.resume();
}

function describeContract(): object {
  const entries = Object.entries(methods).map(([name, { input, output }]) => {
    const schemas = { input: z.toJSONSchema(input, { io: 'input' }), output: z.toJSONSchema(output) };
    return [name, schemas] as const;
  });
  return Object.fromEntries(entries);
}

function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem: Problem = { code: 'invalid-input', message: 'This is not a request that can be understood.' };
  const body = JSON.stringify({ ok: false, problem });
  const head = `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8`;
  socket.end(`${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use by another program. Close it, or set RINGBACK_PORT to another port.`
          : `Port ${port} cannot be used (${error.code}). Set RINGBACK_PORT to another port.`;
      reject(new RingbackError('conflict', reason, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
