import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { TunnelStatus } from '../../../preload/contract/index.ts';
import type { BackupSupport } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import { backupMessages, type Message, messageMembers, storedMessage } from '../messages/index.ts';
import { movedAdvice } from './advice.ts';
import type { FileDownloads } from './file-downloads.ts';
import {
  type Accounts,
  type BackupRecord,
  type BackupRecords,
  isOver,
  isResumable,
  isVerified,
  newRecord,
  problemFields,
  resumed,
  type Save,
  withoutAdvice,
  withoutProblem,
} from './records/index.ts';
import type { BackupRunner } from './runner.ts';

interface BackupActionsOptions {
  readonly records: BackupRecords;
  readonly runner: BackupRunner;
  readonly downloads: FileDownloads;
  readonly accounts: Pick<Accounts, 'get'>;
  tunnel(): TunnelStatus;
  now(): number;
  readonly log: Log;
}

interface StartOptions {
  readonly request?: string | undefined;
  /** The lease under which it is made, where several computers could. */
  readonly token?: number | undefined;
}

/** What the user and the schedule may do with backups. Each resolves when it is on disk. */
export interface BackupActions {
  /** One request of a kind is open for an account at a time; a second start joins it. */
  start(connection: string, by: BackupRecord['by'], options?: StartOptions): Promise<BackupRecord>;
  resume(id: string): Promise<BackupRecord>;
  /** Ends an open one, and discards a failed one that could continue; its partial files are deleted. */
  cancel(id: string): Promise<BackupRecord>;
  /** Deletes older partial files of the account once a backup is done, and damaged ones once it is verified. */
  cleanUpSuperseded(done: BackupRecord): Promise<void>;
  /** Ends all open ones of a connection. */
  abandon(connection: string): Promise<void>;
}

export function createBackupActions(options: BackupActionsOptions): BackupActions {
  const { records, runner, now } = options;
  return {
    async start(connection, by, { request, token } = {}) {
      const { name, support } = options.accounts.get(connection);
      const kind = requestOf(support, request);
      if (options.tunnel().state === 'off') {
        throw new RingbackError('conflict', backupMessages.noTunnelToStart());
      }
      const record = await records.exclusively(async (save) => {
        const open = openOf(records, connection, kind.id);
        const joined = open && (await join(open, save, options.tunnel(), now()));
        const lease = token === undefined ? {} : { lease: { token, reported: false } };
        const what = storedMessage(kind.title, kind.titleMessage);
        const title = messageMembers('title', backupMessages.title({ request: what, account: name }));
        const draft = { connection, request: kind.id, ...title, by, ...lease };
        return joined ?? create(draft, save, now());
      });
      runner.drive(record.id);
      return record;
    },
    async resume(id) {
      const record = await records.exclusively((save) => resume(records, id, save, now()));
      runner.drive(id);
      return record;
    },
    async cancel(id) {
      const ended = await end(requireBackup(records, id), backupMessages.cancelled(), options);
      if (!ended) throw new RingbackError('conflict', backupMessages.alreadyFinished());
      return ended;
    },
    async cleanUpSuperseded(done) {
      const at = records.all.findIndex(({ id }) => id === done.id);
      const older = at < 0 ? [] : records.all.slice(at);
      for (const one of older) {
        if (isSuperseded(one, done)) await discard(one, options);
        if (isVerified(done) && isSameKind(one, done)) await deleteDamagedFile(one, options);
      }
    },
    async abandon(connection) {
      const open = records.all.filter((one) => one.connection === connection && !isOver(one));
      await Promise.all(open.map((one) => end(one, backupMessages.connectionRemoved(), options)));
    },
  };
}

export function requireBackup(records: BackupRecords, id: string): BackupRecord {
  const record = records.get(id);
  if (!record) throw notFound('backup');
  return record;
}

function requestOf({ requests }: BackupSupport, request: string | undefined): BackupSupport['requests'][number] {
  const found = request === undefined ? requests[0] : requests.find(({ id }) => id === request);
  if (!found) throw new RingbackError('invalid-input', backupMessages.unknownRequest({ request: request ?? '' }));
  return found;
}

