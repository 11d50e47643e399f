import { randomBytes, randomUUID } from 'node:crypto';
import type { TunnelStatus } from '../../../preload/contract.ts';
import type { BackupSupport } from '../connector/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { describe, type Log } from '../log.ts';
import type { BackupFetch } from './fetch.ts';
import { movedAdvice } from './messages.ts';
import { type BackupRecord, isOver, isResumable, newRecord, resumed } from './record.ts';
import type { BackupRecords, Save } from './records.ts';
import type { BackupRunner } from './runner.ts';

export interface BackupActionsOptions {
  readonly records: BackupRecords;
  readonly runs: BackupRunner;
  readonly fetch: BackupFetch;
  /** Throws where the connection is gone or makes no backups. */
  accountOf(connection: string): { readonly name: string; readonly support: BackupSupport };
  tunnel(): TunnelStatus;
  now(): number;
  readonly log: Log;
}

/** What the user and the plan may order. Each resolves when it is on disk. */
export interface BackupActions {
  /** One request of a kind is open for an account at a time; a second order joins it. */
  start(connection: string, by: BackupRecord['by'], request?: string): Promise<BackupRecord>;
  resume(id: string): Promise<BackupRecord>;
  /** Ends an open one, and gives up a failed one that could go on; what was fetched of it is deleted. */
  cancel(id: string): Promise<BackupRecord>;
  /** Deletes what older ones of the account left that came to nothing: this newer one is done. */
  cleanUpSuperseded(done: BackupRecord): Promise<void>;
  /** Ends all that is open of a connection. */
  abandon(connection: string): Promise<void>;
}

export function createBackupActions(options: BackupActionsOptions): BackupActions {
  const { records, runs, now } = options;

  const openOf = (connection: string, request: string): BackupRecord | undefined =>
    records.all.find((one) => one.connection === connection && one.request === request && !isOver(one));

  const begin = async (save: Save, draft: Pick<BackupRecord, 'connection' | 'request' | 'title' | 'by'>) => {
    const key = randomBytes(16).toString('hex');
    const record = newRecord({ ...draft, id: randomUUID(), key }, now());
    await save(record);
    return record;
  };

  /** Whether it was never said that the request arrived: then an order to start means "request it again". */
  const again = async (save: Save, open: BackupRecord): Promise<BackupRecord | undefined> => {
    if (open.state !== 'requested') return open;
    if (movedAdvice(open, options.tunnel()) !== null) {
      const problem = 'The public address changed before the callback came. It was requested again.';
      await save({ ...open, state: 'timed-out', since: now(), updatedAt: now(), problem, advice: null });
      return undefined;
    }
    if (open.answered) return open;
    const record = {
      ...open,
      state: 'created',
      postedAt: null,
      problem: null,
      since: now(),
      updatedAt: now(),
    } as const;
    await save(record);
    return record;
  };

  /** Without a folder there is nothing more to delete. */
  const clear = async (record: BackupRecord): Promise<void> => {
    try {
      if (!(await options.fetch.discard(record))) return;
      await records.change(record.id, (present) => (isOver(present) ? { folder: null, advice: null } : undefined));
    } catch (error) {
      options.log.warn('backups', `What was fetched of backup ${record.id} stays: ${describe(error)}`);
    }
  };

  /** Undefined where it was over already, and could not have gone on. */
  const end = async (record: BackupRecord, problem: string): Promise<BackupRecord | undefined> => {
    let ended = false;
    const next = await records.change(record.id, (present) => {
      ended = !isOver(present) || isResumable(present);
      if (!ended) return undefined;
      const why = isOver(present) ? {} : ({ state: 'cancelled', problem } as const);
      return { ...why, abandoned: true, advice: null };
    });
    if (!ended || !next) return undefined;
    await runs.halt(record.id);
    await clear(next);
    return records.get(record.id);
  };

  return {
    async start(connection, by, request) {
      const { name, support } = options.accountOf(connection);
      const kind = request === undefined ? support.requests[0] : support.requests.find(({ id }) => id === request);
      if (!kind) throw new RingbackError('invalid-input', `There is no request "${request}" here.`);
      if (options.tunnel().state === 'off') {
        throw new RingbackError(
          'conflict',
          'The provider calls back when it is done, and no tunnel is set. Choose one in the settings.',
        );
      }
      const record = await records.inTurn(async (save) => {
        const open = openOf(connection, kind.id);
        const joined = open && (await again(save, open));
        const title = `${kind.title} of ${name}`;
        return joined ?? begin(save, { connection, request: kind.id, title, by });
      });
      runs.drive(record.id);
      return record;
    },

    async resume(id) {
      const record = await records.inTurn(async (save) => {
        const failed = requireBackup(records, id);
        if (!isResumable(failed)) throw new RingbackError('conflict', 'It cannot go on. Request it again.');
        if (openOf(failed.connection, failed.request)) {
          throw new RingbackError(
            'conflict',
            'Another backup of this account is under way. Wait for it, or cancel it.',
          );
        }
        const next = resumed(failed, now());
        await save(next);
        return next;
      });
      runs.drive(id);
      return record;
    },

    async cancel(id) {
      const ended = await end(requireBackup(records, id), 'It was cancelled.');
      if (!ended) throw new RingbackError('conflict', 'It is finished already.');
      return ended;
    },

    async cleanUpSuperseded(done) {
      const older = records.all.slice(records.all.findIndex(({ id }) => id === done.id) + 1);
      for (const one of older) {
        const isOf = one.connection === done.connection && one.request === done.request && one.folder !== null;
        if (isOf && (one.state === 'failed' || one.state === 'cancelled')) await clear(one);
      }
    },

    async abandon(connection) {
      const open = records.all.filter((one) => one.connection === connection && !isOver(one));
      await Promise.all(open.map((one) => end(one, 'Its connection was removed.')));
    },
  };
}

export function requireBackup(records: BackupRecords, id: string): BackupRecord {
  const record = records.get(id);
  if (!record) throw notFound('backup');
  return record;
}
