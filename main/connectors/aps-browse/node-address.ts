import { z } from 'zod';
import { RingbackError } from '../../engine/errors.ts';
import { browseMessages } from './messages.ts';

/** One part of a path of the API. It is percent-encoded there; dots alone would climb all the same. */
export const Part = z
  .string()
  .min(1)
  .max(250)
  .refine((part) => part.isWellFormed() && !/^\.+$/.test(part));

const region = z.string().max(20).optional();
const NodeAddress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hub'), hub: Part, region }),
  z.strictObject({ kind: z.literal('project'), hub: Part, project: Part, region }),
  z.strictObject({ kind: z.literal('folder'), project: Part, folder: Part, region }),
  z.strictObject({ kind: z.literal('item'), project: Part, item: Part, region }),
  z.strictObject({ kind: z.literal('version'), project: Part, version: Part, region }),
]);
/** Where a node stands in the tree: all that is needed to ask for what lies under it. */
export type NodeAddress = z.infer<typeof NodeAddress>;

export function toNodeId(place: NodeAddress): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Throws invalid-input for what is no node id of ours. */
export function toPlace(node: string): NodeAddress {
  const place = NodeAddress.safeParse(parse(Buffer.from(node, 'base64url').toString()));
  if (!place.success) throw new RingbackError('invalid-input', browseMessages.noSuchPlace());
  return place.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where what lies under a place is listed; undefined for a version, under which there is nothing. */
export function listPath(place: NodeAddress | undefined): string | undefined {
  if (!place) return '/project/v1/hubs';
  switch (place.kind) {
    case 'hub':
      return `/project/v1/hubs/${encodeURIComponent(place.hub)}/projects`;
    case 'project':
      return `/project/v1/hubs/${encodeURIComponent(place.hub)}/projects/${encodeURIComponent(place.project)}/topFolders`;
    case 'folder':
      return `/data/v1/projects/${encodeURIComponent(place.project)}/folders/${encodeURIComponent(place.folder)}/contents`;
    case 'item':
      return `/data/v1/projects/${encodeURIComponent(place.project)}/items/${encodeURIComponent(place.item)}/versions`;
    case 'version':
      return undefined;
  }
}
