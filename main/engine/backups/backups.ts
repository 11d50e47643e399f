import { stat } from 'node:fs/promises';
import type {
  Backup,
  BackupAccount,
  Change,
  Output,
  ParsedInput,
  PrunePreview,
  Settings,
} from '../../../preload/contract.ts';
import type { Connections } from '../connections/index.ts';
import type { BackupSupport, Connector } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import type { FindRoute } from '../ingress/index.ts';
import { describe, type Log } from '../log.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import { createSerialQueue } from '../serial.ts';
import type { Ledger, SecretStore } from '../storage/index.ts';
import { type Events, toTime } from '../storage/index.ts';
import type { Tunnel } from '../tunnel/index.ts';
import { createBackupActions, requireBackup } from './actions.ts';
import { createBackupRoutes } from './callback.ts';
import { createBackupFetch } from './fetch.ts';
import { createBackupFolder } from './folder.ts';
import { movedAdvice } from './messages.ts';
import { createBackupPlans, type PlanChange } from './plans.ts';
import { createBackupPruning } from './pruning.ts';
import { type BackupProgress, type BackupRecord, isOver, sizeOf, toBackup } from './record.ts';
import { openBackupRecords } from './records.ts';
import { createBackupRunner } from './runner.ts';
import { createBackupSteps } from './steps.ts';
import { createBackupVerifier } from './verifier.ts';
import { startBackupWatch } from './watch.ts';

/** Backups of the accounts that have any: requested, called back, fetched, proven, kept. */
export interface Backups {
  /** Finds the callback routes of backups. */
  readonly findRoute: FindRoute;
  /** Whether one is under way, which may yet be called back. */
  readonly waiting: boolean;
  /** Joins the open one of this account and request. Throws where the account cannot be backed up. */
  start(connection: string, request?: string): Promise<Backup>;
  list(connection: string | undefined, limit: number): Backup[];
  resume(id: string): Promise<Backup>;
  cancel(id: string): Promise<Backup>;
  verify(id: string): Promise<Backup>;
  reveal(id: string): Promise<boolean>;
  accounts(): BackupAccount[];
  plan(connection: string, change: PlanChange): BackupAccount;
  /** What the plan, or a draft of one, would remove; with `apply` those of the plan's are removed. */
  prune(connection: string, how: PruneRequest): Promise<PrunePreview>;
  readonly folder: Output<'backups.place'>;
  chooseFolder(): Promise<Output<'backups.place'>>;
  /** Goes on with what is open and looks what is due: at start, on waking, when tunnel or settings changed. */
  wake(): void;
  /** Continues every backup whose callback is stored. */
  continueCalledBack(): Promise<void>;
  /** Ends what is open of a connection that goes away. */
  forget(connection: string): Promise<void>;
  close(): Promise<void>;
}

type PruneRequest = Omit<ParsedInput<'backups.tidy'>, 'connection'>;

export interface BackupsOptions {
  readonly ports: Ports;
  readonly connectors: readonly Connector[];
  readonly connections: Connections;
  readonly ledger: Ledger;
  readonly secretStore: SecretStore;
  readonly events: Events;
  readonly notifier: Notifier;
  settings(): Settings['backups'];
  tunnel(): Pick<Tunnel, 'status' | 'check'>;
  readonly log: Log;
  warn(message: string): void;
  tell(change: Change): void;
  /** A callback was stored as this event. */
  calledBack(event: number | undefined): void;
}

