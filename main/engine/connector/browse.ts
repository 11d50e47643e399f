import type { BrowseKind, BrowseNote } from '../../../preload/contract/index.ts';
import type { Context } from './context.ts';

/** What the account holds, as a tree that is asked for node by node, so that it can be picked instead of typed. */
export interface BrowseSupport {
  /** The nodes under one, or the uppermost. Both ids are this connector's own, and come from outside: throws invalid-input for others. */
  children(context: Context, node?: string, page?: string): Promise<BrowsePage>;
  /** What a hook's scope names, so that its events can be told by its name; undefined where that cannot be asked for. */
  find?(context: Context, scope: Readonly<Record<string, string>>): Promise<BrowseNode | undefined>;
}

export interface BrowsePage {
  readonly nodes: readonly BrowseNode[];
  /** To be asked for as `page` of the same node. */
  readonly next?: string;
  readonly notes: readonly BrowseNote[];
}

export interface BrowseNode {
  readonly id: string;
  readonly kind: BrowseKind;
  readonly name: string;
  readonly expandable: boolean;
  /** Where it is kept: for hooks and jobs on it. */
  readonly region?: string;
  /** "version 3 · 17.5 MB". */
  readonly detail?: string;
  /** What choosing it gives a hook, by the keys of the catalogue's scopes. */
  readonly scope?: Readonly<Record<string, string>>;
  /** What choosing it gives a job: the source's name as `JobSupport.source` takes it. */
  readonly urn?: string;
  /** The provider's names under which callbacks and scopes know it: from now on they are told by its name. */
  readonly resourceIds?: readonly string[];
  /** The first `known` of what it lies in. */
  readonly parentId?: string;
}
