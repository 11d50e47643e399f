import type { BrowseKind, BrowseNote } from '../../../preload/contract/index.ts';
import type { Context } from './context.ts';

/** The contents of an account as a tree, loaded node by node, so that users can select a place instead of typing its id. */
export interface BrowseSupport {
  /** A node's children, or the roots. Throws invalid-input for an unknown id: both come from the window. */
  children(context: Context, node?: string, page?: string): Promise<BrowsePage>;
  /** The node that a hook's scope refers to, for its name; undefined where the provider cannot be queried for it. */
  find?(context: Context, scope: Readonly<Record<string, string>>): Promise<BrowseNode | undefined>;
}

export interface BrowsePage {
  readonly nodes: readonly BrowseNode[];
  /** The `page` that continues this one; absent on the last. */
  readonly next?: string;
  readonly notes: readonly BrowseNote[];
}

export interface BrowseNode {
  readonly id: string;
  readonly kind: BrowseKind;
  readonly name: string;
  readonly expandable: boolean;
  /** The region in which hooks and jobs on it are created. */
  readonly region?: string;
  /** "version 3 · 18.4 MB". */
  readonly detail?: string;
  /** The scope of a hook on it, by the keys of the catalogue's scopes. */
  readonly scope?: Readonly<Record<string, string>>;
  /** The source of a job on it, as `JobSupport.source` accepts it. */
  readonly urn?: string;
  /** The ids that callbacks and scopes use for it: later events with one of them show its name. */
  readonly resourceIds?: readonly string[];
  /** The first of `resourceIds` of its parent. */
  readonly parentId?: string;
}
