import { clean } from '../aps/index.ts';

/**
 * A component's id is base64url of `comp~co.<collection>~<asset>_aga~<part>`; the part may be empty, and some callbacks
 * bear it unencoded. Two ids are of one component where all but the part agree.
 */
export function isSameComponent(one: string, other: string): boolean {
  return one === other || wholeOf(one) === wholeOf(other);
}

/** "component 9BNyK2vM": what one is called whose name is not known. */
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
