import type { Connections } from '../../connections/index.ts';
import type { BackupSupport, Context } from '../../connector/index.ts';
import { RingbackError } from '../../errors.ts';
import { backupMessages } from '../../messages/index.ts';
import type { NotificationRow } from '../../storage/index.ts';
import type { BackupRecord } from './record.ts';
import type { BackupRecords } from './records.ts';

interface TransitionOptions {
  readonly records: BackupRecords;
  readonly connections: Pick<Connections, 'open'>;
  nameOf(record: BackupRecord): string;
  /** True while the user wants no notifications. */
  muted(): boolean;
  now(): number;
  /** The backup is over, and its notification is queued. */
  ended(record: BackupRecord): void;
}

type NotificationOf = (record: BackupRecord, account: string, at: number) => NotificationRow;

/** Moves a backup from the state in which a step found it. */
export interface Transitions {
  /** Changes the record unless something else moved it on meanwhile. */
  move(
    record: BackupRecord,
    changes: Partial<BackupRecord>,
    notificationOf?: NotificationOf,
  ): Promise<BackupRecord | undefined>;
  /** The same into a final state. */
  finish(record: BackupRecord, changes: Partial<BackupRecord>, notificationOf?: NotificationOf): Promise<void>;
  /** The provider and the context of its calls, which end with the work on this backup. */
  open(record: BackupRecord, signal: AbortSignal): { readonly support: BackupSupport; readonly context: Context };
}

export function createTransitions(options: TransitionOptions): Transitions {
  const move: Transitions['move'] = ({ id, state }, changes, notificationOf) =>
    options.records.change(
      id,
      (record) => (record.state === state ? changes : undefined),
      (record) =>
        notificationOf && !options.muted()
          ? { notice: notificationOf(record, options.nameOf(record), options.now()) }
          : {},
    );
  return {
    move,
    async finish(record, changes, notificationOf) {
      const finished = await move(record, changes, notificationOf);
      if (finished && finished.state === changes.state) options.ended(finished);
    },
    open({ connection }, signal) {
      const { connector, context } = options.connections.open(connection);
      if (!connector.backups) throw new RingbackError('conflict', backupMessages.unsupported());
      return { support: connector.backups, context: { ...context, signal: AbortSignal.any([context.signal, signal]) } };
    },
  };
}
