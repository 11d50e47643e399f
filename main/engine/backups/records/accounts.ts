import type { Connections } from '../../connections/index.ts';
import type { BackupSupport, Connector } from '../../connector/index.ts';
import { notFound, RingbackError } from '../../errors.ts';
import { backupMessages } from '../../messages/index.ts';
import type { BackupRecord } from './record.ts';

/** A connection that supports backups. */
export interface Account {
  readonly connection: string;
  readonly name: string;
  readonly support: BackupSupport;
}

export interface Accounts {
  readonly all: readonly Account[];
  /** Throws where the connection does not exist or does not support backups. */
  get(connection: string): Account;
  /** The account's name; the title of the record where the connection no longer exists. */
  nameOf(record: BackupRecord): string;
  /** Undefined where the connection no longer exists. */
  connectorOf(connection: string): Connector | undefined;
}

export function createAccounts(connections: Pick<Connections, 'list'>, connectors: readonly Connector[]): Accounts {
  const connectionOf = (connection: string) => connections.list().find(({ id }) => id === connection);
  const connectorOf = (connection: string): Connector | undefined => {
    const id = connectionOf(connection)?.connector;
    return connectors.find((one) => one.id === id);
  };
  const toAccounts = ({ id: connection, name }: { readonly id: string; readonly name: string }): Account[] => {
    const support = connectorOf(connection)?.backups;
    return support ? [{ connection, name, support }] : [];
  };
  return {
    get all() {
      return connections.list().flatMap(toAccounts);
    },
    get(connection) {
      const stored = connectionOf(connection);
      if (!stored) throw notFound('connection');
      const [account] = toAccounts(stored);
      if (!account) throw new RingbackError('invalid-input', backupMessages.unsupported());
      return account;
    },
    nameOf: ({ connection, title }) => connectionOf(connection)?.name ?? title,
    connectorOf,
  };
}
