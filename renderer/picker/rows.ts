import type { BrowseNode } from '../../preload/contract/index.ts';
import { type Branch, type Branches, canOpen, isInReach, root } from './branches.ts';

/** One visible row of the tree. */
export type Row = {
  readonly id: string;
  /** 1 for the roots. */
  readonly level: number;
  /** The key of the branch that contains it. */
  readonly branch: string;
} & (
  | { readonly kind: 'node'; readonly node: BrowseNode; readonly open: boolean | undefined; readonly path: Path }
  | { readonly kind: 'loading' }
  | { readonly kind: 'more' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'problem'; readonly problem: Error }
);
export type NodeRow = Extract<Row, { kind: 'node' }>;
/** The nodes from the root to the node itself. */
type Path = readonly BrowseNode[];

interface Sight {
  readonly branches: Branches;
  readonly opened: ReadonlySet<string>;
  /** Only nodes that contain this text, with their parents; all where empty. */
  readonly search: string;
  /** The depth of the nodes that can be selected. */
  readonly depth: number;
}

/** The visible rows of the tree, from top to bottom. */
export function rowsOf(sight: Sight): readonly Row[] {
  return rowsUnder(sight, root, []);
}

function rowsUnder(sight: Sight, key: string, path: Path): Row[] {
  const branch = sight.branches.get(key);
  if (!branch) return [];
  const wanted = sight.search.trim().toLowerCase();
  const nodes = branch.nodes.filter((node) => isInReach(node, sight.depth));
  const shown = wanted ? nodes.filter((node) => leadsTo(sight, node, wanted)) : nodes;
  return [...shown.flatMap((node) => nodeRows(sight, node, key, path)), ...endOf(branch, key, path.length + 1, nodes)];
}

function nodeRows(sight: Sight, node: BrowseNode, branch: string, before: Path): Row[] {
  const path = [...before, node];
  const known = sight.branches.has(node.id);
  const isOpen = sight.opened.has(node.id) || (sight.search.trim() !== '' && known);
  const open = canOpen(node, sight.depth) ? isOpen : undefined;
  const row: Row = { kind: 'node', id: node.id, level: path.length, branch, node, open, path };
  return open ? [row, ...rowsUnder(sight, node.id, path)] : [row];
}

function leadsTo(sight: Sight, node: BrowseNode, wanted: string): boolean {
  if (node.name.toLowerCase().includes(wanted)) return true;
  const below = sight.branches.get(node.id)?.nodes ?? [];
  return below.some((child) => isInReach(child, sight.depth) && leadsTo(sight, child, wanted));
}

function endOf(branch: Branch, key: string, level: number, nodes: readonly BrowseNode[]): Row[] {
  const place = { level, branch: key };
  if (branch.state === 'loading') return [{ ...place, kind: 'loading', id: `loading ${key}` }];
  if (branch.problem) return [{ ...place, kind: 'problem', id: `problem ${key}`, problem: branch.problem }];
  if (branch.next !== undefined) return [{ ...place, kind: 'more', id: `more ${key}` }];
  return nodes.length === 0 ? [{ ...place, kind: 'empty', id: `empty ${key}` }] : [];
}
