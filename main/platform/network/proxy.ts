import type { Socket } from 'node:net';
import { Client } from 'undici';
import { codedError, NetworkError } from './network-error.ts';
import { connectTcp, type TcpOptions } from './tcp.ts';
import { connectTls } from './tls.ts';

/** A proxy: HTTP over TCP or TLS, or another kind, which Ringback cannot use and reports as such. */
export interface ProxyServer {
  readonly protocol: 'http:' | 'https:' | 'unsupported';
  readonly host: string;
  readonly port: number;
  /** The value of Proxy-Authorization. */
  readonly authorization?: string;
}

type ConnectOptions = Omit<TcpOptions, 'host' | 'port'>;

/** Opens a connection to the proxy itself. */
export async function connectToProxy(proxy: ProxyServer, options: ConnectOptions): Promise<Socket> {
  const { protocol, host, port } = proxy;
  if (protocol === 'unsupported') {
    const cause = codedError('ERR_PROXY_UNSUPPORTED', 'the proxy is neither http nor https');
    throw new NetworkError('proxy', { proxy: hostOf(proxy), cause });
  }
  try {
    const socket = await connectTcp({ ...options, host, port });
    return protocol === 'https:' ? await connectTls(socket, host, options.timeout) : socket;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    const { issuer, cause } = error;
    throw new NetworkError('proxy', { proxy: hostOf(proxy), cause, ...(issuer === undefined ? {} : { issuer }) });
  }
}

/** Opens a connection to a host and port through the proxy (CONNECT). */
export async function connectThroughProxy(
  proxy: ProxyServer,
  { host, port }: { readonly host: string; readonly port: number },
  options: ConnectOptions,
): Promise<Socket> {
  const connection = await connectToProxy(proxy, options);
  const client = new Client(`http://${hostOf(proxy)}`, {
    // undici waits forever for a connection that is there before its call returns.
    connect: (_, callback) => queueMicrotask(() => callback(null, connection)),
    headersTimeout: options.timeout,
  });
  const target = `${host}:${port}`;
  try {
    const { statusCode, socket } = await client.connect({
      path: target,
      headers: { host: target, ...authorizationOf(proxy) },
      signal: AbortSignal.timeout(options.timeout),
    });
    if (statusCode >= 200 && statusCode < 300) return socket as Socket;
    socket.on('error', () => {}).destroy();
    throw rejectedBy(proxy, statusCode);
  } catch (error) {
    connection.destroy();
    if (error instanceof NetworkError) throw error;
    throw new NetworkError('proxy', { proxy: hostOf(proxy), cause: error });
  }
}

/** The failure where the proxy itself responds with this status in place of the host. */
export function rejectedBy(proxy: ProxyServer, status: number): NetworkError {
  return new NetworkError('proxy', { proxy: hostOf(proxy), status });
}

export function authorizationOf({ authorization }: ProxyServer): Record<string, string> {
  return authorization === undefined ? {} : { 'proxy-authorization': authorization };
}

/** The proxy of a URL such as `http://user:password@proxy.example:3128`; undefined where the text names no host. */
export function parseProxy(text: string): ProxyServer | undefined {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z\d+.-]*):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
  // The port of an unknown scheme would be kept even where it is the standard one of http.
  if (!URL.canParse(`http://${rest}`)) return undefined;
  const { hostname, port, username, password } = new URL(`http://${rest}`);
  const protocol = protocols[scheme.toLowerCase()] ?? 'unsupported';
  const isStandardPort = !/:\d+\/?$/.test(rest);
  const authorization = username === '' ? {} : { authorization: basic(decode(username), decode(password)) };
  return {
    protocol,
    host: hostname,
    port: isStandardPort ? standardPort(protocol) : Number(port || 80),
    ...authorization,
  };
}

const protocols: Readonly<Record<string, ProxyServer['protocol']>> = { http: 'http:', https: 'https:' };

export function standardPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}

/** The value of Proxy-Authorization for a user name and password. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Host and port, without credentials. */
function hostOf({ host, port }: ProxyServer): string {
  return `${host}:${port}`;
}
