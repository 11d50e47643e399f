import type { Context } from '../connector/index.ts';
import type { SecretStore } from '../storage/index.ts';
import type { StoredConnection } from './stored-connection.ts';

/** A stored connection with its secrets at hand. */
export interface ConnectionHandle {
  readonly context: Context;
  /** Typed secrets that can no longer be read. */
  readonly unreadable: readonly string[];
  readonly previous: Readonly<Record<string, { value: string; until: number }>>;
  /** What is kept belongs to it alone; it passes on to a successor with other settings of the same account. */
  readonly credentials: CredentialState;
}

/** The connection's memory and the secrets it keeps by itself, the same objects in every context of one account. */
export interface CredentialState {
  readonly memory: Map<string, unknown>;
  readonly stored: Record<string, string>;
  /** Every `secrets` that shows what is kept. */
  readonly views: Set<Record<string, string>>;
}

export interface ConnectionOpenerOptions {
  readonly secretStore: SecretStore;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  now(): number;
  warn(message: string): void;
  /** Stores what an estate keeps, sealed; only while it is the connection's own. */
  save(estate: CredentialState, name: string, sealed: string | undefined): void;
  /** What an estate keeps has changed, on disk and in memory. */
  saved(estate: CredentialState): void;
}

export interface ConnectionOpener {
  open(stored: StoredConnection, estate?: CredentialState): Promise<ConnectionHandle>;
  /** A context with what was typed. Without an estate what it keeps is kept nowhere. */
  context(settings: Record<string, string>, typed: Record<string, string>, estate?: CredentialState): Context;
}

export function createConnectionOpener({
  secretStore,
  fetch,
  signal,
  now,
  warn,
  save: store,
  saved: stored,
}: ConnectionOpenerOptions): ConnectionOpener {
  const context: ConnectionOpener['context'] = (settings, typed, estate = createCredentialState()) => {
    const secrets = { ...typed, ...estate.stored };
    estate.views.add(secrets);
    const keep: Context['keep'] = async (name, value) => {
      const sealed = value === undefined ? undefined : (await secretStore.encrypt({ [name]: value }))[name];
      store(estate, name, sealed);
      for (const shown of [estate.stored, ...estate.views]) {
        if (value === undefined) delete shown[name];
        else shown[name] = value;
      }
      stored(estate);
    };
    return { settings, secrets, keep, memory: estate.memory, fetch, signal, now };
  };

  const openKept = async ({ name, kept }: StoredConnection): Promise<CredentialState> => {
    const { secrets, lost } = await secretStore.decrypt(kept);
    if (lost.length > 0) {
      warn(`The sign-in of "${name}" can no longer be read (the key store changed). Sign in again.`);
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
        warn(`The secrets of "${connection.name}" can no longer be read (the key store changed). Enter them again.`);
      }
      const previous = await openPrevious(connection);
      const estate = inherited ?? (await openKept(connection));
      return {
        context: context(connection.settings, secrets, estate),
        unreadable: lost,
        previous,
        credentials: estate,
      };
    },
  };
}

function createCredentialState(kept: Record<string, string> = {}): CredentialState {
  return { memory: new Map(), stored: kept, views: new Set() };
}
