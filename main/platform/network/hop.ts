import { isIP, type Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { NetworkError, type NetworkStep } from './network-error.ts';
import type { AddressFilter } from './private-address.ts';
import {
  authorizationOf,
  connectThroughProxy,
  connectToProxy,
  hostOf,
  type ProxyServer,
  standardPort,
} from './proxy.ts';
import type { Route } from './routes.ts';
import { connectTcp, type Lookup } from './tcp.ts';
import { connectTls } from './tls.ts';

/** Where a request is sent: to the server itself, or to a proxy that forwards it. */
export interface Hop {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The proxy that responds in place of the server where it rejects the request. */
  readonly forwardedBy?: ProxyServer;
}

/** https goes through a tunnel of the proxy; plain http is forwarded, as many proxies allow tunnels to port 443 alone. */
export function hopOf(route: Route, origin: URL, path: string): Hop {
  if (route === 'direct' || origin.protocol === 'https:') return { origin: origin.origin, path, headers: {} };
  const { protocol, host, port } = route;
  return {
    origin: `${protocol === 'https:' ? 'https:' : 'http:'}//${host}:${port}`,
    path: `${origin.origin}${path}`,
    headers: { host: origin.host, ...authorizationOf(route) },
    forwardedBy: route,
  };
}

export interface ConnectorOptions {
  /** Milliseconds for each step. */
  readonly timeout: number;
  readonly lookup?: Lookup;
  /** Throws for a server address that must not be connected to; not used with a proxy, which resolves names itself. */
  readonly filter?: AddressFilter;
  /** Called with the step of a connection to this origin, and its proxy; undefined when it is open or has failed. */
  onStep(origin: string, step: NetworkStep | undefined, proxy?: string): void;
}

/** Opens connections for undici: to the server, or to the proxy that forwards its requests. */
export function createConnector(
  route: Route,
  forwards: boolean,
  { timeout, lookup, filter, onStep }: ConnectorOptions,
): buildConnector.connector {
  return ({ protocol, hostname, port }, callback) => {
    const target = { host: bracketed(hostname), port: Number(port || standardPort(protocol)) };
    const { origin } = new URL(`${protocol}//${target.host}:${target.port}`);
    const options = {
      timeout,
      ...(lookup ? { lookup } : {}),
      ...(filter ? { filter } : {}),
      onStep: (step: NetworkStep) => onStep(origin, step, route === 'direct' ? undefined : hostOf(route)),
    };
    openSocket(route, { ...target, isEncrypted: protocol === 'https:', forwards }, options)
      .finally(() => onStep(origin, undefined))
      .then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, null),
      );
  };
}

/** An IPv6 address in brackets, as in a URL; undici passes it without them. */
function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

interface Target {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  readonly forwards: boolean;
}
interface SocketOptions {
  readonly timeout: number;
  readonly lookup?: Lookup;
  readonly filter?: AddressFilter;
  onStep(step: NetworkStep): void;
}

async function openSocket(route: Route, target: Target, options: SocketOptions): Promise<Socket> {
  const { host, port, isEncrypted, forwards } = target;
  const { timeout, onStep } = options;
  if (route === 'direct') {
    const socket = await connectTcp({ ...options, host, port });
    if (!isEncrypted) return socket;
    onStep('tls');
    return connectTls(socket, host, timeout);
  }
  onStep('proxy');
  const toProxy = { timeout, ...(options.lookup ? { lookup: options.lookup } : {}), onStep: () => {} };
  if (forwards) return connectToProxy(route, toProxy);
  const socket = await connectThroughProxy(route, { host, port }, toProxy);
  onStep('tls');
  return connectTls(socket, host, timeout).catch((error: unknown) => {
    // Many proxies accept every tunnel and then close those that they do not allow.
    if (!(error instanceof NetworkError)) throw error;
    const { step, cause, issuer } = error;
    throw new NetworkError(step, { proxy: hostOf(route), cause, ...(issuer === undefined ? {} : { issuer }) });
  });
}
