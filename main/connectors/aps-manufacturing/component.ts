import { clean } from '../aps/index.ts';

/**
 * Whether two ids refer to one component. An id is base64url of `comp~co.<collection>~<asset>_aga~<part>`, with a part
 * that may be empty; some callbacks send it unencoded. The part is ignored.
 */
export function isSameComponent(one: string, other: string): boolean {
  return one === other || wholeOf(one) === wholeOf(other);
}

/** The title of a component without a known name: "component 9BNyK2vM". */
export function namelessComponent(id: string): string {
  const [, asset = decoded(id)] = /^comp~[^~]+~([^~]+)/.exec(decoded(id)) ?? [];
  return `component ${clean(asset, 100).slice(0, 8)}`.trim();
}

function wholeOf(id: string): string {
  return decoded(id).split('~').slice(0, 3).join('~');
}

function decoded(id: string): string {
  if (!/^[\w-]+=*$/.test(id)) return id;
  const plain = Buffer.from(id, 'base64url').toString();
  return plain.startsWith('comp~') ? plain : id;
}
