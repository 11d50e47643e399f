import type { Connection } from '../../../../preload/contract/index.ts';
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
  /** Identifies the account among computers: all that back it up get the same name. */
  readonly shared: string;
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
  const toAccounts = (stored: Connection): Account[] => {
    const connector = connectorOf(stored.id);
    if (!connector?.backups) return [];
    const shared = sharedName(stored, connector);
    return [{ connection: stored.id, name: stored.name, support: connector.backups, shared }];
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

/** What computers that back up the same account have in common: its provider, its addresses, and whose it is. */
function sharedName(
  { connector: id, name, account = name, settings }: Pick<Connection, 'connector' | 'name' | 'account' | 'settings'>,
  connector: Pick<Connector, 'fields'>,
): string {
  const addresses = connector.fields
    .filter(({ kind }) => kind === 'url')
    .map((field) => settings[field.name] || (field.default ?? ''));
  return JSON.stringify([id, account, ...addresses]);
}
