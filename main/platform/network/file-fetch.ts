import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Client } from 'undici';
import { type ConnectorOptions, createConnector, hopOf } from './hop.ts';
import { getLeniently, isHeadRejected, isParserError } from './lenient-get.ts';
import { NetworkError } from './network-error.ts';
import {
  type AddressFilter,
  checkBehindProxy,
  createBriefLookup,
  privateAddressCode,
  privateAddressFilter,
} from './private-address.ts';
import { explainBreak, proxyAuthenticationRequired, rejectedBy } from './proxy.ts';
import type { Route, RouteResolver } from './routes.ts';
import { lookUp } from './tcp.ts';

interface FileRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Connects to a private network only where the host of this URL is in one, too. */
  readonly related?: string;
}

export interface FileResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** A GET over a connection of its own, whose body is read as a stream. */
export type FileFetch = (url: string, request: FileRequest) => Promise<FileResponse>;

/**
 * Costs half the work of `fetch`, which copies a body twice. Always uses HTTP/1.1, whose headers show whether a body
 * that ends early can be detected. The connection is closed when the body was read or returned, or the signal is
 * aborted.
 */
export function createFileFetch(resolve: RouteResolver, options: ConnectorOptions): FileFetch {
  const lenientOrigins = createLenientOrigins();
  const { lookup = lookUp } = options;
  const briefLookup = createBriefLookup(lookup);
  return async (url, request) => {
    const target = new URL(url);
    const routes = await resolve(target);
    const relatedLookup = routes.includes('direct') ? lookup : briefLookup;
    const filter: { readonly filter?: AddressFilter } =
      request.related === undefined ? {} : { filter: await privateAddressFilter(request.related, relatedLookup) };
    for (const [index, route] of routes.entries()) {
      try {
        if (route !== 'direct' && filter.filter) await checkBehindProxy(target.hostname, filter.filter, briefLookup);
        return await fetchAlong(route, target, request, { ...options, ...filter, lenientOrigins });
      } catch (error) {
        if (!(error instanceof NetworkError) || isRefused(error) || index === routes.length - 1) throw error;
        request.signal.throwIfAborted();
      }
    }
    throw new Error('no route');
  };
}

interface AlongOptions extends ConnectorOptions {
  readonly lenientOrigins: LenientOrigins;
}

/** Sends the request; a response that violates HTTP is requested once more and parsed leniently. */
async function fetchAlong(route: Route, target: URL, request: FileRequest, options: AlongOptions) {
  const { lenientOrigins } = options;
  if (lenientOrigins.has(target.origin)) return fetchLeniently(route, target, request, options);
  try {
    return await fetchStrictly(route, target, request, options);
  } catch (error) {
    if (!isHeadRejected(error)) throw error;
    lenientOrigins.add(target.origin);
    return fetchLeniently(route, target, request, options);
  }
}

async function fetchStrictly(
  route: Route,
  target: URL,
  { headers, signal }: FileRequest,
  options: AlongOptions,
): Promise<FileResponse> {
  const { origin, path, headers: added, forwardedBy } = hopOf(route, target, target.pathname + target.search);
  const connect = createConnector(route, forwardedBy !== undefined, options);
  // The caller decides through the signal how long to wait for the response.
  const client = new Client(origin, { connect, headersTimeout: 0, bodyTimeout: 0, pipelining: 0, allowH2: false });
  try {
    const sent = { ...acceptAll, ...headers, ...added };
    const response = await client.request({ method: 'GET', path, headers: sent, signal });
    if (forwardedBy && response.statusCode === proxyAuthenticationRequired)
      throw rejectedBy(forwardedBy, response.statusCode, response.headers['proxy-authenticate']);
    const body = bodyOf(response.body, {
      close: () => client.destroy(),
      failed(error) {
        // The next attempt parses it leniently.
        if (isParserError(error)) options.lenientOrigins.add(target.origin);
      },
    });
    return { status: response.statusCode, headers: toHeaders(response.headers), body };
  } catch (error) {
    await client.destroy();
    throw isHeadRejected(error) ? error : explainBreak(forwardedBy, error);
  }
}

async function fetchLeniently(
  route: Route,
  target: URL,
  { headers, signal }: FileRequest,
  options: AlongOptions,
): Promise<FileResponse> {
  const { origin, path, headers: added, forwardedBy } = hopOf(route, target, target.pathname + target.search);
  const connect = createConnector(route, forwardedBy !== undefined, options);
  const sent = { ...acceptAll, ...headers, ...added };
  const response = await getLeniently({ origin, path, headers: sent, signal, connect });
  const { statusCode: status = 0 } = response;
  if (forwardedBy && status === proxyAuthenticationRequired) {
    response.destroy();
    throw rejectedBy(forwardedBy, status, response.headers['proxy-authenticate']);
  }
  const body = bodyOf(response, { close: async () => void response.destroy(), failed() {} });
  return { status, headers: toHeaders(response.headers), body };
}

const acceptAll = { accept: '*/*' };

/** The origins whose latest response violated HTTP. */
interface LenientOrigins {
  has(origin: string): boolean;
  add(origin: string): void;
}

const mostLenientOrigins = 100;

function createLenientOrigins(): LenientOrigins {
  const origins = new Set<string>();
  return {
    has: (origin) => origins.has(origin),
    add(origin) {
      if (origins.size >= mostLenientOrigins) origins.clear();
      origins.add(origin);
    },
  };
}

interface BodyOptions {
  close(): Promise<void>;
  failed(error: unknown): void;
}

function bodyOf(body: Readable, { close, failed }: BodyOptions): AsyncIterable<Uint8Array> {
  const end = async (): Promise<IteratorResult<Uint8Array>> => {
    body.destroy();
    await close();
    return { done: true, value: undefined };
  };
  // The iterator reports the error to its consumer.
  body.on('error', () => {});
  return {
    [Symbol.asyncIterator]() {
      const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
      return {
        async next() {
          const result = await chunks.next().catch((error) => {
            failed(error);
            throw error;
          });
          return result.done === true ? end() : result;
        },
        return: end,
      };
    },
  };
}

function toHeaders(received: IncomingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(received)) {
    for (const one of [value].flat()) headers.append(name, one);
  }
  return headers;
}

function isRefused({ cause }: NetworkError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === privateAddressCode;
}