function openOf(records: BackupRecords, connection: string, request: string): BackupRecord | undefined {
  return records.all.find((one) => one.connection === connection && one.request === request && !isOver(one));
}

async function create(
  draft: Pick<BackupRecord, 'connection' | 'request' | 'title' | 'titleMessage' | 'by' | 'lease'>,
  save: Save,
  now: number,
): Promise<BackupRecord> {
  const record = newRecord({ ...draft, id: randomUUID(), key: randomBytes(16).toString('hex') }, now);
  await save(record);
  return record;
}

/** The open backup that a second start joins; undefined where it has to be requested again. */
async function join(
  open: BackupRecord,
  save: Save,
  tunnel: TunnelStatus,
  now: number,
): Promise<BackupRecord | undefined> {
  if (open.state !== 'requested') return open;
  const changed = { since: now, updatedAt: now };
  if (movedAdvice(open, tunnel) !== null) {
    const problem = problemFields(backupMessages.publicUrlChanged());
    await save({ ...open, ...changed, state: 'timed-out', ...problem, ...withoutAdvice });
    return undefined;
  }
  if (open.answered) return open;
  // The provider never confirmed the request: it is sent again.
  const record: BackupRecord = { ...open, ...changed, state: 'created', postedAt: null, ...withoutProblem };
  await save(record);
  return record;
}

async function resume(records: BackupRecords, id: string, save: Save, now: number): Promise<BackupRecord> {
  const failed = requireBackup(records, id);
  if (!isResumable(failed)) throw new RingbackError('conflict', backupMessages.notResumable());
  if (openOf(records, failed.connection, failed.request)) {
    throw new RingbackError('conflict', backupMessages.otherInProgress());
  }
  const record = resumed(failed, now);
  await save(record);
  return record;
}

/** Undefined where it is over already and could not have continued. */
async function end(
  record: BackupRecord,
  problem: Message,
  options: BackupActionsOptions,
): Promise<BackupRecord | undefined> {
  const { records, runner } = options;
  let ended = false;
  const next = await records.change(record.id, (present) => {
    ended = !isOver(present) || isResumable(present);
    if (!ended) return undefined;
    const cancelled = isOver(present) ? {} : ({ state: 'cancelled', ...problemFields(problem) } as const);
    return { ...cancelled, abandoned: true, ...withoutAdvice };
  });
  if (!ended || !next) return undefined;
  await runner.halt(record.id);
  await discard(next, options);
  await deleteDamagedFile(next, options);
  return records.get(record.id);
}

/** A record without a folder has nothing more to delete. */
async function discard(record: BackupRecord, { records, downloads, log }: BackupActionsOptions): Promise<void> {
  try {
    if (!(await downloads.discard(record))) return;
    await records.change(record.id, (present) => (isOver(present) ? { folder: null, ...withoutAdvice } : undefined));
  } catch (error) {
    log.warn('backups', `The partial files of backup ${record.id} could not be deleted: ${describe(error)}`);
  }
}

/** A damaged file is evidence until a newer backup is verified, or the user discards its backup. */
async function deleteDamagedFile(record: BackupRecord, { records, log }: BackupActionsOptions): Promise<void> {
  const { id, damagedFile = null } = record;
  if (damagedFile === null) return;
  try {
    await rm(damagedFile, { force: true });
    await records.change(id, () => ({ damagedFile: null }));
  } catch (error) {
    log.warn('backups', `The damaged file of backup ${id} could not be deleted: ${describe(error)}`);
  }
}

function isSuperseded(older: BackupRecord, done: BackupRecord): boolean {
  if (!isSameKind(older, done) || older.folder === null) return false;
  return older.state === 'failed' || older.state === 'cancelled';
}

function isSameKind(one: BackupRecord, other: BackupRecord): boolean {
  return one.connection === other.connection && one.request === other.request;
}