/** Opens what is stored; nothing is done with it before `wake`. */
export function openBackups(options: BackupsOptions): Backups {
  const { ports, connections, connectors, ledger, secretStore, notifier, settings, log, tell } = options;
  const { now } = ports;
  const tunnel = () => options.tunnel().status;
  const progress = new Map<string, BackupProgress>();
  const plans = createBackupPlans(ports.store, now, options.warn);
  const place = createBackupFolder(ports, options.warn);

  const present = (record: BackupRecord): Backup => {
    const moved = record.state === 'requested' ? movedAdvice(record, tunnel()) : null;
    return toBackup({ ...record, advice: moved ?? record.advice }, progress.get(record.id));
  };
  const tellOf = (record: BackupRecord): void => tell({ type: 'backup', backup: present(record) });
  const records = openBackupRecords({ ledger, now, log, changed: tellOf });

  const connectorOf = (connection: string): Connector | undefined => {
    const stored = connections.list().find(({ id }) => id === connection);
    return connectors.find(({ id }) => id === stored?.connector);
  };
  const accountIds = (): { connection: string; name: string; support: BackupSupport }[] =>
    connections.list().flatMap(({ id, name }) => {
      const support = connectorOf(id)?.backups;
      return support ? [{ connection: id, name, support }] : [];
    });
  const accountOf = (connection: string): { name: string; support: BackupSupport } => {
    const account = accountIds().find((one) => one.connection === connection);
    if (account) return account;
    const known = connections.list().some(({ id }) => id === connection);
    if (!known) throw notFound('connection');
    throw new RingbackError('invalid-input', 'This connection has nothing to back up.');
  };
  const nameOf = ({ connection, title }: BackupRecord): string =>
    connections.list().find(({ id }) => id === connection)?.name ?? title;

  const fetch = createBackupFetch({
    records,
    secretStore,
    fetch: ports.fetchFile,
    now,
    ...(ports.wait ? { wait: ports.wait } : {}),
    folderOf: (record) => place.folderOf(nameOf(record)),
    originOf: (record) => ({ account: nameOf(record), connector: connectorOf(record.connection)?.id ?? 'unknown' }),
    allowInsecure: () => settings().allowInsecure,
    progress(id, { rate, remaining, ...far }) {
      progress.set(id, {
        ...far,
        ...(rate === undefined ? {} : { rate: Math.round(rate) }),
        ...(remaining === undefined ? {} : { remaining: Math.ceil(remaining) }),
      });
      const record = records.get(id);
      if (record) tellOf(record);
    },
  });
  const tidyTurns = createSerialQueue();
  const ended = (record: BackupRecord): void => {
    progress.delete(record.id);
    notifier.process();
    tell({ type: 'backups' });
    if (record.state !== 'done') return;
    void tidyTurns(() => keepWithin(record.connection));
    void tidyTurns(() => orders.cleanUpSuperseded(record));
  };
  const { step, recover } = createBackupSteps({
    ...{ records, connections, secretStore, fetch, settings, tunnel, now, log, ended },
    silent: () => notifier.muted,
    isReachable: async () => (await options.tunnel().check()).state === 'up',
  });
  const runs = createBackupRunner({ records, step, recover, log });
  const orders = createBackupActions({ records, runs, fetch, accountOf, tunnel, now, log });
  const checks = createBackupVerifier(records, now);
  const tidying = createBackupPruning({ records, trash: ports.trash, now });
  const watch = startBackupWatch({
    ...{ records, plans, checks, ports, notifier, settings, log },
    accounts: accountIds,
    tunnel: options.tunnel,
    start: (connection) => orders.start(connection, 'plan'),
    changed: () => tell({ type: 'backups' }),
  });

  /** After each proven backup: what the plan no longer keeps goes. */
  const keepWithin = async (connection: string): Promise<void> => {
    try {
      const { keep } = plans.of(connection);
      if (keep) await tidying.apply(connection, keep, tidying.preview(connection, keep).remove);
    } catch (error) {
      log.warn('backups', `Old backups could not be tidied away: ${describe(error)}`);
      options.warn(
        `Old backups could not be tidied away. ${error instanceof RingbackError ? error.message : ''}`.trim(),
      );
    }
  };

  const toAccount = ({ connection, name, support }: ReturnType<typeof accountIds>[number]): BackupAccount => {
    const { lastGood, lastGoodAt, ...standing } = watch.standing(connection);
    const running = records.all.find((one) => one.connection === connection && !isOver(one));
    const [file] = lastGood?.files ?? [];
    return {
      connection,
      name,
      requests: [...support.requests],
      ...(lastGood && file
        ? { lastProven: { id: lastGood.id, at: toTime(lastGoodAt), bytes: sizeOf(lastGood), file: file.path } }
        : {}),
      ...(running ? { running: present(running) } : {}),
      plan: plans.of(connection),
      ...standing,
    };
  };

  return {
    findRoute: createBackupRoutes({
      ...{ records, ledger, secretStore, connectorOf, now, log },
      calledBack: options.calledBack,
    }),
    get waiting() {
      return records.all.some((record) => !isOver(record));
    },
    start: async (connection, request) => present(await orders.start(connection, 'user', request)),
    list: (connection, limit) =>
      records.all
        .filter((one) => connection === undefined || one.connection === connection)
        .slice(0, limit)
        .map(present),
    resume: async (id) => present(await orders.resume(id)),
    cancel: async (id) => present(await orders.cancel(id)),
    verify: async (id) => present(await checks.verify(id)),
    async reveal(id) {
      const [file] = requireBackup(records, id).files;
      if (!file || !ports.reveal) return false;
      const isThere = await stat(file.path).then(
        () => true,
        () => false,
      );
      return isThere && ports.reveal(file.path);
    },
    accounts: () => accountIds().map(toAccount),
    plan(connection, change) {
      const account = { connection, ...accountOf(connection) };
      plans.change(connection, change);
      watch.look();
      tell({ type: 'backups' });
      return toAccount(account);
    },
    async prune(connection, { apply, keep: draft }) {
      accountOf(connection);
      const { keep } = plans.of(connection);
      if (apply === undefined) return tidying.preview(connection, draft === undefined ? keep : draft);
      const tidied = await tidyTurns(() => tidying.apply(connection, keep, apply));
      tell({ type: 'backups' });
      return tidied;
    },
    get folder() {
      return place.location;
    },
    async chooseFolder() {
      if (await place.choose()) tell({ type: 'backups' });
      return place.location;
    },
    wake() {
      for (const record of records.all) if (record.state === 'requested') tellOf(record);
      runs.driveAll();
      watch.look();
    },
    async continueCalledBack() {
      for (const { id, state } of records.all) if (state === 'called-back' || state === 'resolved') runs.drive(id);
    },
    async forget(connection) {
      await orders.abandon(connection);
      plans.forget(connection);
    },
    async close() {
      await Promise.all([watch.stop(), checks.close(), runs.close()]);
      await tidyTurns(async () => {});
    },
  };
}
