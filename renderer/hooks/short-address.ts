/** A URL without parts that may be keys: long path segments are shortened, the query is removed. */
export function shortAddress(address: string): string {
  if (!URL.canParse(address)) return `${address.slice(0, 24)}…`;
  const { origin, pathname, search } = new URL(address);
  const path = pathname
    .split('/')
    .map((part) => (part.length > 12 ? `${part.slice(0, 4)}…` : part))
    .join('/');
  return origin + path + (search ? '?…' : '');
}
