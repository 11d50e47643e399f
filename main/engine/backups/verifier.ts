import { type Verification, verifyBackup } from '../download/index.ts';
import { notFound, RingbackError } from '../errors.ts';
import { backupMessages, referenceOf } from '../messages/index.ts';
import type { NotificationRow } from '../storage/index.ts';
import { createSerialQueue } from '../timing/index.ts';
import type { BackupFileRecord, BackupRecord, BackupRecords } from './records/index.ts';

type NotificationOf = (record: BackupRecord) => NotificationRow | undefined;

/** Reads finished backups again, one at a time, to spare the disk. */
export interface BackupVerifier {
  /** Compares its files with what the download verified; a notification of a difference is stored with that result. */
  verify(id: string, notificationOf?: NotificationOf): Promise<BackupRecord>;
  close(): Promise<void>;
}

export function createBackupVerifier(records: BackupRecords, now: () => number): BackupVerifier {
  const closing = new AbortController();
  const queue = createSerialQueue();

  const verify = async (id: string, notificationOf?: NotificationOf): Promise<BackupRecord> => {
    closing.signal.throwIfAborted();
    const verification = { at: now(), ...(await readFiles(readable(records.get(id)).files, now, closing.signal)) };
    const verified = await records.change(
      id,
      () => ({ verification }),
      (record) => (verification.state === 'good' ? {} : { notice: notificationOf?.(record) }),
    );
    return readable(verified);
  };

  return {
    verify: (id, notificationOf) => queue(() => verify(id, notificationOf)),
    async close() {
      closing.abort(new RingbackError('offline', backupMessages.closingWhileVerifying()));
      await queue(async () => {});
    },
  };
}

type Finding = Omit<NonNullable<BackupRecord['verification']>, 'at'>;

/** The first difference, if any. */
async function readFiles(files: readonly BackupFileRecord[], now: () => number, signal: AbortSignal): Promise<Finding> {
  for (const { path, sha256 } of files) {
    const finding = toFinding(await verifyBackup(path, now, signal), sha256);
    if (finding.state !== 'good') return finding;
  }
  return { state: 'good' };
}

function toFinding(verification: Verification, sha256: string): Finding {
  if (verification.state === 'good' && verification.backup.sha256 === sha256) return { state: 'good' };
  const state = verification.state === 'good' ? 'altered' : verification.state;
  const reason = verification.state === 'good' ? backupMessages.otherFile() : verification.reason;
  return { state, reason: reason.text, reasonMessage: referenceOf(reason) };
}

function readable(record: BackupRecord | undefined): BackupRecord {
  if (!record) throw notFound('backup');
  if (record.state !== 'done' || record.files.length === 0) {
    throw new RingbackError('conflict', backupMessages.noFileToVerify());
  }
  if (record.removedAt !== null) throw new RingbackError('conflict', backupMessages.filesRemoved());
  return record;
}
