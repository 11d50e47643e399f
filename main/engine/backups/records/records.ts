import { z } from 'zod';
import { describe, type Log } from '../../log.ts';
import { type DeliveryRow, type Ledger, type NotificationRow, selectBackups } from '../../storage/index.ts';
import { createSerialQueue } from '../../timing/index.ts';
import { BackupRecord } from './record.ts';

/** Rows that are committed together with a backup's new state. */
interface Alongside {
  readonly delivery?: DeliveryRow;
  readonly notice?: NotificationRow | undefined;
}
/** Durable when it resolves, with the number of the delivery's event. Throws LedgerError, and then nothing has changed. */
export type Save = (record: BackupRecord, alongside?: Alongside) => Promise<number | undefined>;

/** Every backup, in memory as it is on disk. Changes are serialized, so that each sees the result of the last. */
export interface BackupRecords {
  /** In the order in which they were made, the newest first. */
  readonly all: readonly BackupRecord[];
  get(id: string): BackupRecord | undefined;
  /** Those of one callback URL, the oldest first. */
  byKey(key: string): readonly BackupRecord[];
  /** Runs `work` while nothing else changes. */
  exclusively<T>(work: (save: Save) => Promise<T>): Promise<T>;
  /** Changes the record as left by earlier changes; `update` may return undefined for none. Resolves when durable. */
  change(
    id: string,
    update: (record: BackupRecord) => Partial<BackupRecord> | undefined,
    alongside?: (record: BackupRecord) => Alongside,
  ): Promise<BackupRecord | undefined>;
}

interface BackupRecordsOptions {
  readonly ledger: Ledger;
  now(): number;
  readonly log: Log;
  changed(record: BackupRecord): void;
}

export function openBackupRecords({ ledger, now, log, changed }: BackupRecordsOptions): BackupRecords {
  const rows = selectBackups(ledger);
  const records = new Map(rows.flatMap(({ record }) => parse(String(record), log)).map((one) => [one.id, one]));
  const keys = Map.groupBy(records.values(), ({ key }) => key);
  const queue = createSerialQueue();

  const save: Save = async (record, alongside = {}) => {
    const row = { id: record.id, createdAt: record.createdAt, record: JSON.stringify(z.encode(BackupRecord, record)) };
    const { event } = await ledger.write('backup', { row, ...alongside });
    const group = keys.get(record.key) ?? [];
    const index = group.findIndex(({ id }) => id === record.id);
    keys.set(record.key, index < 0 ? [...group, record] : group.with(index, record));
    records.set(record.id, record);
    changed(record);
    return event;
  };
  const exclusively: BackupRecords['exclusively'] = (work) => queue(() => work(save));

  return {
    get all() {
      return [...records.values()].reverse();
    },
    get: (id) => records.get(id),
    byKey: (key) => keys.get(key) ?? [],
    exclusively,
    change: (id, update, alongside) =>
      exclusively(async (save) => {
        const record = records.get(id);
        const changes = record && update(record);
        if (!record || !changes) return record;
        const time = now();
        const since = changes.state === undefined || changes.state === record.state ? record.since : time;
        const next = { ...record, since, ...changes, updatedAt: time };
        await save(next, alongside?.(next));
        return next;
      }),
  };
}

function parse(text: string, log: Log): BackupRecord[] {
  try {
    return [BackupRecord.parse(JSON.parse(text))];
  } catch (error) {
    log.warn('backups', `A stored backup could not be read and is ignored: ${describe(error)}`);
    return [];
  }
}
