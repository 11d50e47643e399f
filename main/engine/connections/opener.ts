import type { Context } from '../connector/index.ts';
import { connectionMessages, type Message } from '../messages/index.ts';
import type { SecretStore } from '../storage/index.ts';
import type { StoredConnection } from './stored-connection.ts';

/** A stored connection with its secrets decrypted. */
export interface ConnectionHandle {
  readonly context: Context;
  /** Typed secrets that can no longer be read. */
  readonly unreadable: readonly string[];
  readonly previous: Readonly<Record<string, { value: string; until: number }>>;
  /** Belongs to this connection alone; it is handed on when the connection's settings change but its account stays. */
  readonly credentials: CredentialState;
}

/** The connector's memory and the secrets it stores itself: the same objects in every context of one account. */
interface CredentialState {
  readonly memory: Map<string, unknown>;
  readonly stored: Record<string, string>;
  /** Every context's `secrets`, which include the stored ones. */
  readonly views: Set<Record<string, string>>;
}

interface ConnectionOpenerOptions {
  readonly secretStore: SecretStore;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  now(): number;
  warn(message: string | Message): void;
  /** Stores an encrypted secret of a credential state, as long as a connection owns it. */
  save(credentials: CredentialState, name: string, encrypted: string | undefined): void;
  /** The secrets of a credential state have changed, on disk and in memory. */
  saved(credentials: CredentialState): void;
}

export interface ConnectionOpener {
  open(stored: StoredConnection, credentials?: CredentialState): Promise<ConnectionHandle>;
  /** A context with the entered values. Without a credential state nothing the connector stores is saved. */
  context(settings: Record<string, string>, typed: Record<string, string>, credentials?: CredentialState): Context;
}

export function createConnectionOpener({
  secretStore,
  fetch,
  signal,
  now,
  warn,
  save,
  saved,
}: ConnectionOpenerOptions): ConnectionOpener {
  const context: ConnectionOpener['context'] = (settings, typed, credentials = createCredentialState()) => {
    const secrets = { ...typed, ...credentials.stored };
    credentials.views.add(secrets);
    const storeSecret: Context['storeSecret'] = async (name, value) => {
      const encrypted = value === undefined ? undefined : (await secretStore.encrypt({ [name]: value }))[name];
      save(credentials, name, encrypted);
      for (const view of [credentials.stored, ...credentials.views]) {
        if (value === undefined) delete view[name];
        else view[name] = value;
      }
      saved(credentials);
    };
    return { settings, secrets, storeSecret, memory: credentials.memory, fetch, signal, now };
  };

  const openStored = async ({ name, kept }: StoredConnection): Promise<CredentialState> => {
    const { secrets, lost } = await secretStore.decrypt(kept);
    if (lost.length > 0) {
      warn(connectionMessages.signInLost({ name }));
    }
    return createCredentialState(secrets);
  };

  const openPrevious = async ({ previous }: StoredConnection): Promise<ConnectionHandle['previous']> => {
    const live = Object.entries(previous).filter(([, { until }]) => until > now());
    const { secrets } = await secretStore.decrypt(Object.fromEntries(live.map(([name, { sealed }]) => [name, sealed])));
    const found = live.flatMap(([name, { until }]) => {
      const value = secrets[name];
      return value === undefined ? [] : [[name, { value, until }] as const];
    });
    return Object.fromEntries(found);
  };

  return {
    context,
    async open(connection, inherited) {
      const { secrets, lost } = await secretStore.decrypt(connection.secrets);
      if (lost.length > 0) {
        warn(connectionMessages.secretsLost({ name: connection.name }));
      }
      const previous = await openPrevious(connection);
      const credentials = inherited ?? (await openStored(connection));
      return {
        context: context(connection.settings, secrets, credentials),
        unreadable: [...lost, ...(connection.missing ?? [])],
        previous,
        credentials,
      };
    },
  };
}

function createCredentialState(stored: Record<string, string> = {}): CredentialState {
  return { memory: new Map(), stored, views: new Set() };
}
