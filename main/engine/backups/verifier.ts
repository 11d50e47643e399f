import type { Backup } from '../../../preload/contract.ts';
import { verifyBackup } from '../download/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { createSerialQueue } from '../serial.ts';
import type { NotificationRow } from '../storage/index.ts';
import type { BackupFileRecord, BackupRecord } from './record.ts';
import type { BackupRecords } from './records.ts';

/** Reads finished backups again, one at a time: it is the disk's work, not ours. */
export interface BackupVerifier {
  /** Compares its files with what was proven; where they are not good, `notice` is kept together with that finding. */
  verify(id: string, notice?: (record: BackupRecord) => NotificationRow | undefined): Promise<BackupRecord>;
  close(): Promise<void>;
}

export function createBackupVerifier(records: BackupRecords, now: () => number): BackupVerifier {
  const ending = new AbortController();
  const turns = createSerialQueue();

  const check = async (id: string, notice?: (record: BackupRecord) => NotificationRow | undefined) => {
    ending.signal.throwIfAborted();
    const verification = { at: now(), ...(await read(readable(records.get(id)).files, now, ending.signal)) };
    const checked = await records.change(
      id,
      () => ({ verification }),
      (record) => (verification.state === 'good' ? {} : { notice: notice?.(record) }),
    );
    return readable(checked);
  };

  return {
    verify: (id, notice) => turns(() => check(id, notice)),
    async close() {
      ending.abort(new RingbackError('offline', 'Ringback is closing; the backup was not read to its end.'));
      await turns(async () => {});
    },
  };
}

type Finding = Pick<NonNullable<Backup['verification']>, 'state' | 'reason'>;

/** The worst that was found. */
async function read(files: readonly BackupFileRecord[], now: () => number, signal: AbortSignal): Promise<Finding> {
  for (const { path, sha256 } of files) {
    const found = await verifyBackup(path, now, signal);
    if (found.state !== 'good') return { state: found.state, reason: found.reason.text };
    if (found.backup.sha256 !== sha256) return { state: 'altered', reason: 'Another file is in its place.' };
  }
  return { state: 'good' };
}

function readable(record: BackupRecord | undefined): BackupRecord {
  if (!record) throw notFound('backup');
  if (record.state !== 'done' || record.files.length === 0) {
    throw new RingbackError('conflict', 'There is no finished file to verify.');
  }
  if (record.removedAt !== null) throw new RingbackError('conflict', 'Its files were tidied away.');
  return record;
}
