import type { BrowsePage } from '../../preload/contract.ts';
import type { Connections } from './connections.ts';
import { RingbackError } from './errors.ts';

/** What lies under a node of a connection's tree. */
export async function browse(connections: Connections, id: string, node?: string, page?: string): Promise<BrowsePage> {
  const { connector, context } = connections.open(id);
  if (!connector.browse) {
    throw new RingbackError('invalid-input', `${connector.title} has nothing to pick from. Type it instead.`);
  }
  const { nodes, next, notes } = await connector.browse.children(context, node, page);
  return {
    nodes: nodes.map(({ known: _known, within: _within, scope, ...rest }) => ({ ...rest, ...(scope ? { scope } : {}) })),
    notes: [...notes],
    ...(next === undefined ? {} : { next }),
  };
}
