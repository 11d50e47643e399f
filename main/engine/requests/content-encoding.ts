/** The codings of a Content-Encoding header (RFC 9110, section 8.4) in the order applied; none for plain bytes. */
export function codingsOf(header: string | null | undefined): readonly string[] {
  if (!header) return [];
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && !plain.has(name));
}

/** No coding; the names after the first are sent by servers that take the header for another one. */
const plain: ReadonlySet<string> = new Set(['identity', 'none', 'binary', '7bit', '8bit', 'utf-8', 'utf8']);
