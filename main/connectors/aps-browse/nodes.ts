import type { BrowseNode } from '../../engine/connector/index.ts';
import { clean, fields, fileKey, isTechnical, joined, size, text } from '../aps/index.ts';
import type { Resource } from './document.ts';
import type { Listing } from './listing.ts';
import { type NodeAddress, toNodeId } from './node-address.ts';

/** The nodes below a place, without the service's technical folders. */
export function nodesUnder(place: NodeAddress | undefined, { data, included }: Listing): readonly BrowseNode[] {
  const shown = data.filter((resource) => resource.attributes.hidden !== true && !isTechnical(nameOf(resource)));
  if (!place) return shown.map(hubNode);
  switch (place.kind) {
    case 'hub':
      return shown.map((project) => projectNode(project, place.hub, place.region));
    case 'project':
      return shown.map((folder) => folderNode(folder, place, bare(place.project)));
    case 'folder':
      return shown.map((entry) =>
        entry.type === 'items' ? itemNode(entry, place, included) : folderNode(entry, place, place.folder),
      );
    case 'item':
      return shown.map((version) => versionNode(version, place));
    case 'version':
      return [];
  }
}

type Within = Extract<NodeAddress, { project: string }>;

const hubKinds: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'hubs:autodesk.core:Hub': 'Fusion Team',
    'hubs:autodesk.a360:PersonalHub': 'Personal',
    'hubs:autodesk.bim360:Account': 'ACC, BIM 360',
  }),
);

function hubNode(hub: Resource): BrowseNode {
  const region = regionOf(hub);
  return {
    id: toNodeId({ kind: 'hub', hub: hub.id, region }),
    kind: 'hub',
    name: nameOf(hub),
    expandable: true,
    ...defined('detail', joined(hubKinds.get(hub.extension), region)),
    ...defined('region', region),
    ...(isAccount(hub.id) ? { scope: { account: bare(hub.id) } } : {}),
    resourceIds: spellings(hub.id),
  };
}

function projectNode(project: Resource, hub: string, region: string | undefined): BrowseNode {
  const root = project.related('rootFolder');
  const type = text(fields(fields(project.attributes.extension).data), 'projectType');
  return {
    id: toNodeId({ kind: 'project', hub, project: project.id, region }),
    kind: 'project',
    name: nameOf(project),
    expandable: true,
    ...defined('detail', type && (projectTypes.get(type) ?? clean(type, 30))),
    ...defined('region', region),
    scope: { ...(isAccount(project.id) ? { project: bare(project.id) } : {}), ...defined('folder', root) },
    resourceIds: [...spellings(project.id), ...(root ? [root] : [])],
    parentId: bare(hub),
  };
}

const projectTypes: ReadonlyMap<string, string> = new Map(Object.entries({ ACC: 'ACC', BIM360: 'BIM 360' }));

function folderNode(folder: Resource, { project, region }: Within, parentId: string): BrowseNode {
  return {
    id: toNodeId({ kind: 'folder', project, folder: folder.id, region }),
    kind: 'folder',
    name: nameOf(folder),
    expandable: true,
    ...defined('region', region),
    scope: { folder: folder.id },
    resourceIds: [folder.id],
    parentId,
  };
}

/** A file, with the details of its newest version. */
function itemNode(item: Resource, place: Within & { kind: 'folder' }, included: readonly Resource[]): BrowseNode {
  const { project, region, folder } = place;
  const tipId = item.related('tip');
  const tip = included.find(({ id }) => id === tipId);
  const urn = tip ? derivativeUrn(tip) : tipId && encodeUrn(tipId);
  return {
    id: toNodeId({ kind: 'item', project, item: item.id, region }),
    kind: 'item',
    name: nameOf(item),
    expandable: true,
    ...defined('detail', tip && joined(versionWords(tip), describe(tip))),
    ...defined('region', region),
    ...defined('urn', urn),
    resourceIds: [...new Set([item.id, ...(tipId ? [fileKey(tipId)] : [])])],
    parentId: folder,
  };
}

function versionNode(version: Resource, { project, region }: Within): BrowseNode {
  return {
    id: toNodeId({ kind: 'version', project, version: version.id, region }),
    kind: 'version',
    name: `${nameOf(version)}, ${versionWords(version)}`,
    expandable: false,
    ...defined('detail', joined(describe(version), text(version.attributes, 'createUserName'))),
    ...defined('region', region),
    urn: derivativeUrn(version),
  };
}

function versionWords({ id, attributes }: Resource): string {
  const number = text(attributes, 'versionNumber') ?? /[?&]version=(\d+)/.exec(id)?.[1];
  return number === undefined ? 'version' : `version ${number}`;
}

/** The size and date of a version: "18.4 MB · 2026-05-02". */
function describe({ attributes }: Resource): string | undefined {
  const day = /^\d{4}-\d\d-\d\d/.exec(text(attributes, 'lastModifiedTime', 'createTime') ?? '')?.[0];
  return joined(size(attributes.storageSize), day);
}

/** The URN of a version for Model Derivative: the one in its relationships, otherwise the version id in base64url. */
function derivativeUrn(version: Resource): string {
  return version.related('derivatives') ?? encodeUrn(version.id);
}

function encodeUrn(urn: string): string {
  return Buffer.from(urn).toString('base64url');
}

function nameOf({ id, attributes }: Resource): string {
  return clean(text(attributes, 'displayName', 'name') ?? id, 200);
}

/** The region in upper case; "APAC" is the former name of "AUS". */
function regionOf({ attributes }: Resource): string | undefined {
  const region = text(attributes, 'region')?.toUpperCase();
  return region === 'APAC' ? 'AUS' : region?.slice(0, 20);
}

/** Whether it is the id of a hub or project of ACC or BIM 360: "b." and a GUID. */
function isAccount(id: string): boolean {
  return /^b\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
}

/** Removes "b.", which scopes of hooks do not contain. */
function bare(id: string): string {
  return isAccount(id) ? id.slice(2) : id;
}

/** The id with and without "b.": callbacks use both for projects and accounts. */
function spellings(id: string): readonly string[] {
  return isAccount(id) ? [bare(id), id] : [id];
}

function defined<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value ? ({ [key]: value } as { [P in K]: string }) : {};
}
