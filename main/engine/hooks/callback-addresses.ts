import type { Connection, Hook } from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import type { Connector, Secret } from '../connector/index.ts';
import { notFound } from '../errors.ts';
import type { CallbackAddress } from '../ingress/index.ts';
import { type HookRecord, type HookRecords, registrationAt } from './records/index.ts';

interface CallbackAddressesOptions {
  readonly records: HookRecords;
  readonly connections: Connections;
}

/** Who is behind what: the hook behind a callback address, the connector behind a connection. */
export interface CallbackAddresses {
  /** What is registered at the address with this key. */
  addressOf(key: string): CallbackAddress | undefined;
  /** Throws not-found. Describes no connection, since it is called for each event. */
  connectorOf(connection: string): Connector;
  /** Throws not-found. */
  connectionOf(id: string): { readonly connection: Connection; readonly connector: Connector };
  /** The secret that a delivery to the hook is signed with at present, and how; undefined where it cannot be signed here. */
  signingOf(hook: Hook): { readonly secret: string; readonly sign: NonNullable<Connector['sign']> } | undefined;
}

export function createCallbackAddresses({ records, connections }: CallbackAddressesOptions): CallbackAddresses {
  /** The hook's own, and those of its owner that were set for the whole application. */
  const secretsAt = (connection: string, own: readonly Secret[] | undefined): readonly Secret[] | undefined => {
    const owner = connections.ownerSecrets(connection, 'signingSecret');
    if (!own || !owner) return undefined;
    const { current, previous } = owner;
    const secrets: Secret[] = [...own];
    if (current) secrets.push({ of: 'owner', value: current });
    if (previous) secrets.push({ of: 'owner-previous', value: previous });
    return secrets;
  };
  const connectorOf = (id: string): Connector => {
    const connector = connections.connectorOf(id);
    if (connector) return connector;
    throw notFound('connection');
  };
  return {
    connectorOf,
    connectionOf: (id) => ({ connector: connectorOf(id), connection: connections.get(id) }),
    addressOf(key) {
      const hook = records.byKey(key);
      const connector = hook && connections.connectorOf(hook.connection);
      if (!hook || !connector) return undefined;
      const { system, event, scope } = hook;
      return {
        hook: hook.id,
        connection: hook.connection,
        connector,
        registered: { event, scope, ...(system === undefined ? {} : { system }) },
        label: event,
        callbackUrl: registrationAt(hook, key)?.callbackUrl,
        dualRegistration: dualRegistrationOf(hook),
        acceptsUnsigned: hook.acceptUnsigned === true && connector.mayBeUnsigned === true,
        secrets: () => secretsAt(hook.connection, records.secrets(hook, key)),
        verified: ({ secret }) => secret === 'hook-previous' && records.usedPrevious(key),
      };
    },
    signingOf({ id, connection }) {
      const record = records.byId(id);
      const [secret] = (record && records.secrets(record)) ?? [];
      const { sign } = connectorOf(connection);
      return secret && sign ? { secret: secret.value, sign } : undefined;
    },
  };
}

/** The addresses of a hook that moves, as long as both are registered. */
function dualRegistrationOf({ key, others }: HookRecord): string | undefined {
  const living = others.filter(({ state }) => state !== 'retired').map((other) => other.key);
  return living.length === 0 ? undefined : [key, ...living].sort().join('+');
}
