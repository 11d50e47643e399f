import { type Bypass, isLoopback, parseBypass, splitList } from './bypass.ts';
import { codedError, NetworkError } from './network-error.ts';
import { basic, type ProxyServer, parseProxy, standardPort } from './proxy.ts';

/** How a request leaves this computer: through a proxy, or directly. */
export type Route = ProxyServer | 'direct';

/** The routes to try for an origin, in their order; never empty. */
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
  /** Answers as a PAC file does, such as "PROXY proxy.example:3128; DIRECT". Only the environment counts when absent. */
  readonly resolve?: ((url: string) => Promise<string>) | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** The routes of a choice; loopback is always direct. */
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

/** The routes of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; the names in lower case come first, as in curl. */
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

/** Undefined where the text is empty. */
function readProxy(text: string): ReadProxy {
  return text.trim() === '' ? undefined : (parseProxy(text) ?? 'unreadable');
}

/** Requests are never sent past a proxy because its address is misspelt. */
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

/** The routes of a PAC answer; without any it is direct. */
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
