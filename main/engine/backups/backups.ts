import { stat } from 'node:fs/promises';
import type {
  Backup,
  BackupAccount,
  Change,
  Output,
  ParsedInput,
  PrunePreview,
  Settings,
} from '../../../preload/contract/index.ts';
import type { Connections } from '../connections/index.ts';
import type { Connector } from '../connector/index.ts';
import type { FindRoute } from '../ingress/index.ts';
import type { Log } from '../log.ts';
import type { Message } from '../messages/index.ts';
import type { Notifier } from '../notifications/index.ts';
import type { Ports } from '../ports.ts';
import type { Ledger, SecretStore } from '../storage/index.ts';
import type { Tunnel } from '../tunnel/index.ts';
import { type BackupActions, createBackupActions, requireBackup } from './actions.ts';
import { movedAdvice } from './advice.ts';
import { type AppliedRetention, createAppliedRetention } from './applied-retention.ts';
import { createBackupRoutes } from './callback.ts';
import { createFailurePolicy } from './failure-policy.ts';
import { createFileDownloads, type FileDownloads } from './file-downloads.ts';
import { type BackupFolder, createBackupFolder } from './folder.ts';
import { type BackupMonitor, startBackupMonitor } from './monitor.ts';
import {
  type Account,
  type Accounts,
  adviceFields,
  type BackupPlans,
  type BackupRecord,
  type BackupRecords,
  type BackupViews,
  createAccounts,
  createBackupPlans,
  createBackupViews,
  createTransitions,
  isOver,
  openBackupRecords,
  type PlanChange,
} from './records/index.ts';
import { type BackupRunner, createBackupRunner } from './runner.ts';
import { type BackupCoordinator, createLeaseCheck, reportDone, uncoordinated } from './shared/index.ts';
import { guardStep } from './step-guard.ts';
import { createBackupSteps } from './steps.ts';
import { type BackupVerifier, createBackupVerifier } from './verifier.ts';

/** Backups of the accounts that support them: requested, called back, downloaded, verified, retained. */
export interface Backups {
  /** Finds the callback routes of backups. */
  readonly findRoute: FindRoute;
  /** Whether one is in progress, which may yet be called back. */
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
  prune(connection: string, request: PruneRequest): Promise<PrunePreview>;
  readonly folder: Output<'backups.place'>;
  chooseFolder(): Promise<Output<'backups.place'>>;
  /** Continues the open ones and checks what is due: at start, on waking, when tunnel or settings changed. */
  wake(): void;
  /** Continues every backup whose callback is stored. */
  continueCalledBack(): Promise<void>;
  /** Ends the open ones of a connection that is removed. */
  forget(connection: string): Promise<void>;
  /** From now on planned backups are agreed on with other computers. */
  coordinate(coordinator: BackupCoordinator): void;
  close(): Promise<void>;
}

type PruneRequest = Omit<ParsedInput<'backups.tidy'>, 'connection'>;

interface BackupsOptions {
  readonly ports: Ports;
  readonly connectors: readonly Connector[];
  readonly connections: Connections;
  readonly ledger: Ledger;
  readonly secretStore: SecretStore;
  readonly notifier: Notifier;
  settings(): Settings['backups'];
  tunnel(): Pick<Tunnel, 'status' | 'check'>;
  readonly log: Log;
  warn(message: string | Message): void;
  publish(change: Change): void;
  /** A callback was stored as this event. */
  calledBack(event: number | undefined): void;
}

/** Opens what is stored; nothing is done with it before `wake`. */
export function openBackups(options: BackupsOptions): Backups {
  const stored = openStored(options);
  let coordinator = uncoordinated;
  const work = startWork(options, stored, () => coordinator);
  const coordinate: Backups['coordinate'] = (next) => {
    coordinator = next;
  };
  return toBackups({ ...stored, ...work, coordinate, coordinator: () => coordinator }, options);
}

