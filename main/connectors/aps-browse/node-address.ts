import { z } from 'zod';
import { RingbackError } from '../../engine/errors.ts';
import { browseMessages } from './messages.ts';

/** One segment of an API path. Callers percent-encode it, which does not change dots: "." and ".." would leave the path. */
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
/** The parts of a node's id that are needed to request its children. */
export type NodeAddress = z.infer<typeof NodeAddress>;

export function toNodeId(place: NodeAddress): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** Parses a node id; throws invalid-input for one that this connector did not make. */
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

/** The path that lists the children of a place; undefined for a version, which has none. */
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
