import type { Backup, BackupAccount, BackupPlan, Output, Tidying } from '../../preload/contract.ts';
import type { Connections } from './connections.ts';
import type { Connector } from './connector.ts';
import { RingbackError } from './errors.ts';

/** Backups of the accounts that have any: requested, fetched, proven, kept. */
export interface Backups {
  /** Joins the open one of this account and request. Throws where the account cannot be backed up. */
  start(connection: string, request?: string): Promise<Backup>;
  list(connection: string | undefined, limit: number): Backup[];
  cancel(id: string): Promise<Backup>;
  verify(id: string): Promise<Backup>;
  reveal(id: string): Promise<boolean>;
  accounts(): BackupAccount[];
  plan(connection: string, change: PlanChange): BackupAccount;
  /** What the plan would remove; of `apply` it removes what is still to be removed. */
  tidy(connection: string, apply?: readonly string[]): Promise<Tidying>;
  readonly place: Output<'backups.place'>;
  choosePlace(): Promise<Output<'backups.place'>>;
}
export type PlanChange = { readonly [K in keyof BackupPlan]?: BackupPlan[K] | undefined };

export interface BackupsOptions {
  readonly connectors: readonly Connector[];
  readonly connections: Connections;
  readonly folder: string;
}

export function createBackups({ connectors, connections, folder }: BackupsOptions): Backups {
  const plan: BackupPlan = { schedule: null, keep: null, overdueHours: 36 };
  const accounts = (): BackupAccount[] =>
    connections.list().flatMap(({ id, connector, name }) => {
      const support = connectors.find((one) => one.id === connector)?.backups;
      return support ? [{ connection: id, name, requests: [...support.requests], plan, overdue: false }] : [];
    });
  const refuse = (): never => {
    throw new RingbackError('not-found', 'There is no such backup.');
  };
  return {
    start: refuse,
    list: () => [],
    cancel: refuse,
    verify: refuse,
    reveal: refuse,
    accounts,
    plan: refuse,
    tidy: refuse,
    place: { folder, choosable: false },
    choosePlace: refuse,
  };
}
