import { z } from 'zod';
import type { Connector } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { connectionMessages, type Message } from '../messages/index.ts';
import type { Store } from '../ports.ts';
import { createStoredValue } from '../storage/index.ts';
import { StoredConnection, sameSettings } from './stored-connection.ts';

type Kind = Pick<StoredConnection, 'connector' | 'settings'>;

/** The stored connections and the connectors they belong to. */
export interface ConnectionRegistry {
  readonly all: readonly StoredConnection[];
  /** Throws not-found. */
  get(id: string): StoredConnection;
  save(connection: StoredConnection): void;
  /** Stores these in place of all. */
  replaceAll(connections: StoredConnection[]): void;
  /** Throws not-found. */
  remove(id: string): void;
  /** Throws invalid-input where there is no such connector. */
  connectorOf(id: string): Connector;
  findConnector(id: string): Connector | undefined;
  /** The connector of a connection; undefined where either no longer exists. */
  connectorBehind(connection: string): Connector | undefined;
  /** The kind of account, as the connector names it; undefined where it has one kind only. */
  kindOf(connection: Kind): string | undefined;
  /** Whether a person signs in for it. */
  isPersonal(connection: Kind): boolean;
  /** Throws conflict where another connection than `self` has the same settings. */
  rejectDuplicate(connector: Connector, settings: Record<string, string>, self?: string): void;
}

interface RegistryOptions {
  readonly store: Store;
  readonly connectors: readonly Connector[];
  warn(message: string | Message): void;
  changed(): void;
}

export function openConnectionRegistry({ store, connectors, warn, changed }: RegistryOptions): ConnectionRegistry {
  const stored = createStoredValue(store, 'connections', z.array(StoredConnection), [], warn);
  const findConnector = (id: string): Connector | undefined => connectors.find((one) => one.id === id);
  const get = (id: string): StoredConnection => {
    const found = stored.value.find((one) => one.id === id);
    if (!found) throw notFound('connection');
    return found;
  };
  const kindOf = ({ connector, settings }: Kind): string | undefined =>
    findConnector(connector)?.signIn?.kindOf(settings);
  return {
    get all() {
      return stored.value;
    },
    get,
    save(next) {
      const known = stored.value.some(({ id }) => id === next.id);
      stored.set(known ? stored.value.map((one) => (one.id === next.id ? next : one)) : [...stored.value, next]);
      changed();
    },
    replaceAll(connections) {
      stored.set(connections);
      changed();
    },
    remove(id) {
      get(id);
      stored.set(stored.value.filter((one) => one.id !== id));
    },
    findConnector,
    connectorBehind(connection) {
      const found = stored.value.find(({ id }) => id === connection);
      return found && findConnector(found.connector);
    },
    connectorOf(id) {
      const connector = findConnector(id);
      if (!connector) throw new RingbackError('invalid-input', connectionMessages.unknownConnector({ connector: id }));
      return connector;
    },
    kindOf,
    isPersonal: (connection) => (kindOf(connection) ?? 'app') !== 'app',
    rejectDuplicate({ id, fields }, settings, self) {
      const duplicate = stored.value.find(
        (one) => one.connector === id && one.id !== self && sameSettings(fields, one.settings, settings),
      );
      if (duplicate) throw new RingbackError('conflict', connectionMessages.duplicate({ name: duplicate.name }));
    },
  };
}
