/**
 * An address from outside, as a browser reads it (WHATWG URL): without surrounding blanks and control characters, with
 * blanks within and letters outside ASCII encoded, relative to `base`. Null if nothing usable remains.
 */
export function parseOutsideAddress(text: string, base?: string | URL): URL | null {
  return URL.parse(text.replace(control, ''), base);
}

/** The address in a header, whose bytes arrive as one character each: raw UTF-8 is read as such. */
export function parseHeaderAddress(value: string, base: string | URL): URL | null {
  return parseOutsideAddress(decodeHeader(value), base);
}

/** A header value as UTF-8, or as it is where it is not. */
export function decodeHeader(value: string): string {
  if (/[^\0-\xff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}

/** Tab and line breaks are removed by the URL parser itself, wherever they are; so are these, which it would encode. */
const control = /[\p{Cc}\p{Cf}]/gu;
