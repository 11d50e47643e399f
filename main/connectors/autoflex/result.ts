import type { BackupResult } from '../../engine/connector/index.ts';
import { parseOutsideAddress } from '../../engine/requests/index.ts';
import { isObject, memberOf } from './response.ts';

/**
 * What an answer of `/webhook` holds: files, or other data to be shown as it is.
 * "empty" where the result is there but has nothing in it yet, "absent" where there is none.
 * Relative addresses are of the API's origin.
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

/** Members that speak about the request, not of its result. */
const envelope = new Set(['successCode', 'retry', 'status', 'message', 'error', 'errorMessage']);

function isEmpty(data: unknown): boolean {
  return data === '' || (typeof data === 'object' && data !== null && Object.keys(data).length === 0);
}

/** The documentation knows `data.url` alone; the first place that holds any address counts, with all it holds. */
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

/** `data` may itself be JSON in a string. */
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

/** A text that no member name calls an address must look like one. */
function addressIn(text: unknown): string | undefined {
  return typeof text === 'string' && /^\s*(https?:\/\/|\/)\S+\s*$/i.test(text) ? text : undefined;
}

/** Only what begins as an address may contain blanks: "not ready yet" is none. */
function looksLikeAddress(text: string): boolean {
  return /^\S+$/.test(text) || /^(https?:)?\/\//i.test(text) || text.startsWith('/');
}

/** http and https alone; anything else is no place to fetch a file from. */
function absolute(text: unknown, base: string): string[] {
  if (typeof text !== 'string' || !looksLikeAddress(text.trim())) return [];
  const url = parseOutsideAddress(text, new URL(base).origin);
  return url && /^https?:$/.test(url.protocol) ? [url.href] : [];
}
