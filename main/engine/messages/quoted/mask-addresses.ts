import { isReadable } from './readable-name.ts';

/**
 * A text with every address reduced to scheme, host and path: user names, passwords, queries, fragments and keys within
 * the path grant access.
 */
export function maskAddresses(text: string): string {
  if (!mayHold.test(text)) return text;
  return text
    .replace(address, shownAddress)
    .replace(userinfo, '$1//')
    .replace(parameter, '$1…')
    .replace(encodedParameter, '$1…');
}

const address = /\b([a-z][a-z0-9+.-]{1,15}:\/\/)([^\s"'<>/?#]*)([^\s"'<>?#]*)([?#][^\s"'<>]*)?/gi;
/** A parameter outside a complete address, as behind a blank within one. Short values are no keys. */
const parameter = /([?&][\w.~%-]{1,60}=)[^&\s"'<>]{6,}/g;
/** The same of an address in percent-encoding, also in one that was encoded several times. */
const encodedParameter = /(%(?:25){0,3}(?:3f|26|23)[\w.~-]{1,60}%(?:25){0,3}3d)[^&\s"'<>]{6,}/gi;
const mayHold = /[/?&%]/;
/** A parameter within the path, as in "owner.zip;key=…". */
const matrixParameter = /(;[\w.~%-]{1,60}=)[^;]{6,}/g;
/** User and password of an address without a scheme. */
const userinfo = /(^|[\s"'(<])\/\/[^\s/?#"'<>@]{1,300}@/g;

function shownAddress(_: string, scheme: string, authority: string, path: string, query = ''): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  return `${scheme}${host}${path.split('/').map(shownSegment).join('/')}${shownQuery(query)}`;
}

/** The query, concealed; one that is concealed already stays as it is. */
function shownQuery(query: string): string {
  return query === '' || /^\?[•…]+$/.test(query) ? query : `${query.charAt(0)}…`;
}

/** Conceals a segment that is a key: many hexadecimal digits, or digits and letters of both cases that are no words. */
function shownSegment(whole: string): string {
  const segment = whole.replace(matrixParameter, '$1…');
  const shortest = /[.%]/.test(segment) ? 20 : 8;
  const run = /[A-Za-z0-9_-]{8,}/.exec(segment)?.[0] ?? '';
  const isHexadecimal = /[0-9a-f]{16}/i.test(run) && /\d/.test(run);
  const isMixed = run.length >= shortest && /\d/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run);
  return isHexadecimal || (isMixed && !isReadable(run)) ? `${segment.slice(0, 4)}…` : segment;
}
