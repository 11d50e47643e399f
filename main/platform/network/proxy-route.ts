import type { Socket } from 'node:net';
import type { ConnectorOptions } from './hop.ts';
import { connectThroughProxy, type ProxyServer } from './proxy.ts';
import type { RouteResolver } from './routes.ts';

interface ProxyTarget {
  readonly host: string;
  readonly port: number;
}

/** The proxy between this computer and a target. */
interface ProxyRoute {
  /** Host and port of the proxy. */
  readonly name: string;
  /** The proxy's URL with credentials, as in HTTPS_PROXY. */
  readonly url: string;
  /** Opens a connection to the target through the proxy (CONNECT). */
  connect(): Promise<Socket>;
}

/** Undefined where the target is reached directly. */
export type FindProxy = (target: ProxyTarget) => Promise<ProxyRoute | undefined>;

/** Finds the proxy of a target: the one for an https URL with its host and port. */
export function createProxyFinder(resolve: RouteResolver, { timeout, lookup }: ConnectorOptions): FindProxy {
  return async ({ host, port }) => {
    const name = host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host;
    const [route = 'direct'] = await resolve(new URL(`https://${name}:${port}`));
    if (route === 'direct') return undefined;
    return {
      name: `${route.host}:${route.port}`,
      url: urlOf(route),
      connect: () => connectThroughProxy(route, { host: name, port }, { timeout, ...(lookup ? { lookup } : {}) }),
    };
  };
}

function urlOf({ protocol, host, port, authorization = '' }: ProxyServer): string {
  const [username = '', ...password] = Buffer.from(authorization.replace(/^Basic /, ''), 'base64')
    .toString()
    .split(':');
  const credentials = username && `${encodeURIComponent(username)}:${encodeURIComponent(password.join(':'))}@`;
  return `${protocol === 'https:' ? 'https' : 'http'}://${credentials}${host}:${port}`;
}
