import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Change, methods, type Output, type Problem, type ProblemCode } from '../../preload/contract/index.ts';
import { RingbackError, toProblem } from '../engine/errors.ts';
import { describe, type Log } from '../engine/log.ts';
import { accessMessages } from '../engine/messages/index.ts';
import type { AccessToken } from './token.ts';

/** The members of the engine that the API uses. */
export interface ApiEngine {
  ask(
    method: string,
    input: unknown,
    caller?: 'window' | 'shell',
  ): Promise<{ readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem }>;
  /** Returns a function that removes the listener. */
  listen(listener: (change: Change) => void): () => void;
}

interface ApiRoutesOptions {
  readonly engine: ApiEngine;
  /** Grants access to all of the API. Streams of changes end when it is replaced. */
  readonly token: AccessToken;
  /** Sent with every response. */
  readonly headers: Readonly<Record<string, string>>;
  readonly log: Log;
  /** Some methods are available to the command line only. */
  readonly caller: 'window' | 'shell';
}

/** The contract over HTTP: `POST /api/<method>`, `GET /api/changes` and `GET /api/contract`; and `GET /metrics`. */
interface ApiRoutes {
  /** Responds to a request whose path belongs to the API; throws its failure. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Throws where the request does not carry the token. */
  requireToken(request: IncomingMessage): void;
  sendJson(response: ServerResponse, status: number, body: unknown): void;
  /** Sends an error as a problem, and logs it where it is a bug. */
  fail(request: IncomingMessage, response: ServerResponse, error: unknown): void;
  /** Ends the streams of changes. */
  close(): void;
}

const bodyLimit = 1024 * 1024;
/** A listener that falls this many bytes behind is disconnected; it reconnects and loads the state again. */
const streamLimit = 8 * 1024 * 1024;
/** Milliseconds for a listener to read what is buffered when its stream ends. */
const streamGrace = 1000;

const statuses: Readonly<Record<ProblemCode, number>> = {
  'invalid-input': 400,
  unauthorized: 401,
  'not-found': 404,
  conflict: 409,
  internal: 500,
  provider: 502,
  offline: 503,
};

export function createApiRoutes({ engine, token, headers, log, caller }: ApiRoutesOptions): ApiRoutes {
  const sendJson = (response: ServerResponse, status: number, body: unknown, more: object = {}): void => {
    if (response.destroyed || response.headersSent) return;
    const text = JSON.stringify(body);
    const type = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) };
    response.writeHead(status, { ...headers, ...type, ...more }).end(text);
  };
  /** Reads and discards the rest of a body, so that the caller gets the response instead of a reset. */
  const sendProblem = (request: IncomingMessage, response: ServerResponse, problem: Problem): void => {
    const more = {
      ...(problem.code === 'unauthorized' ? { 'www-authenticate': 'Bearer' } : {}),
      ...(request.complete ? {} : { connection: 'close' }),
    };
    sendJson(response, statuses[problem.code], { ok: false, problem }, more);
    request.resume();
  };
  const { follow, endStreams } = createStreams(engine, headers);
  token.onRotation(endStreams);
  return {
    async answer(request, response) {
      requireToken(request, token.value);
      if (pathOf(request) === metricsPath) {
        requireMethod(request, 'GET');
        const figures = await engine.ask('metrics.read', {});
        return figures.ok
          ? sendText(response, headers, figures.value)
          : sendProblem(request, response, figures.problem);
      }
      const name = pathOf(request).slice('/api/'.length);
      requireMethod(request, name === 'changes' || name === 'contract' ? 'GET' : 'POST');
      if (name === 'changes') return follow(response);
      if (name === 'contract') return sendJson(response, 200, describeContract());
      const reply = await engine.ask(name, await readInput(request), caller);
      if (reply.ok) sendJson(response, 200, { ok: true, value: reply.value ?? {} });
      else sendProblem(request, response, reply.problem);
    },
    requireToken: (request) => requireToken(request, token.value),
    sendJson,
    fail(request, response, error) {
      if (!(error instanceof RingbackError))
        log.warn('host', `${request.method} ${pathOf(request)}: ${describe(error)}`);
      sendProblem(request, response, toProblem(error));
    },
    close: endStreams,
  };
}

/** The open streams of changes. */
function createStreams(engine: ApiEngine, headers: ApiRoutesOptions['headers']) {
  /** Functions that end one stream each. */
  const streams = new Set<() => void>();
  const follow = (response: ServerResponse): void => {
    response.writeHead(200, { ...headers, 'content-type': 'application/x-ndjson; charset=utf-8' });
    const write = (change: Change): void => {
      response.write(`${JSON.stringify(change)}\n`);
      if (response.writableLength > streamLimit) response.destroy();
    };
    write({ type: 'ready' });
    const unlisten = engine.listen(write);
    const end = (): void => {
      unlisten();
      streams.delete(end);
      response.end();
      // A listener that has stopped reading would keep the connection open.
      if (response.writableLength > 0) setTimeout(() => response.destroy(), streamGrace).unref();
    };
    streams.add(end);
    response.once('close', end);
  };
  const endStreams = (): void => {
    for (const end of streams) end();
  };
  return { follow, endStreams };
}

function sendText(response: ServerResponse, headers: ApiRoutesOptions['headers'], value: unknown): void {
  const { contentType, text } = value as Output<'metrics.read'>;
  response.writeHead(200, { ...headers, 'content-type': contentType }).end(text);
}

const metricsPath = '/metrics';

export function isApiPath(path: string): boolean {
  return path === metricsPath || /^\/api(\/|$)/.test(path);
}

export function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '/';
}

/** Compares in constant time. */
function requireToken({ headers }: IncomingMessage, token: string): void {
  const [, given = ''] = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(given), digest(token))) return;
  throw new RingbackError('unauthorized', accessMessages.token());
}

function requireMethod(request: IncomingMessage, wanted: 'GET' | 'POST'): void {
  if (request.method === wanted) return;
  throw new RingbackError('invalid-input', accessMessages.wrongMethod({ path: pathOf(request), method: wanted }));
}

async function readInput(request: IncomingMessage): Promise<unknown> {
  const tooLarge = new RingbackError('invalid-input', accessMessages.tooLarge());
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
    throw new RingbackError('invalid-input', accessMessages.notJson(), { cause: error });
  }
}

function describeContract(): object {
  const entries = Object.entries(methods).map(([name, { input, output }]) => {
    const schemas = { input: z.toJSONSchema(input, { io: 'input' }), output: z.toJSONSchema(output) };
    return [name, schemas] as const;
  });
  return Object.fromEntries(entries);
}
