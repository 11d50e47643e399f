import { jsonTokens } from './pretty-json.ts';

/** A node of a JSON text. Values are the text of their tokens, so that long numbers stay exact. */
export type JsonNode =
  | { readonly kind: 'object' | 'array'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'value'; readonly text: string };

export interface JsonMember {
  /** The position among its siblings, which identifies it: an object may contain a key twice. */
  readonly index: number;
  readonly key: string | number;
  readonly node: JsonNode;
}

interface OpenNode {
  readonly kind: 'object' | 'array';
  readonly members: JsonMember[];
  /** The key of the next member, in an object. */
  key: string | undefined;
}

/** The tree of a JSON text, at any depth; undefined for text that is not JSON. */
export function jsonTree(text: string): JsonNode | undefined {
  const tokens = jsonTokens(text);
  if (!tokens) return undefined;
  const open: OpenNode[] = [];
  let root: JsonNode | undefined;
  const put = (node: JsonNode) => {
    const parent = open.at(-1);
    if (!parent) root = node;
    else parent.members.push({ index: parent.members.length, key: parent.key ?? parent.members.length, node });
    if (parent) parent.key = undefined;
  };
  for (const token of tokens) {
    const parent = open.at(-1);
    if (token === '{' || token === '[')
      open.push({ kind: token === '{' ? 'object' : 'array', members: [], key: undefined });
    else if (token === '}' || token === ']') {
      const closed = open.pop();
      if (closed) put({ kind: closed.kind, members: closed.members });
    } else if (token === ',' || token === ':') continue;
    else if (parent?.kind === 'object' && parent.key === undefined) parent.key = String(JSON.parse(token));
    else put({ kind: 'value', text: token });
  }
  return root;
}

/** The JSONPath of a member: "$.payload.files[3]", `$["odd key"]`. */
export function pathOf(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  return /^[A-Za-z_]\w*$/.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}

/** A string without quotes and escapes, any other value unchanged; undefined for objects and arrays. */
export function valueText(node: JsonNode): string | undefined {
  if (node.kind !== 'value') return undefined;
  return node.text.startsWith('"') ? String(JSON.parse(node.text)) : node.text;
}
