import type { Random } from '../../random.ts';

/** A design whose milestones can be watched. */
export interface Component {
  readonly __typename: 'Component';
  readonly id: string;
  readonly name: string;
  readonly tipVersion: { readonly id: string; readonly name: string };
}
export interface Folder {
  readonly __typename: 'Folder';
  readonly id: string;
  readonly name: string;
  readonly children: readonly Item[];
}
type Item = Component | Folder;
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly root: Folder;
}
export interface Hub {
  readonly id: string;
  readonly name: string;
  readonly children: readonly Project[];
}

/** Generates one hub with designs in nested folders. */
export function createTree(random: Random): readonly Hub[] {
  const token = (): string => random.bytes(16).toString('base64url');
  const component = (name: string): Component => componentOf(name, token);
  const folder = (name: string, children: readonly Item[]): Folder => ({
    ...{ __typename: 'Folder', name, children },
    id: `urn:adsk.wipprod:fs.folder:co.${token()}`,
  });
  const bracket = component('Bracket');
  const structural = folder('Structural', [component('Frame'), folder('Fasteners', [bracket])]);
  const root = folder('Root', [structural, component('Tower'), component('Wheel')]);
  const project = { id: `urn:adsk.workspace:prod.project:${token()}`, name: 'Tower', root };
  const empty = { id: `urn:adsk.workspace:prod.project:${token()}`, name: 'Archive', root: folder('Root', []) };
  return [{ id: `urn:adsk.ace:prod.scope:${token()}`, name: 'Sandbox hub', children: [project, empty] }];
}

function componentOf(name: string, token: () => string): Component {
  const id = Buffer.from(`comp~co.${token()}~${token()}_aga~~`).toString('base64url');
  return { __typename: 'Component', id, name, tipVersion: { id: `${id}~1`, name } };
}

/** The item with all items below it. */
export function itemsBelow(item: Item): readonly Item[] {
  return item.__typename === 'Folder' ? [item, ...item.children.flatMap(itemsBelow)] : [item];
}

export function componentsOf(hubs: readonly Hub[]): readonly Component[] {
  const items = hubs.flatMap(({ children }) => children.flatMap(({ root }) => itemsBelow(root)));
  return items.filter((item) => item.__typename === 'Component');
}