interface Stored {
  readonly accounts: Accounts;
  readonly plans: BackupPlans;
  readonly folder: BackupFolder;
  readonly views: BackupViews;
  readonly records: BackupRecords;
}

function openStored({ ports, connections, connectors, ledger, tunnel, log, warn, publish }: BackupsOptions): Stored {
  const { now } = ports;
  const shown = (record: BackupRecord): BackupRecord => {
    const moved = record.state === 'requested' ? movedAdvice(record, tunnel().status) : null;
    return moved === null ? record : { ...record, ...adviceFields(moved) };
  };
  const views = createBackupViews({ shown, publish });
  return {
    accounts: createAccounts(connections, connectors),
    plans: createBackupPlans(ports.store, now, warn),
    folder: createBackupFolder(ports, warn),
    views,
    records: openBackupRecords({ ledger, now, log, changed: views.publish }),
  };
}

interface Work {
  readonly runner: BackupRunner;
  readonly actions: BackupActions;
  readonly verifier: BackupVerifier;
  readonly retention: AppliedRetention;
  readonly monitor: BackupMonitor;
}

function startWork(options: BackupsOptions, stored: Stored, coordinator: () => BackupCoordinator): Work {
  const { ports, notifier, settings, log, publish } = options;
  const { records, accounts, plans, views } = stored;
  const { now } = ports;
  const changed = (): void => publish({ type: 'backups' });
  const tunnel = () => options.tunnel().status;
  const downloads = openDownloads(options, stored);
  const ended = (record: BackupRecord): void => {
    views.clearProgress(record.id);
    notifier.process();
    changed();
    if (record.state === 'done') retention.applyAfter(record);
    if (record.lease) monitor.check();
  };
  const runner = openRunner(options, stored, { downloads, ended, coordinator });
  const actions = createBackupActions({ records, runner, downloads, accounts, tunnel, now, log });
  const retention = createAppliedRetention({
    records,
    plans,
    actions,
    trash: ports.trash,
    now,
    log,
    warn: options.warn,
  });
  const verifier = createBackupVerifier(records, now);
  const monitor = startBackupMonitor({
    ...{ records, plans, verifier, ports, notifier, settings, log, now, changed },
    accounts: () => accounts.all,
    tunnel: options.tunnel,
    start: (connection, token) => actions.start(connection, 'plan', { token }),
    coordinator,
  });
  return { runner, actions, verifier, retention, monitor };
}

function openDownloads({ ports, secretStore, settings, log }: BackupsOptions, stored: Stored): FileDownloads {
  const { records, accounts, folder, views } = stored;
  const { now, wait } = ports;
  return createFileDownloads({
    ...{ records, secretStore, log, fetch: ports.fetchFile, now },
    ...(wait ? { wait } : {}),
    folderOf: (record) => folder.folderOf(accounts.nameOf(record)),
    originOf: (record) => ({
      account: accounts.nameOf(record),
      connector: accounts.connectorOf(record.connection)?.id ?? 'unknown',
    }),
    allowInsecure: () => settings().allowInsecure,
    reserve: () => reserveOf(settings()),
    progress: views.setProgress,
  });
}

interface RunnerParts {
  readonly downloads: FileDownloads;
  ended(record: BackupRecord): void;
  coordinator(): BackupCoordinator;
}

function openRunner(
  options: BackupsOptions,
  { records, accounts }: Stored,
  { downloads, ended, coordinator }: RunnerParts,
): BackupRunner {
  const { ports, connections, secretStore, settings, notifier, log } = options;
  const { now } = ports;
  const muted = (): boolean => notifier.muted;
  const transitions = createTransitions({ records, connections, nameOf: accounts.nameOf, muted, now, ended });
  const tunnel = () => options.tunnel().status;
  const isReachable = async (): Promise<boolean> => (await options.tunnel().check()).state === 'up';
  const steps = createBackupSteps({ transitions, downloads, secretStore, settings, tunnel, now });
  return createBackupRunner({
    ...{ records, log },
    step: createLeaseCheck(guardStep(steps, { records, received: (record) => downloads.received(record) }), {
      ...{ transitions, coordinator },
      accountOf: (connection) => accounts.all.find((one) => one.connection === connection)?.shared,
    }),
    recover: createFailurePolicy({ transitions, settings, isReachable, now, log }),
  });
}

