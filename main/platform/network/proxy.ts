import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { codedError, NetworkError } from './network-error.ts';
import { connectTcp, type TcpOptions } from './tcp.ts';
import { connectTls } from './tls.ts';

/** A proxy: HTTP over TCP or TLS, or another kind, which Ringback does not support and reports. */
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
  try {
    const { response, socket } = await requestTunnel(connection, proxy, `${host}:${port}`, options.timeout);
    const { statusCode = 0, headers } = response;
    if (statusCode < 200 || statusCode >= 300) throw rejectedBy(proxy, statusCode, headers['proxy-authenticate']);
    return socket;
  } catch (error) {
    connection.on('error', () => {}).destroy();
    throw error instanceof NetworkError ? error : failedAt(proxy, error);
  }
}

interface Tunnel {
  readonly response: IncomingMessage;
  readonly socket: Socket;
}

/** Requests a tunnel. Parses the response leniently, since old proxies end lines with a bare LF. */
function requestTunnel(connection: Socket, proxy: ProxyServer, target: string, timeout: number): Promise<Tunnel> {
  return new Promise((resolve, reject) => {
    const sent = request({
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...authorizationOf(proxy) },
      createConnection: () => connection,
      insecureHTTPParser: true,
      signal: AbortSignal.timeout(timeout),
    });
    sent.on('error', reject);
    sent.on('connect', (response, socket: Socket, first) => {
      if (first.length > 0) socket.unshift(first);
      resolve({ response, socket });
    });
    sent.end();
  });
}

/** The error for a response of this status by the proxy in place of the host. */
export function rejectedBy(
  proxy: ProxyServer,
  status: number,
  authenticate?: string | readonly string[],
): NetworkError {
  const rejection = { proxy: hostOf(proxy), status };
  if (status !== proxyAuthenticationRequired) return new NetworkError('proxy', rejection);
  const schemes = schemesOf([authenticate ?? []].flat());
  if (schemes.length > 0 && !schemes.some((scheme) => /^basic$/i.test(scheme)))
    return new NetworkError('proxy', { ...rejection, schemes: schemes.join(', ') });
  return new NetworkError('proxy', { ...rejection, ...(proxy.authorization ? { credentials: 'rejected' } : {}) });
}

export const proxyAuthenticationRequired = 407;
const mostSchemes = 5;

/** The names of the schemes in Proxy-Authenticate headers; parameters are recognized by their "=". */
function schemesOf(headers: readonly string[]): readonly string[] {
  const names = headers
    .flatMap((header) =>
      header
        .slice(0, 1000)
        .replace(/"[^"]*"?/g, '')
        .split(','),
    )
    .map((part) => /^\s*([A-Za-z][\w-]{1,19})(?=\s|$)(?!\s*=)/.exec(part)?.[1] ?? '');
  return [...new Set(names)].filter(Boolean).slice(0, mostSchemes);
}

/** The error for a connection that breaks before the response: with a forwarding proxy, the proxy has failed. */
export function explainBreak<Failure>(forwardedBy: ProxyServer | undefined, error: Failure): Failure | NetworkError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return forwardedBy && /^(UND_ERR_SOCKET|ECONNRESET|EPIPE|HPE_.*)$/.test(code) ? failedAt(forwardedBy, error) : error;
}

/** The error for a proxy that does not respond, or not as a proxy. */
function failedAt(proxy: ProxyServer, cause: unknown): NetworkError {
  return new NetworkError('proxy', { proxy: hostOf(proxy), cause });
}

export function authorizationOf({ authorization }: ProxyServer): Record<string, string> {
  return authorization === undefined ? {} : { 'proxy-authorization': authorization };
}

/**
 * Parses a proxy such as `http://user:password@proxy.example:3128`; undefined without a host. Users write user names
 * and passwords unencoded (`ACME\\ann:p#ss/word`), which is not a valid URL, so everything before the last "@" is
 * credentials, unless that "@" is in a path or query.
 */
export function parseProxy(text: string): ProxyServer | undefined {
  const plain = text
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
  // A user name and a password that begins with "/" are no scheme.
  const [, scheme = 'http', rest = ''] = /^(?:(https?(?=:\/)|[a-z][a-z\d+.-]*(?=:\/\/)):\/+)?(.*)$/is.exec(plain) ?? [];
  const at = hasPath(rest) ? -1 : rest.lastIndexOf('@');
  const authority = rest.slice(at + 1).replace(/[/?#].*$/s, '');
  // With an unknown scheme, URL would keep a port that is the default of http.
  const url = URL.parse(`http://${authority}`);
  if (!url?.hostname) return undefined;
  const protocol = protocols[scheme.toLowerCase()] ?? 'unsupported';
  const isStandardPort = !/:\d+$/.test(authority);
  const [username = '', ...password] = rest.slice(0, Math.max(at, 0)).split(':');
  const authorization = at > 0 ? { authorization: basic(decode(username), decode(password.join(':'))) } : {};
  return {
    protocol,
    host: url.hostname,
    port: isStandardPort ? standardPort(protocol) : Number(url.port || 80),
    ...authorization,
  };
}

/** Whether an "@" behind the scheme is in a path or query: a host precedes these, and no port follows the "@". */
function hasPath(rest: string): boolean {
  const [, before = '', after = ''] = /^(.*)@(.*)$/s.exec(rest) ?? [];
  if (/:\d+\/?$/.test(after)) return false;
  return /^(?:[^/?#@:\\]+|\[[^\]]*\]):\d{1,5}[/?#]/.test(before) || /^[^/?#@:\\]+[/?#][^:]*$/.test(before);
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
export function hostOf({ host, port }: ProxyServer): string {
  return `${host}:${port}`;
}
