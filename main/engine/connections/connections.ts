import { randomUUID } from 'node:crypto';
import type { Connection } from '../../../preload/contract/index.ts';
import type { Connector, Context } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { connectionMessages, type Message } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import type { SecretStore } from '../storage/index.ts';
import { createSerialQueue } from '../timing/index.ts';
import { accountFields } from './account.ts';
import { missingSecrets, secretsOf, settingsOf } from './form.ts';
import { type ConnectionHandle, type ConnectionOpener, createConnectionOpener } from './opener.ts';
import { type ConnectionRegistry, openConnectionRegistry } from './registry.ts';
import { type StoredConnection, withSecrets } from './stored-connection.ts';
import { type ConnectionChange, createConnectionUpdate } from './update.ts';
import { describeConnection, type SignInAttemptState } from './view.ts';

interface NewConnection {
  readonly connector: string;
  readonly name?: string | undefined;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface Connections {
  add(input: NewConnection): Promise<Connection>;
  /** Adds it without signing in; it can be used once the user has entered the secrets that are missing. */
  addIncomplete(input: NewConnection): Promise<Connection>;
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
  /** Undefined where the connection or its connector no longer exists. */
  connectorOf(id: string): Connector | undefined;
  /** Throws not-found. */
  open(id: string): { connector: Connector; context: Context; name: string };
  /** The owner's secret of that name, and a predecessor that still counts; undefined if they cannot be decrypted. */
  ownerSecrets(id: string, name: string): { current?: string; previous?: string } | undefined;
  /** All of them with plain secrets, for another computer. Throws where one cannot be decrypted. */
  copy(): Promise<StoredConnection[]>;
  /** Stores a copy in place of all. */
  replaceAll(copied: readonly StoredConnection[]): Promise<void>;
}

interface ConnectionsOptions {
  readonly store: Store;
  readonly secretStore: SecretStore;
  readonly connectors: readonly Connector[];
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  now(): number;
  warn(message: string | Message): void;
  changed(): void;
  /** The sign-in attempt in progress, or how the last one failed. */
  attemptOf(id: string): SignInAttemptState | undefined;
  /** A secret that the connector stores itself was saved or deleted. */
  credentialsChanged(id: string): void;
}

/** The connections on disk, and in memory with their secrets decrypted. */
export async function openConnections(options: ConnectionsOptions): Promise<Connections> {
  const registry = openConnectionRegistry(options);
  const handles = new Map<string, ConnectionHandle>();
  const opener = openerFor(options, registry, handles);
  for (const stored of registry.all) handles.set(stored.id, await opener.open(stored));

  const show = (stored: StoredConnection): Connection =>
    describeConnection(
      stored,
      registry.findConnector(stored.connector),
      handles.get(stored.id)?.context,
      options.attemptOf(stored.id),
    );
  const open: Connections['open'] = (id) => openHandle(registry, handles, id);
  const parts = { registry, handles, opener, secretStore: options.secretStore, now: options.now };
  const update = createConnectionUpdate(parts);
  const queue = createSerialQueue();

  return {
    add: (input) => queue(async () => show(await addConnection(parts, input))),
    addIncomplete: (input) => queue(async () => show(await addIncompleteConnection(parts, input))),
    list: () => registry.all.map(show),
    get: (id) => show(registry.get(id)),
    update: (id, change) => queue(async () => show(await update(id, change))),
    async check(id) {
      const { connector, context } = open(id);
      // A person's sign-in stays: another one would need the person.
      if (!registry.isPersonal(registry.get(id))) context.memory.clear();
      const account = await connector.check(context);
      const { cannot: _, ...rest } = registry.get(id);
      const next = { ...rest, ...accountFields(account) };
      registry.save(next);
      return show(next);
    },
    remove(id) {
      registry.remove(id);
      handles.delete(id);
      options.changed();
    },
    supports: (id, bundle) => registry.connectorOf(registry.get(id).connector)[bundle] !== undefined,
    connectorOf: registry.connectorBehind,
    signsIn: (id) => registry.isPersonal(registry.get(id)),
    open,
    ownerSecrets: (id, name) => ownerSecrets(handles.get(id), name, options.now()),
    copy: () => Promise.all(registry.all.map((stored) => toPlain(stored, options.secretStore))),
    replaceAll: (copied) => queue(() => replaceAll(parts, copied)),
  };
}

/** Saves what a connector stores itself under the connection whose credential state it belongs to, if there still is one. */
function openerFor(
  options: ConnectionsOptions,
  registry: ConnectionRegistry,
  handles: ReadonlyMap<string, ConnectionHandle>,
): ConnectionOpener {
  const ownerOf = (credentials: ConnectionHandle['credentials']): string | undefined =>
    [...handles].find(([, handle]) => handle.credentials === credentials)?.[0];
  return createConnectionOpener({
    ...options,
    save(credentials, name, encrypted) {
      const id = ownerOf(credentials);
      if (id === undefined) return;
      const { [name]: _, ...others } = registry.get(id).kept;
      registry.save({ ...registry.get(id), kept: encrypted === undefined ? others : { ...others, [name]: encrypted } });
    },
    saved(credentials) {
      const id = ownerOf(credentials);
      if (id !== undefined) options.credentialsChanged(id);
    },
  });
}

function openHandle(
  registry: ConnectionRegistry,
  handles: ReadonlyMap<string, ConnectionHandle>,
  id: string,
): { connector: Connector; context: Context; name: string } {
  const { name, connector, missing } = registry.get(id);
  const handle = handles.get(id);
  if (!handle) throw notFound('connection');
  if (missing) throw new RingbackError('conflict', connectionMessages.secretsMissing({ name }));
  if (handle.unreadable.length > 0) throw new RingbackError('conflict', connectionMessages.secretsUnreadable({ name }));
  return { connector: registry.connectorOf(connector), context: handle.context, name };
}

interface AddParts {
  readonly registry: ConnectionRegistry;
  readonly handles: Map<string, ConnectionHandle>;
  readonly opener: ConnectionOpener;
  readonly secretStore: SecretStore;
}

async function addConnection(parts: AddParts, input: NewConnection): Promise<StoredConnection> {
  const { registry, opener } = parts;
  const connector = registry.connectorOf(input.connector);
  const settings = settingsOf(connector.fields, input.settings);
  const secrets = secretsOf(connector.fields, input.secrets, settings);
  registry.rejectDuplicate(connector, settings);
  // A person says in the browser, later, whose account it is.
  const personal = registry.isPersonal({ connector: connector.id, settings });
  const account = personal ? undefined : await connector.check(opener.context(settings, secrets));
  const name = input.name || account?.name || connector.title;
  const fields = { name, ...(account ? accountFields(account) : {}), settings };
  return storeNew(parts, { connector: connector.id, ...fields }, secrets);
}

async function addIncompleteConnection(parts: AddParts, input: NewConnection): Promise<StoredConnection> {
  const connector = parts.registry.connectorOf(input.connector);
  const settings = settingsOf(connector.fields, input.settings);
  parts.registry.rejectDuplicate(connector, settings);
  const missing = missingSecrets(connector.fields, input.secrets, settings);
  const fields = { name: input.name || connector.title, settings, missing };
  return storeNew(parts, { connector: connector.id, ...fields }, input.secrets);
}

async function storeNew(
  { registry, handles, opener, secretStore }: AddParts,
  fields: Omit<StoredConnection, 'id' | 'secrets' | 'previous' | 'kept'>,
  secrets: NewConnection['secrets'],
): Promise<StoredConnection> {
  const encrypted = await secretStore.encrypt({ ...secrets });
  const stored: StoredConnection = { id: randomUUID(), ...fields, secrets: encrypted, previous: {}, kept: {} };
  handles.set(stored.id, await opener.open(stored));
  registry.save(stored);
  return stored;
}

function toPlain(stored: StoredConnection, { decrypt }: SecretStore): Promise<StoredConnection> {
  return withSecrets(stored, async (encrypted) => {
    const { secrets, lost } = await decrypt(encrypted);
    if (lost.length > 0)
      throw new RingbackError('conflict', connectionMessages.secretsUnreadable({ name: stored.name }));
    return secrets;
  });
}

/** The connectors forget what they had in memory. */
async function replaceAll(
  { registry, handles, opener, secretStore }: AddParts,
  copied: readonly StoredConnection[],
): Promise<void> {
  const all = await Promise.all(copied.map((one) => withSecrets(one, secretStore.encrypt)));
  const opened = await Promise.all(all.map(async (one) => [one.id, await opener.open(one)] as const));
  handles.clear();
  for (const [id, handle] of opened) handles.set(id, handle);
  registry.replaceAll(all);
}

function ownerSecrets(
  handle: ConnectionHandle | undefined,
  name: string,
  now: number,
): { current?: string; previous?: string } | undefined {
  if (!handle || handle.unreadable.includes(name)) return undefined;
  const current = handle.context.secrets[name];
  const replaced = handle.previous[name];
  const previous = replaced && replaced.until > now ? replaced.value : undefined;
  return { ...(current ? { current } : {}), ...(previous ? { previous } : {}) };
}
