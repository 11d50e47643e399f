import { fetch as undiciFetch } from 'undici';
import { createFileFetch, type FileFetch } from './file-fetch.ts';
import type { ConnectorOptions } from './hop.ts';
import { codedError, NetworkError, type NetworkStep } from './network-error.ts';
import { createProxyFinder, type FindProxy } from './proxy-route.ts';
import { isTimeout, readRequest } from './request.ts';
import { RouteDispatcher } from './route-dispatcher.ts';
import { type ProxyChoice, type RouteResolver, resolveRoutes, type SystemProxy } from './routes.ts';
import type { Lookup } from './tcp.ts';

/** Sends the requests of a network. */
export interface Transport {
  readonly fetch: typeof globalThis.fetch;
  /** For large files. */
  readonly fetchFile: FileFetch;
  /** For connections other than HTTP, and for programs. */
  readonly findProxy: FindProxy;
  /** Later requests use this choice and wait for it where it is pending. One that rejects counts as "system". */
  setProxy(choice: ProxyChoice | Promise<ProxyChoice>): void;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly system: SystemProxy;
  /** Milliseconds for each step of connecting; 10 s when absent. */
  readonly timeout?: number;
  readonly lookup?: Lookup;
}

const defaultTimeout = 10_000;
/** Limit of origins whose connection step is stored. */
const mostOrigins = 1000;

export function openTransport({ system, timeout = defaultTimeout, lookup }: TransportOptions): Transport {
  let resolver: Promise<RouteResolver> = Promise.resolve(resolveRoutes({ mode: 'system' }, system));
  const steps = new Map<string, { readonly step: NetworkStep; readonly proxy?: string }>();
  const options: ConnectorOptions = {
    timeout,
    ...(lookup ? { lookup } : {}),
    onStep(origin, step, proxy) {
      if (step === undefined) steps.delete(origin);
      else {
        if (steps.size >= mostOrigins) steps.clear();
        steps.set(origin, { step, ...(proxy === undefined ? {} : { proxy }) });
      }
    },
  };
  const resolve: RouteResolver = async (origin) => (await resolver)(origin);
  const dispatcher = new RouteDispatcher(resolve, options);

  return {
    async fetch(input, init) {
      const { url, ...request } = await readRequest(input, init);
      try {
        const response = await undiciFetch(url, { ...request, dispatcher });
        return response as unknown as Response;
      } catch (error) {
        const at = isTimeout(error) ? steps.get(new URL(url).origin) : undefined;
        if (!at) throw error;
        throw new NetworkError(at.step, { ...at, cause: codedError('ETIMEDOUT', 'timed out') });
      }
    },
    fetchFile: createFileFetch(resolve, options),
    findProxy: createProxyFinder(resolve, options),
    setProxy(choice) {
      resolver = Promise.resolve(choice)
        .catch((): ProxyChoice => ({ mode: 'system' }))
        .then((chosen) => resolveRoutes(chosen, system));
    },
    close: () => dispatcher.destroy(),
  };
}
