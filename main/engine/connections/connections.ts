import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Connection } from '../../../preload/contract.ts';
import type { Account, Connector, Context } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { connectionMessages } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { createSerialQueue } from '../serial.ts';
import type { SecretStore } from '../storage/index.ts';
import { createStoredValue } from '../storage/index.ts';
import { secretsOf, settingsOf } from './form.ts';
import { type ConnectionHandle, type CredentialState, createConnectionOpener } from './opener.ts';
import { StoredConnection, sameSettings } from './stored-connection.ts';
import { describeConnection, type SignInAttemptState } from './view.ts';

export interface Connections {
  add(input: {
    connector: string;
    name?: string | undefined;
    settings: Record<string, string>;
    secrets: Record<string, string>;
  }): Promise<Connection>;
  list(): Connection[];
  /** Throws not-found. */
  get(id: string): Connection;
  update(id: string, change: ConnectionChange): Promise<Connection>;
  check(id: string): Promise<Connection>;
  remove(id: string): void;
  /** Whether a person signs in for it. */
  signsIn(id: string): boolean;
  /** Whether its provider has that bundle. */
  supports(id: string, bundle: 'hooks' | 'backups'): boolean;
  /** Throws not-found. */
  open(id: string): { connector: Connector; context: Context; name: string };
  /** The owner's secret of that name and its predecessor while that still counts; undefined while they cannot be unsealed. */
  ownerSecrets(id: string, name: string): { current?: string; previous?: string } | undefined;
}

export interface ConnectionChange {
  readonly name?: string | undefined;
  readonly settings?: Record<string, string> | undefined;
  readonly secrets?: Record<string, string> | undefined;
}

export interface ConnectionsOptions {
  readonly store: Store;
  readonly secretStore: SecretStore;
  readonly connectors: readonly Connector[];
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  now(): number;
  warn(message: string): void;
  changed(): void;
  /** The attempt to sign in that is under way, or how the last one failed. */
  attemptOf(id: string): SignInAttemptState | undefined;
  /** A secret that changes by itself was kept or forgotten. */
  credentialsChanged(id: string): void;
}

/** A replaced secret counts this much longer: APS retries for 48 hours, and a secret takes ten minutes to apply. */
const previousSecretLifetime = 7 * 24 * 3600_000;

