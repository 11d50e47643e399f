import type { BackupResult } from '../../engine/connector/index.ts';
import { parseOutsideAddress } from '../../engine/requests/index.ts';
import { isObject, memberOf } from './response.ts';

/**
 * Parses a response of `/webhook`: files, or other data that is shown unchanged. "empty" where the result exists but
 * has no content yet, "absent" where there is none. Relative URLs are resolved against the API's origin.
 */
export function resultOf(body: unknown, base: string): BackupResult | 'empty' | 'absent' {
  const urls = urlsOf(body, base);
  if (urls.length > 0) return { kind: 'files', urls };
  const data = isObject(body) && 'data' in body ? body.data : body;
  if (data === null) return 'absent';
  if (isEmpty(data)) return 'empty';
  if (isObject(data) && Object.keys(data).every((name) => envelope.has(name))) return 'absent';
  return { kind: 'data', data };
}

/** Members that describe the request and not its result. */
const envelope = new Set(['successCode', 'retry', 'status', 'message', 'error', 'errorMessage']);

function isEmpty(data: unknown): boolean {
  return data === '' || (typeof data === 'object' && data !== null && Object.keys(data).length === 0);
}

/** Only `data.url` is documented; the first member that contains a URL is used, with all its URLs. */
function urlsOf(body: unknown, base: string): string[] {
  const data = unwrapped(memberOf(body, 'data'));
  const list = Array.isArray(data) ? data : [];
  const links = ['download_url', 'link', 'href'].flatMap((name) => [memberOf(data, name), memberOf(body, name)]);
  const places: readonly (readonly unknown[])[] = [
    [memberOf(data, 'url')],
    [addressIn(data)],
    [memberOf(body, 'url')],
    list.map((one) => memberOf(one, 'url') ?? addressIn(one)),
    arrayOf(memberOf(data, 'urls')).map((one) => memberOf(one, 'url') ?? one),
    ...links.map((link) => [link]),
    [addressIn(body)],
  ];
  const found = places.map((place) => place.flatMap((text) => absolute(text, base)));
  return [...new Set(found.find((urls) => urls.length > 0))];
}

/** `data` may be a string that contains JSON. */
function unwrapped(data: unknown): unknown {
  if (typeof data !== 'string' || !/^\s*[[{]/.test(data)) return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

function arrayOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text without a telling member name must look like a URL. */
function addressIn(text: unknown): string | undefined {
  return typeof text === 'string' && /^\s*(https?:\/\/|\/)\S+\s*$/i.test(text) ? text : undefined;
}

/** Whether the text may be a URL; spaces are allowed only after a scheme or a slash, so that "not ready yet" is none. */
function looksLikeAddress(text: string): boolean {
  return /^\S+$/.test(text) || /^(https?:)?\/\//i.test(text) || text.startsWith('/');
}

/** Only http and https URLs are accepted. */
function absolute(text: unknown, base: string): string[] {
  if (typeof text !== 'string' || !looksLikeAddress(text.trim())) return [];
  const url = parseOutsideAddress(text, new URL(base).origin);
  return url && /^https?:$/.test(url.protocol) ? [url.href] : [];
}
