import type { Delivery } from '../../engine/connector/index.ts';
import { isObject } from './response.ts';

/**
 * The id in a callback, unchanged. The documentation says only that `id=<secret uuid>` is appended to the URL, so it is
 * searched in the query, appended in any other form, as a bare UUID, and in the body.
 */
export function handleOf({ method, suffix, body }: Delivery): string | undefined {
  if (method === 'HEAD') return undefined;
  const candidates = [...inQuery(suffix), ...gluedOn(suffix), ...(suffix.match(uuid) ?? []), ...inBody(body)];
  return candidates.map(clean).find((text) => /^[A-Za-z0-9_-]{8,128}$/.test(text));
}

const uuid = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;
const names = new Set(['id', 'uuid']);
/** Bytes in which the id is searched; the receiver accepts bodies up to 1 MB. */
const largestBody = 64 * 1024;

function inQuery(suffix: string): string[] {
  const start = suffix.indexOf('?');
  if (start < 0) return [];
  return [...new URLSearchParams(suffix.slice(start))].flatMap(([name, value]) =>
    name.toLowerCase() === 'id' ? [value] : [],
  );
}

function gluedOn(suffix: string): string[] {
  return [...suffix.matchAll(/(?:^|[?&;/])id=([^&#/?]+)/gi)].map(([, value = '']) => decoded(value));
}

function inBody(body: Uint8Array): string[] {
  if (body.length === 0 || body.length > largestBody) return [];
  const text = new TextDecoder().decode(body);
  return membersOf(text).flatMap(([name, value]) =>
    names.has(name.toLowerCase()) && typeof value === 'string' ? [value] : [],
  );
}

/** The members of a JSON object or of a form. */
function membersOf(text: string): [string, unknown][] {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? Object.entries(value) : [];
  } catch {
    return [...new URLSearchParams(text.trim())];
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Removes the braces and quotes that some systems write around a UUID. */
function clean(text: string): string {
  return text.trim().replace(/^[{"']+|(?<![}"'])[}"']+$/g, '');
}
