import type { BrowsePage } from '../../../preload/contract.ts';
import { RingbackError } from '../errors.ts';
import type { ResourceNames } from '../storage/index.ts';
import type { Connections } from './connections.ts';

export interface BrowseQuestion {
  readonly connection: string;
  readonly node?: string | undefined;
  readonly page?: string | undefined;
}

/** What lies under a node of a connection's tree. Its names are kept before it is answered. */
export async function browse(
  connections: Connections,
  resourceNames: ResourceNames,
  { connection, node, page }: BrowseQuestion,
): Promise<BrowsePage> {
  const { connector, context } = connections.open(connection);
  if (!connector.browse) {
    throw new RingbackError('invalid-input', `${connector.title} has nothing to pick from. Type it instead.`);
  }
  const { nodes, next, notes } = await connector.browse.children(context, node, page);
  await resourceNames.store(nodes);
  return {
    nodes: nodes.map(({ known: _known, within: _within, scope, ...shown }) => ({
      ...shown,
      ...(scope ? { scope: { ...scope } } : {}),
    })),
    notes: [...notes],
    ...(next === undefined ? {} : { next }),
  };
}
