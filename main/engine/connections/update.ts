import type { Account, Connector, Context } from '../connector/index.ts';
import { RingbackError } from '../errors.ts';
import { connectionMessages } from '../messages/index.ts';
import type { SecretStore } from '../storage/index.ts';
import { days } from '../timing/index.ts';
import { accountFields, addressChanged, sameOwner } from './account.ts';
import { secretsOf, settingsOf } from './form.ts';
import type { ConnectionHandle, ConnectionOpener } from './opener.ts';
import type { ConnectionRegistry } from './registry.ts';
import type { StoredConnection } from './stored-connection.ts';

/** A replaced secret counts this much longer: providers retry for 48 hours, and a new secret takes minutes to apply. */
const previousSecretLifetime = days(7);

export interface ConnectionChange {
  readonly name?: string | undefined;
  readonly settings?: Record<string, string> | undefined;
  readonly secrets?: Record<string, string> | undefined;
}

interface UpdateParts {
  readonly registry: ConnectionRegistry;
  readonly handles: Map<string, ConnectionHandle>;
  readonly opener: ConnectionOpener;
  readonly secretStore: SecretStore;
  now(): number;
}

type Values = Readonly<Record<string, string>>;

interface Draft {
  readonly connector: Connector;
  readonly settings: Record<string, string>;
  readonly secrets: Record<string, string>;
  /** The secrets as they were; empty where one can no longer be read. */
  readonly before: Values;
}

/** Changes a connection after a sign-in with the new values succeeded; nothing is stored before. */
export function createConnectionUpdate(
  parts: UpdateParts,
): (id: string, change: ConnectionChange) => Promise<StoredConnection> {
  const { registry, handles, opener, secretStore, now } = parts;

  const rename = (id: string, name: string | undefined): StoredConnection => {
    const stored = registry.get(id);
    const next = { ...stored, name: name ?? stored.name };
    registry.save(next);
    return next;
  };

  return async (id, change) => {
    if (!change.settings && !change.secrets) return rename(id, change.name);
    const old = handles.get(id);
    const { connector, settings, secrets, before } = draftOf(registry, registry.get(id), old?.context, change);
    const personal = registry.isPersonal(registry.get(id));
    const sameAccount = personal && sameOwner(connector, registry.get(id).settings, settings);
    const credentials = sameAccount ? old?.credentials : undefined;
    const account = await accountWith(connector, opener.context(settings, secrets, credentials), personal);
    const encrypted = await secretStore.encrypt(secrets);
    // Read again: other changes may have been stored during the sign-in.
    const { account: knownAccount, cannot: _, missing: _missing, ...stored } = registry.get(id);
    const remaining = credentials && knownAccount !== undefined ? { account: knownAccount } : {};
    const until = now() + previousSecretLifetime;
    const next: StoredConnection = {
      ...stored,
      name: change.name ?? stored.name,
      ...(account ? accountFields(account) : remaining),
      settings,
      secrets: encrypted,
      previous: { ...stored.previous, ...replacedSecrets(stored.secrets, before, secrets, until) },
      kept: {},
    };
    const handle = await opener.open(next, credentials);
    // What the connector stored while the secrets were decrypted counts.
    const saved = { ...next, kept: credentials ? registry.get(id).kept : {} };
    handles.set(id, handle);
    registry.save(saved);
    if (personal && !credentials && old) void connector.signIn?.end(old.context).catch(() => {});
    return saved;
  };
}

/** The checked new values: the account's kind stays, no other connection has them, secrets stay with their address. */
function draftOf(
  registry: ConnectionRegistry,
  stored: StoredConnection,
  context: Context | undefined,
  change: ConnectionChange,
): Draft {
  const connector = registry.connectorOf(stored.connector);
  const before = Object.fromEntries(Object.keys(stored.secrets).map((key) => [key, context?.secrets[key] ?? '']));
  const settings = settingsOf(connector.fields, { ...stored.settings, ...change.settings });
  if (addressChanged(connector, stored.settings, settings)) rejectStoredSecrets(connector, before, change.secrets);
  const secrets = secretsOf(connector.fields, { ...before, ...change.secrets }, settings);
  if (registry.kindOf({ connector: connector.id, settings }) !== registry.kindOf(stored))
    throw new RingbackError('conflict', connectionMessages.kindChanged());
  registry.rejectDuplicate(connector, settings, stored.id);
  return { connector, settings, secrets, before };
}

/** A stored secret belongs to the address it was entered for: it is never sent to another, so each must be entered again. */
function rejectStoredSecrets({ fields }: Connector, stored: Values, entered: Values = {}): void {
  const missing = Object.keys(stored).find((name) => !entered[name]);
  if (missing === undefined) return;
  const field = fields.find(({ name }) => name === missing)?.label ?? missing;
  throw new RingbackError('invalid-input', connectionMessages.secretForNewAddress({ field }));
}

/** Signs in with the typed values, but not for a person who is signed out. */
async function accountWith(connector: Connector, context: Context, personal: boolean): Promise<Account | undefined> {
  if (personal) {
    if (!connector.signIn?.stateOf(context).signedIn) return undefined;
    await connector.signIn.renew(context);
  }
  return connector.check(context);
}

/** The encrypted secrets that others have replaced, by name. */
function replacedSecrets(
  encrypted: Values,
  before: Values,
  after: Values,
  until: number,
): Record<string, { sealed: string; until: number }> {
  const replaced = Object.entries(encrypted).filter(([key]) => before[key] && before[key] !== after[key]);
  return Object.fromEntries(replaced.map(([key, sealed]) => [key, { sealed, until }]));
}
