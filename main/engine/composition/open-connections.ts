import {
  type Connections,
  createSignIns,
  openConnections,
  type SignInAttemptState,
  type SignIns,
} from '../connections/index.ts';
import type { Connector } from '../connector/index.ts';
import {
  type CallbackAddresses,
  createCallbackAddresses,
  type HookNaming,
  type HookRecords,
  hookLabel,
  openHookRecords,
} from '../hooks/index.ts';
import type { Message } from '../messages/index.ts';
import type { IngressStage } from './open-ingress.ts';

/** The third stage: accounts at the providers, and the records of what is registered there. */
export interface ConnectionsStage extends IngressStage {
  readonly connectors: readonly Connector[];
  readonly connections: Connections;
  readonly signIns: SignIns;
  readonly records: HookRecords;
  readonly addresses: CallbackAddresses;
  /** Ends requests to providers. */
  readonly signal: AbortSignal;
  /** What the user calls a hook. */
  labelOf(connection: string, hook: HookNaming): Message;
}

export async function openConnectionsStage(
  ingress: IngressStage,
  connectors: readonly Connector[],
  stack: AsyncDisposableStack,
): Promise<ConnectionsStage> {
  const { ports, bus, log, warn, secretStore, notifier, events } = ingress;
  const { store, now, fetch } = ports;
  const ending = new AbortController();
  stack.defer(() => ending.abort());
  const { signal } = ending;
  const changed = (): void => bus.emit('change', { type: 'connections' });
  const states = new Map<string, SignInAttemptState>();
  const connections = await openConnections({
    ...{ store, secretStore, connectors, fetch, signal, now, warn, changed },
    attemptOf: (id) => states.get(id),
    credentialsChanged: (connection) => bus.emit('credentials', { connection }),
  });
  const signIns = createSignIns({
    ...{ connections, states, notifier, store, now, log, warn, changed },
    open: (url) => ports.open(url),
    signedIn: (connection) => bus.emit('signedIn', { connection }),
  });
  bus.on('credentials', ({ connection }) => signIns.credentialsChanged(connection));
  stack.defer(() => signIns.close());
  const records = await openHookRecords(store, secretStore, now, warn);
  const addresses = createCallbackAddresses({ records, connections });
  const nameOf = (resource: string): string | undefined => events.nameOf(resource);
  return {
    ...ingress,
    ...{ connectors, connections, signIns, records, addresses, signal },
    labelOf: (connection, hook) => hookLabel(hook, addresses.connectorOf(connection).hooks?.catalogue, nameOf),
  };
}
