import { type Bypass, isLoopback, parseBypass, splitList } from './bypass.ts';
import { codedError, NetworkError } from './network-error.ts';
import { basic, type ProxyServer, parseProxy, standardPort } from './proxy.ts';

/** How a request leaves this computer: through a proxy, or directly. */
export type Route = ProxyServer | 'direct';

/** The routes to an origin, in the order in which to try them; never empty. */
export type RouteResolver = (origin: URL) => Promise<readonly Route[]>;

/** The user's choice of a proxy. */
export type ProxyChoice =
  | { readonly mode: 'system' }
  | { readonly mode: 'none' }
  | {
      readonly mode: 'manual';
      readonly url: string;
      readonly username?: string | undefined;
      readonly password?: string | undefined;
      readonly bypass?: readonly string[] | undefined;
    };

export interface SystemProxy {
  /**
   * Returns proxies in the format of a PAC file, such as "PROXY proxy.example:3128; DIRECT". Where absent, only the
   * environment is used.
   */
  readonly resolve?: ((url: string) => Promise<string>) | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** The routes for a choice of proxy; loopback addresses are always direct. */
export function resolveRoutes(choice: ProxyChoice, system: SystemProxy): RouteResolver {
  const routesOf = chosenRoutes(choice, system);
  return async (origin) => (isLoopback(origin.hostname) ? ['direct'] : routesOf(origin));
}

function chosenRoutes(choice: ProxyChoice, { resolve, environment }: SystemProxy): RouteResolver {
  if (choice.mode === 'none') return async () => ['direct'];
  if (choice.mode === 'manual') return manualRoutes(choice);
  if (!resolve) return environmentRoutes(environment);
  return async (origin) => {
    const answer = await resolve(`${origin.origin}/`).catch((cause: unknown) => {
      throw new NetworkError('proxy', { cause });
    });
    return parsePac(answer);
  };
}

function manualRoutes(choice: Extract<ProxyChoice, { mode: 'manual' }>): RouteResolver {
  const { url, username = '', password = '', bypass = [] } = choice;
  const proxy = readProxy(url) ?? 'direct';
  const authorization = username === '' ? {} : { authorization: basic(username, password) };
  return routesPast(parseBypass(bypass), async () => {
    const usable = usableRoute(proxy);
    return [usable === 'direct' ? usable : { ...usable, ...authorization }];
  });
}

/** The routes in HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; lower-case names take precedence, as in curl. */
export function environmentRoutes(environment: NodeJS.ProcessEnv): RouteResolver {
  const read = (name: string): string => environment[name] || environment[name.toUpperCase()] || '';
  const all = readProxy(read('all_proxy'));
  const proxies: Readonly<Record<string, ReadProxy>> = {
    'http:': readProxy(read('http_proxy')) ?? all,
    'https:': readProxy(read('https_proxy')) ?? all,
  };
  const isBypassed = parseBypass(splitList(read('no_proxy')));
  return routesPast(isBypassed, async ({ protocol }) => [usableRoute(proxies[protocol] ?? 'direct')]);
}

type ReadProxy = ProxyServer | 'unreadable' | undefined;

/** Undefined for an empty text. */
function readProxy(text: string): ReadProxy {
  return text.trim() === '' ? undefined : (parseProxy(text) ?? 'unreadable');
}

/** Throws for a proxy whose address cannot be parsed, so that no request bypasses it. */
function usableRoute(route: Route | 'unreadable'): Route {
  if (route !== 'unreadable') return route;
  throw new NetworkError('proxy', { cause: codedError('ERR_PROXY_UNREADABLE', 'the address names no proxy') });
}

function routesPast(isBypassed: Bypass, routesOf: RouteResolver): RouteResolver {
  return async (origin) => {
    const port = Number(origin.port || standardPort(origin.protocol));
    return isBypassed(origin.hostname, port) ? ['direct'] : routesOf(origin);
  };
}

/** The routes in the result of a PAC file; direct without any. */
export function parsePac(answer: string): readonly Route[] {
  const routes = answer.split(';').flatMap((entry): readonly Route[] => {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return ['direct'];
    const scheme = kind.toUpperCase() === 'PROXY' ? 'http' : kind.toLowerCase();
    const proxy = address === '' ? undefined : parseProxy(`${scheme}://${address}`);
    return proxy ? [proxy] : [];
  });
  return routes.length > 0 ? routes : ['direct'];
}