export async function openConnections(options: ConnectionsOptions): Promise<Connections> {
  const { secretStore, now } = options;
  const record = createStoredValue(options.store, 'connections', z.array(StoredConnection), [], options.warn);
  const opened = new Map<string, ConnectionHandle>();

  const connectorOf = (id: string): Connector => {
    const connector = options.connectors.find((one) => one.id === id);
    if (!connector) throw new RingbackError('invalid-input', connectionMessages.unknownConnector({ connector: id }));
    return connector;
  };
  const storedOf = (id: string): StoredConnection => {
    const stored = record.value.find((one) => one.id === id);
    if (!stored) throw notFound('connection');
    return stored;
  };
  const save = (next: StoredConnection): void => {
    const known = record.value.some((one) => one.id === next.id);
    record.set(known ? record.value.map((one) => (one.id === next.id ? next : one)) : [...record.value, next]);
    options.changed();
  };
  /** Undefined where the estate belongs to no connection: not yet, or not any more. */
  const ownerOf = (estate: CredentialState): string | undefined =>
    [...opened].find(([, one]) => one.credentials === estate)?.[0];
  const opening = createConnectionOpener({
    ...options,
    save(estate, name, sealed) {
      const id = ownerOf(estate);
      if (id === undefined) return;
      const { [name]: _, ...others } = storedOf(id).kept;
      save({ ...storedOf(id), kept: sealed === undefined ? others : { ...others, [name]: sealed } });
    },
    saved(estate) {
      const id = ownerOf(estate);
      if (id !== undefined) options.credentialsChanged(id);
    },
  });
  const open: Connections['open'] = (id) => {
    const stored = storedOf(id);
    const found = opened.get(id);
    if (!found) throw notFound('connection');
    if (found.unreadable.length > 0) {
      throw new RingbackError('conflict', connectionMessages.secretsUnreadable({ name: stored.name }));
    }
    return { connector: connectorOf(stored.connector), context: found.context, name: stored.name };
  };

  const kindOf = ({ connector, settings }: Pick<StoredConnection, 'connector' | 'settings'>) =>
    options.connectors.find(({ id }) => id === connector)?.signIn?.kindOf(settings);
  const isPersonal = (connection: Pick<StoredConnection, 'connector' | 'settings'>): boolean =>
    (kindOf(connection) ?? 'app') !== 'app';

  const show = (stored: StoredConnection): Connection => {
    const connector = options.connectors.find(({ id }) => id === stored.connector);
    return describeConnection(stored, connector, opened.get(stored.id)?.context, options.attemptOf(stored.id));
  };

  const rejectDuplicate = ({ id, fields }: Connector, settings: Record<string, string>, self?: string): void => {
    const duplicate = record.value.find(
      (one) => one.connector === id && one.id !== self && sameSettings(fields, one.settings, settings),
    );
    if (duplicate) throw new RingbackError('conflict', connectionMessages.duplicate({ name: duplicate.name }));
  };
  const add: Connections['add'] = async (input) => {
    const connector = connectorOf(input.connector);
    const settings = settingsOf(connector.fields, input.settings);
    const secrets = secretsOf(connector.fields, input.secrets, settings);
    rejectDuplicate(connector, settings);
    const personal = isPersonal({ connector: connector.id, settings });
    // Whose account it is, a person says in the browser, later.
    const account = personal ? undefined : await connector.check(opening.context(settings, secrets));
    const stored: StoredConnection = {
      id: randomUUID(),
      connector: connector.id,
      name: input.name || account?.name || connector.title,
      ...(account ? checked(account) : {}),
      settings,
      secrets: await secretStore.encrypt(secrets),
      previous: {},
      kept: {},
    };
    opened.set(stored.id, await opening.open(stored));
    save(stored);
    return show(stored);
  };
  const rename = (id: string, name: string | undefined): Connection => {
    const stored = storedOf(id);
    const next = { ...stored, name: name ?? stored.name };
    save(next);
    return show(next);
  };
  /** Signs in with what was typed, but not for a person who is signed out. */
  const accountWith = async (
    connector: Connector,
    context: Context,
    personal: boolean,
  ): Promise<Account | undefined> => {
    if (personal) {
      if (!connector.signIn?.stateOf(context).signedIn) return undefined;
      await connector.signIn.renew(context);
    }
    return connector.check(context);
  };
  const update: Connections['update'] = async (id, { name, settings: newSettings, secrets: newSecrets }) => {
    if (!newSettings && !newSecrets) return rename(id, name);
    const before = storedOf(id);
    const connector = connectorOf(before.connector);
    const { context: old, credentials: estate } = opened.get(id) ?? {};
    const kept = Object.fromEntries(Object.keys(before.secrets).map((key) => [key, old?.secrets[key] ?? '']));
    const settings = settingsOf(connector.fields, { ...before.settings, ...newSettings });
    const secrets = secretsOf(connector.fields, { ...kept, ...newSecrets }, settings);
    if (kindOf({ connector: connector.id, settings }) !== kindOf(before)) {
      throw new RingbackError('conflict', connectionMessages.kindChanged());
    }
    rejectDuplicate(connector, settings, id);
    const personal = isPersonal(before);
    const inherited = personal && sameOwner(connector, before.settings, settings) ? estate : undefined;
    const account = await accountWith(connector, opening.context(settings, secrets, inherited), personal);
    const sealed = await secretStore.encrypt(secrets);
    const stored = storedOf(id);
    const replaced = Object.entries(stored.secrets)
      .filter(([key]) => kept[key] && kept[key] !== secrets[key])
      .map(([key, secret]) => [key, { sealed: secret, until: now() + previousSecretLifetime }] as const);
    const { account: formerAccount, cannot: _, ...rest } = stored;
    const former = inherited && formerAccount !== undefined ? { account: formerAccount } : {};
    const draft: StoredConnection = {
      ...rest,
      name: name ?? stored.name,
      ...(account ? checked(account) : former),
      settings,
      secrets: sealed,
      previous: { ...stored.previous, ...Object.fromEntries(replaced) },
      kept: {},
    };
    const successor = await opening.open(draft, inherited);
    // What was kept while the secrets were unsealed counts.
    const next = { ...draft, kept: inherited ? storedOf(id).kept : {} };
    opened.set(id, successor);
    save(next);
    if (personal && !inherited && old) void connector.signIn?.end(old).catch(() => {});
    return show(next);
  };
  const queue = createSerialQueue();

  for (const stored of record.value) opened.set(stored.id, await opening.open(stored));

  return {
    add: (input) => queue(() => add(input)),
    list: () => record.value.map(show),
    get: (id) => show(storedOf(id)),
    update: (id, change) => queue(() => update(id, change)),
    async check(id) {
      const { connector, context } = open(id);
      // A person's sign-in is not begun anew: it would need the person.
      if (!isPersonal(storedOf(id))) context.memory.clear();
      const account = await connector.check(context);
      const { cannot: _, ...rest } = storedOf(id);
      const next = { ...rest, ...checked(account) };
      save(next);
      return show(next);
    },
    remove(id) {
      storedOf(id);
      record.set(record.value.filter((one) => one.id !== id));
      opened.delete(id);
      options.changed();
    },
    supports: (id, bundle) => connectorOf(storedOf(id).connector)[bundle] !== undefined,
    signsIn: (id) => isPersonal(storedOf(id)),
    open,
    ownerSecrets(id, name) {
      const found = opened.get(id);
      if (!found || found.unreadable.includes(name)) return undefined;
      const current = found.context.secrets[name];
      const former = found.previous[name];
      const previous = former && former.until > now() ? former.value : undefined;
      return { ...(current ? { current } : {}), ...(previous ? { previous } : {}) };
    },
  };
}

/** What a check tells of an account, as it is kept. */
function checked({ name, cannot }: Account): Pick<StoredConnection, 'account' | 'cannot'> {
  return { account: name, ...(cannot ? { cannot: [...cannot] } : {}) };
}

/** Whether a sign-in with the one setting holds with the other: what was only chosen makes no other account. */
function sameOwner(connector: Connector, one: Record<string, string>, other: Record<string, string>): boolean {
  const telling = connector.fields.filter(({ kind }) => kind === 'text' || kind === 'url');
  return sameSettings(telling, one, other);
}
