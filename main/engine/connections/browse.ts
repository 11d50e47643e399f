import type { BrowsePage } from '../../../preload/contract/index.ts';
import { RingbackError } from '../errors.ts';
import { connectionMessages } from '../messages/index.ts';
import type { ResourceNames } from '../storage/index.ts';
import type { Connections } from './connections.ts';

interface BrowseQuery {
  readonly connection: string;
  readonly node?: string | undefined;
  readonly page?: string | undefined;
}

/** The children of a node of a connection's tree. Their names are stored before they are returned. */
export async function browse(
  connections: Connections,
  resourceNames: ResourceNames,
  { connection, node, page }: BrowseQuery,
): Promise<BrowsePage> {
  const { connector, context } = connections.open(connection);
  if (!connector.browse) {
    throw new RingbackError('invalid-input', connectionMessages.notBrowsable({ connector: connector.title }));
  }
  const { nodes, next, notes } = await connector.browse.children(context, node, page);
  await resourceNames.store(nodes);
  return {
    nodes: nodes.map(({ resourceIds: _known, parentId: _within, scope, ...shown }) => ({
      ...shown,
      ...(scope ? { scope: { ...scope } } : {}),
    })),
    notes: [...notes],
    ...(next === undefined ? {} : { next }),
  };
}
