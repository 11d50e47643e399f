import type { BrowseKind, BrowseNode, BrowseNote, BrowsePage } from '../../preload/contract/index.ts';

/** The loaded children of one node; the root's key is empty. */
export interface Branch {
  readonly nodes: readonly BrowseNode[];
  readonly notes: readonly BrowseNote[];
  readonly next: string | undefined;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly problem: Error | undefined;
}
export type Branches = ReadonlyMap<string, Branch>;

export const root = '';
const nothing: Branch = { nodes: [], notes: [], next: undefined, state: 'loading', problem: undefined };

export function withLoading(branches: Branches, key: string): Branches {
  return changed(branches, key, { state: 'loading', problem: undefined });
}

export function withFailure(branches: Branches, key: string, problem: Error): Branches {
  return changed(branches, key, { state: 'failed', problem });
}

/** Appends a page; a node that occurs twice keeps its first position. */
export function withPage(branches: Branches, key: string, { nodes, notes, next }: BrowsePage): Branches {
  const before = branches.get(key) ?? nothing;
  const known = new Set(before.nodes.map(({ id }) => id));
  return changed(branches, key, {
    nodes: [...before.nodes, ...nodes.filter(({ id }) => !known.has(id))],
    notes: [...before.notes, ...notes],
    next,
    state: 'ready',
  });
}

function changed(branches: Branches, key: string, change: Partial<Branch>): Branches {
  return new Map(branches).set(key, { ...(branches.get(key) ?? nothing), ...change });
}

const order: readonly BrowseKind[] = ['hub', 'project', 'folder', 'item', 'version', 'component'];

/** The depth of the tree for these kinds. */
export function depthOf(kinds: readonly BrowseKind[]): number {
  return Math.max(...kinds.map((kind) => order.indexOf(kind)));
}

/** Whether there is anything to select below it; folders can contain folders. */
export function canOpen(node: BrowseNode, depth: number): boolean {
  const own = order.indexOf(node.kind);
  return node.expandable && (own < depth || (own === depth && node.kind === 'folder'));
}

export function isInReach(node: BrowseNode, depth: number): boolean {
  return order.indexOf(node.kind) <= depth;
}
