import { z } from 'zod';
import type { BrowseNode, BrowsePage, BrowseSupport, Context } from '../../engine/connector/index.ts';
import { RingbackError } from '../../engine/errors.ts';
import { messageMembers } from '../../engine/messages/index.ts';
import { clean, type Fields, fields, text } from '../aps/index.ts';
import { ask, type GraphqlResponse, refused } from './graphql.ts';
import { manufacturingMessages } from './messages.ts';

/** Hubs, projects, folders and their designs, from the hierarchy of version 1 of the GraphQL API. */
export const designs: BrowseSupport = { children, find };

const Id = z.string().min(1).max(500);
const DesignAddress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hub'), hub: Id }),
  z.strictObject({ kind: z.literal('project'), project: Id }),
  z.strictObject({ kind: z.literal('folder'), project: Id, folder: Id }),
]);
/** The parts of a node's id that are needed to request its children. */
type DesignAddress = z.infer<typeof DesignAddress>;

async function children(context: Context, node?: string, page?: string): Promise<BrowsePage> {
  const place = node === undefined ? undefined : toPlace(node);
  const reply = await ask(context, { query: queryFor(place, page) });
  const listing = listingIn(reply, place);
  if (!Array.isArray(listing.results)) throw refused(reply);
  const next = text(fields(listing.pagination), 'cursor');
  return {
    nodes: listing.results.flatMap((entry) => toNode(fields(entry), place) ?? []),
    notes: reply.errors.map(({ message }) =>
      messageMembers('text', manufacturingMessages.leftOut({ detail: message })),
    ),
    ...(next === undefined || next === page ? {} : { next }),
  };
}

/** The name of a component whose id was typed; undefined where the endpoint cannot be queried for it. */
async function find(
  context: Context,
  { component }: Readonly<Record<string, string>>,
): Promise<BrowseNode | undefined> {
  if (component === undefined) return undefined;
  const { data } = await ask(context, { query: `{ component(componentId: ${literal(component)}) { id name } }` });
  const found = fields(data.component);
  return text(found, 'name') ? toComponent({ ...found, id: component }, undefined) : undefined;
}

const item = '__typename id name';

/** Ids are literals in the query text, which fit arguments of the types String and ID; which one an argument has differs. */
function queryFor(place: DesignAddress | undefined, page: string | undefined): string {
  const paging = page === undefined ? '' : `pagination: { cursor: ${literal(page)} }`;
  const paged = (field: string, first: string, of: string): string => {
    const given = [first, paging].filter(Boolean).join(', ');
    return `${field}${given ? `(${given})` : ''} { pagination { cursor } results { ${of} } }`;
  };
  if (!place) return `{ ${paged('hubs', '', 'id name')} }`;
  if (place.kind === 'hub') return `{ ${paged('projects', `hubId: ${literal(place.hub)}`, 'id name')} }`;
  const items = paged('items', '', item);
  const project = `projectId: ${literal(place.project)}`;
  if (place.kind === 'project') return `{ project(${project}) { rootFolder { ${items} } } }`;
  return `{ item(${project}, itemId: ${literal(place.folder)}) { ... on Folder { ${items} } } }`;
}

function listingIn({ data }: GraphqlResponse, place: DesignAddress | undefined): Fields {
  if (!place) return fields(data.hubs);
  if (place.kind === 'hub') return fields(data.projects);
  return fields(fields(place.kind === 'project' ? fields(data.project).rootFolder : data.item).items);
}

/** Undefined for anything but folders and designs: a drawing, for example, has no milestones. */
function toNode(entry: Fields, place: DesignAddress | undefined): BrowseNode | undefined {
  const id = text(entry, 'id');
  if (id === undefined) return undefined;
  const name = clean(text(entry, 'name') ?? id, 200);
  const shared = { name, expandable: true, resourceIds: [id] };
  if (!place) return { ...shared, id: toNodeId({ kind: 'hub', hub: id }), kind: 'hub' };
  if (place.kind === 'hub') {
    return { ...shared, id: toNodeId({ kind: 'project', project: id }), kind: 'project', parentId: place.hub };
  }
  const parentId = place.kind === 'project' ? place.project : place.folder;
  if (entry.__typename === 'Component') return toComponent(entry, parentId);
  if (entry.__typename !== 'Folder') return undefined;
  return { ...shared, id: toNodeId({ kind: 'folder', project: place.project, folder: id }), kind: 'folder', parentId };
}

function toComponent(entry: Fields, parentId: string | undefined): BrowseNode {
  const id = text(entry, 'id') ?? '';
  return {
    id,
    kind: 'component',
    name: clean(text(entry, 'name') ?? id, 200),
    expandable: false,
    scope: { component: id },
    resourceIds: [id],
    ...(parentId === undefined ? {} : { parentId }),
  };
}

/** A GraphQL string literal, for which JSON's syntax is valid. */
function literal(value: string): string {
  return JSON.stringify(value);
}

function toNodeId(place: DesignAddress): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Parses a node id; throws invalid-input for one that this connector did not make. */
function toPlace(node: string): DesignAddress {
  const place = DesignAddress.safeParse(parse(Buffer.from(node, 'base64url').toString()));
  if (!place.success) throw new RingbackError('invalid-input', manufacturingMessages.noSuchPlace());
  return place.data;
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
