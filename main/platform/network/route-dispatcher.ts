import type { IncomingHttpHeaders } from 'node:http';
import { Agent, Dispatcher } from 'undici';
import { type ConnectorOptions, createConnector, type Hop, hopOf } from './hop.ts';
import { NetworkError } from './network-error.ts';
import { explainBreak, proxyAuthenticationRequired, rejectedBy } from './proxy.ts';
import type { Route, RouteResolver } from './routes.ts';

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;
type HeaderRecord = Record<string, string | string[] | undefined>;

/** The controller of a request that fails before it has a connection. */
const idleController: Controller = { aborted: false, paused: false, reason: null, abort() {}, pause() {}, resume() {} };

/** Sends each request along the first of its routes that connects; reuses open connections. */
export class RouteDispatcher extends Dispatcher {
  readonly #resolve: RouteResolver;
  readonly #options: ConnectorOptions;
  readonly #agents = new Map<string, Agent>();

  constructor(resolve: RouteResolver, options: ConnectorOptions) {
    super();
    this.#resolve = resolve;
    this.#options = options;
  }

  override dispatch(request: Dispatcher.DispatchOptions, handler: Handler): boolean {
    const origin = new URL(String(request.origin));
    this.#resolve(origin).then(
      (routes) => this.#attempt(routes, origin, request, handler),
      (error: Error) => handler.onResponseError?.(idleController, error),
    );
    return true;
  }

  override async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.close()));
  }

  override async destroy(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
  }

  #attempt(
    [route = 'direct', ...others]: readonly Route[],
    origin: URL,
    request: Dispatcher.DispatchOptions,
    handler: Handler,
  ): void {
    const hop = hopOf(route, origin, request.path);
    const retry = others.length > 0 ? () => this.#attempt(others, origin, request, handler) : undefined;
    const headers = Object.keys(hop.headers).length > 0 ? withHeaders(request.headers, hop.headers) : request.headers;
    const sent = { ...request, origin: hop.origin, path: hop.path, ...(headers === undefined ? {} : { headers }) };
    this.#agentOf(route, hop).dispatch(sent, new RouteHandler(handler, hop, retry));
  }

  #agentOf(route: Route, { forwardedBy }: Hop): Agent {
    const forwards = forwardedBy !== undefined;
    const key = JSON.stringify([route, forwards]);
    const existing = this.#agents.get(key);
    if (existing) return existing;
    const agent = new Agent({ connect: createConnector(route, forwards, this.#options), allowH2: false });
    this.#agents.set(key, agent);
    return agent;
  }
}

/** Passes everything on to a handler, but tries the next route where nothing was sent yet. */
class RouteHandler implements Handler {
  readonly #handler: Handler;
  readonly #hop: Hop;
  readonly #retry: (() => void) | undefined;
  #started = false;
  #responded = false;

  constructor(handler: Handler, hop: Hop, retry: (() => void) | undefined) {
    this.#handler = handler;
    this.#hop = hop;
    this.#retry = retry;
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#started = true;
    this.#handler.onRequestStart?.(controller, context);
  }
  onBodySent(chunk: Buffer): void {
    this.#handler.onBodySent?.(chunk);
  }
  onRequestSent(): void {
    this.#handler.onRequestSent?.();
  }
  onResponseStarted(): void {
    this.#handler.onResponseStarted?.();
  }
  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders, statusMessage?: string): void {
    const { forwardedBy } = this.#hop;
    this.#responded = true;
    if (forwardedBy && status === proxyAuthenticationRequired)
      controller.abort(rejectedBy(forwardedBy, status, headers['proxy-authenticate']));
    else this.#handler.onResponseStart?.(controller, status, headers, statusMessage);
  }
  onResponseData(controller: Controller, chunk: Buffer): void {
    this.#handler.onResponseData?.(controller, chunk);
  }
  onResponseEnd(controller: Controller, trailers: IncomingHttpHeaders): void {
    this.#handler.onResponseEnd?.(controller, trailers);
  }
  onResponseError(controller: Controller, error: Error): void {
    if (this.#retry && !this.#started && error instanceof NetworkError) this.#retry();
    else
      this.#handler.onResponseError?.(controller, this.#responded ? error : explainBreak(this.#hop.forwardedBy, error));
  }
}

/** The headers with others added, which replace those of the same name. */
function withHeaders(
  given: Dispatcher.DispatchOptions['headers'],
  added: Readonly<Record<string, string>>,
): HeaderRecord {
  const pairs: (readonly [string, string | string[] | undefined])[] = [];
  if (Array.isArray(given)) {
    for (let index = 0; index + 1 < given.length; index += 2) pairs.push([given[index] ?? '', given[index + 1]]);
  } else if (given && Symbol.iterator in given) {
    for (const pair of given as Iterable<[string, string | string[] | undefined]>) pairs.push(pair);
  } else pairs.push(...Object.entries((given ?? {}) as HeaderRecord));
  const names = new Set(Object.keys(added));
  return { ...Object.fromEntries(pairs.filter(([name]) => !names.has(name.toLowerCase()))), ...added };
}
