import type { Hook } from '../../preload/contract/index.ts';
import { useConnections, useConnectors } from '../queries.ts';

/** Whether the provider cannot change hooks. */
export function useFixed(): (hook: Pick<Hook, 'connection'>) => boolean {
  const connections = useConnections().data ?? [];
  const connectors = useConnectors().data ?? [];
  return ({ connection }) => {
    const connector = connections.find(({ id }) => id === connection)?.connector;
    return connectors.find(({ id }) => id === connector)?.catalogue?.fixed ?? false;
  };
}
