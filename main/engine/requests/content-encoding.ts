/** The codings of a Content-Encoding header (RFC 9110, section 8.4), in the order in which they were applied; none for plain bytes. */
export function codingsOf(header: string | null | undefined): readonly string[] {
  if (!header) return [];
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity');
}
