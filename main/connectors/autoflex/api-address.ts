import type { Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { autoflexMessages } from './messages.ts';

export const documentedBase = 'https://www.autoflex10.dev/autoflex/servoy-service/velocity/webservice_v2';

/** The configured base URL. */
export function baseOf({ settings }: Context): string {
  return (settings.baseUrl || documentedBase).replace(/(?<!\/)\/+$/, '');
}

/**
 * The base URL of all requests after a sign-in that returned `api_url`. It receives the token, so a host other than
 * Autoflex10's or the configured one throws a conflict that names it, until the user has entered it as `apiHost`. An
 * invalid URL is ignored.
 */
export function apiBase(context: Context, apiUrl: unknown): string {
  const base = baseOf(context);
  const url = typeof apiUrl === 'string' ? URL.parse(apiUrl.trim()) : null;
  if (!url || !isSafe(url, base)) return base;
  if (!isTrusted(url, context, base)) {
    throw new RingbackError('conflict', autoflexMessages.otherHost({ host: url.hostname }));
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Whether it is https, or plain http from this computer to itself. */
function isSafe(url: URL, base: string): boolean {
  if (url.username || url.password) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url) && isLoopback(new URL(base)));
}

function isTrusted(url: URL, { settings }: Context, base: string): boolean {
  const configured = new URL(base);
  if (url.hostname === configured.hostname || (isLoopback(url) && isLoopback(configured))) return true;
  return /^(?:[a-z0-9-]+\.)*autoflex10\.[a-z]{2,}$/.test(url.hostname) || url.hostname === hostOf(settings.apiHost);
}

/** The host in what the user typed: a host name or a URL. */
function hostOf(typed = ''): string | undefined {
  return URL.parse(typed.includes('://') ? typed : `https://${typed}`)?.hostname;
}

/** Whether it is a host name of this computer, such as localhost. */
export function isLoopback({ hostname }: URL): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