interface Domain extends Stored, Work, Pick<Backups, 'coordinate'> {
  coordinator(): BackupCoordinator;
}

/** Other computers may make the planned backups of this connection that ended here. */
async function reportEnded(connection: string, domain: Domain): Promise<void> {
  const account = domain.accounts.all.find((one) => one.connection === connection);
  if (account) await reportDone(connection, account.shared, domain);
}

function toBackups(domain: Domain, options: BackupsOptions): Backups {
  const { records, accounts, plans, folder, views, runner, actions, verifier, retention, monitor } = domain;
  const { ports, ledger, secretStore, log, publish, calledBack } = options;
  const { now } = ports;
  const { show } = views;
  return {
    findRoute: createBackupRoutes({
      ...{ records, ledger, secretStore, connectorOf: accounts.connectorOf, now, log, calledBack },
    }),
    get waiting() {
      return records.all.some((record) => !isOver(record));
    },
    start: async (connection, request) => show(await actions.start(connection, 'user', { request })),
    list: (connection, limit) =>
      records.all
        .filter((one) => connection === undefined || one.connection === connection)
        .slice(0, limit)
        .map(show),
    async resume(id) {
      await reportEnded(requireBackup(records, id).connection, domain);
      return show(await actions.resume(id));
    },
    cancel: async (id) => show(await actions.cancel(id)),
    verify: async (id) => show(await verifier.verify(id)),
    reveal: (id) => reveal(requireBackup(records, id), ports),
    accounts: () => accounts.all.map((account) => toAccount(account, domain)),
    plan(connection, change) {
      const account = accounts.get(connection);
      plans.change(connection, change);
      monitor.check();
      publish({ type: 'backups' });
      return toAccount(account, domain);
    },
    async prune(connection, { apply, keep }) {
      accounts.get(connection);
      if (apply === undefined) return retention.preview(connection, keep);
      const applied = await retention.apply(connection, apply);
      publish({ type: 'backups' });
      return applied;
    },
    get folder() {
      return folder.location;
    },
    async chooseFolder() {
      if (await folder.choose()) publish({ type: 'backups' });
      return folder.location;
    },
    wake() {
      for (const record of records.all) if (record.state === 'requested') views.publish(record);
      runner.driveAll();
      monitor.check();
    },
    async continueCalledBack() {
      for (const { id, state } of records.all) if (state === 'called-back' || state === 'resolved') runner.drive(id);
    },
    async forget(connection) {
      await actions.abandon(connection);
      await reportEnded(connection, domain);
      plans.forget(connection);
    },
    coordinate: domain.coordinate,
    async close() {
      await Promise.all([monitor.stop(), verifier.close(), runner.close()]);
      await retention.close();
    },
  };
}

async function reveal({ files: [file] }: BackupRecord, ports: Ports): Promise<boolean> {
  if (!file || !ports.reveal) return false;
  const exists = await stat(file.path).then(
    () => true,
    () => false,
  );
  return exists && ports.reveal(file.path);
}

function toAccount(
  { connection, name, support }: Account,
  { records, plans, monitor, views }: Stored & Pick<Work, 'monitor'>,
): BackupAccount {
  const running = records.all.find((one) => one.connection === connection && !isOver(one));
  return {
    ...{ connection, name, requests: [...support.requests] },
    ...(running ? { running: views.show(running) } : {}),
    plan: plans.of(connection),
    ...monitor.stateOf(connection),
  };
}

function reserveOf({ reserveGigabytes }: Settings['backups']): number | undefined {
  return typeof reserveGigabytes === 'number' ? reserveGigabytes * 1e9 : undefined;
}
