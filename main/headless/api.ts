import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Problem } from '../../preload/contract/index.ts';
import { type AccessToken, type ApiEngine, createApiRoutes, isApiPath, pathOf } from '../control/index.ts';
import { RingbackError } from '../engine/errors.ts';
import type { Log } from '../engine/log.ts';
import { accessMessages, problemMembers } from '../engine/messages/index.ts';
import { createWindowFiles, windowHeaders } from '../platform/index.ts';
import { headlessMessages } from './messages.ts';
import { createOneTimeCodes } from './one-time-codes.ts';

/** The listener of window and API. */
export interface Api {
  readonly port: number;
  /** Resolves when all connections are closed, including the streams of changes. */
  close(): Promise<void>;
}

interface ApiOptions {
  readonly engine: ApiEngine;
  /** 0 = any free port. */
  readonly port: number;
  /** Grants access to all of the API. */
  readonly token: AccessToken;
  /** The folder of the built window. */
  readonly folder: string;
  readonly log: Log;
  /** Milliseconds of a clock for the age of one-time codes; the system's where absent. */
  now?(): number;
}

const safeHeaders = {
  ...windowHeaders('self'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** Listens on 127.0.0.1 only. Throws a conflict that names the port where it is in use. */
export async function openApi(options: ApiOptions): Promise<Api> {
  const routes = createApiRoutes({ ...options, headers: safeHeaders, caller: 'window' });
  const codes = createOneTimeCodes(options.now ?? Date.now);
  options.token.onRotation(codes.revoke);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      answer(request, response).catch((error: unknown) => routes.fail(request, response, error));
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
    if (path === '/api/code' && request.method === 'POST') issueCode(request, response);
    else if (path === '/open' && request.method === 'GET') openWindow(request, response);
    else if (isApiPath(path)) await routes.answer(request, response);
    else await sendFile(path, request, response);
  }

  function issueCode(request: IncomingMessage, response: ServerResponse): void {
    routes.requireToken(request);
    routes.sendJson(response, 200, { ok: true, value: { path: `/open?code=${codes.issue()}` } });
  }

  /** Redirects a browser with a one-time code to the URL with the token, others to the window, which asks for it. */
  function openWindow({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const code = new URLSearchParams(url.split('?')[1]).get('code') ?? '';
    const location = codes.redeem(code) ? `/#token=${options.token.value}` : '/';
    response.writeHead(303, { ...safeHeaders, location }).end();
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

  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        routes.close();
        setImmediate(() => server.closeAllConnections());
      }),
  };
}

/**
 * Rejects requests with another Host or Origin: a page of another site can neither reach this server under its own name
 * nor use the window's token.
 */
function requireOurs({ headers }: IncomingMessage, hosts: ReadonlySet<string>): void {
  if (!hosts.has(headers.host?.toLowerCase() ?? '')) {
    throw new RingbackError('unauthorized', accessMessages.otherAddress());
  }
  if (headers.origin !== undefined && ![...hosts].some((host) => headers.origin === `http://${host}`)) {
    throw new RingbackError('unauthorized', accessMessages.otherSite());
  }
}

function refuseBroken(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem: Problem = { code: 'invalid-input', ...problemMembers(accessMessages.notHttp()) };
  const body = JSON.stringify({ ok: false, problem });
  const head = `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8`;
  socket.end(`${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? headlessMessages.portInUse({ port })
          : headlessMessages.portUnusable({ port, code: error.code ?? '' });
      reject(new RingbackError('conflict', reason, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
