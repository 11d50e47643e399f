import type { Connection, Hook } from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import type { Connector, Secret } from '../connector/index.ts';
import { notFound } from '../errors.ts';
import type { CallbackAddress, Signer } from '../ingress/index.ts';
import { type HookRecord, type HookRecords, registrationAt, registrationsOf } from './records/index.ts';

interface CallbackAddressesOptions {
  readonly records: HookRecords;
  readonly connections: Connections;
}

/** Finds the hook of a callback URL, and the connector of a connection. */
export interface CallbackAddresses {
  /** What is registered at the address with this key. */
  addressOf(key: string): CallbackAddress | undefined;
  /** Throws not-found. Describes no connection, since it is called for each event. */
  connectorOf(connection: string): Connector;
  /** Throws not-found. */
  connectionOf(id: string): { readonly connection: Connection; readonly connector: Connector };
  /** The secret that a delivery to the hook is signed with at present, and how; undefined where it cannot be signed here. */
  signingOf(hook: Hook): { readonly secret: string; readonly sign: NonNullable<Connector['sign']> } | undefined;
  /** All hooks, with what their deliveries are or were signed with. */
  signers(): readonly Signer[];
}

/** The field whose secret an owner has set for all its hooks. */
const sharedSecretField = 'signingSecret';

export function createCallbackAddresses({ records, connections }: CallbackAddressesOptions): CallbackAddresses {
  /** The hook's own, and those of its owner that were set for the whole application. */
  const secretsAt = (connection: string, own: readonly Secret[] | undefined): readonly Secret[] | undefined => {
    const owner = connections.ownerSecrets(connection, sharedSecretField);
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
      const { event } = hook;
      return {
        hook: hook.id,
        connection: hook.connection,
        connector,
        registered: registeredOf(hook),
        label: event,
        callbackUrl: registrationAt(hook, key)?.callbackUrl,
        dualRegistration: dualRegistrationOf(hook),
        acceptsUnsigned: acceptsUnsigned(hook, connector),
        secrets: () => secretsAt(hook.connection, records.secrets(hook, key)),
        verified: ({ secret }) => secret === 'hook-previous' && records.usedPrevious(key),
      };
    },
    signers: () =>
      records.all.flatMap((hook) => {
        const connector = connections.connectorOf(hook.connection);
        const own = registrationsOf(hook).flatMap(({ key }) => records.secrets(hook, key) ?? []);
        const secrets = secretsAt(hook.connection, own) ?? [];
        return connector ? [signerOf(hook, connector, secrets, records.expiredSecrets(hook))] : [];
      }),
    signingOf({ id, connection }) {
      const record = records.byId(id);
      const [secret] = (record && records.secrets(record)) ?? [];
      const { sign } = connectorOf(connection);
      return secret && sign ? { secret: secret.value, sign } : undefined;
    },
  };
}

function signerOf(
  hook: HookRecord,
  connector: Connector,
  secrets: readonly Secret[],
  expired: Signer['expired'],
): Signer {
  const shared = connector.fields.find(({ name, kind }) => name === sharedSecretField && kind === 'secret');
  return {
    ...{ hook: hook.id, connection: hook.connection, connector, registered: registeredOf(hook) },
    ...{ acceptsUnsigned: acceptsUnsigned(hook, connector), secrets, expired, sharedSecretField: shared?.name },
  };
}

function registeredOf({ system, event, scope }: HookRecord): CallbackAddress['registered'] {
  return { event, scope, ...(system === undefined ? {} : { system }) };
}

function acceptsUnsigned({ acceptUnsigned }: HookRecord, { mayBeUnsigned }: Connector): boolean {
  return acceptUnsigned === true && mayBeUnsigned === true;
}

/** The addresses of a hook that moves, as long as both are registered. */
function dualRegistrationOf({ key, others }: HookRecord): string | undefined {
  const living = others.filter(({ state }) => state !== 'retired').map((other) => other.key);
  return living.length === 0 ? undefined : [key, ...living].sort().join('+');
}
