import { rm, stat } from 'node:fs/promises';
import type { PrunePreview, RetentionPolicy } from '../../../preload/contract/index.ts';
import { errorCode, manifestPath, readBackup } from '../download/index.ts';
import { RingbackError } from '../errors.ts';
import { backupMessages } from '../messages/index.ts';
import type { Ports } from '../ports.ts';
import { planRetention } from './calendar/index.ts';
import {
  type BackupFileRecord,
  type BackupRecord,
  type BackupRecords,
  fileId,
  hasFiles,
  isVerified,
} from './records/index.ts';

export interface BackupPruningOptions {
  readonly records: BackupRecords;
  readonly trash: Ports['trash'];
  now(): number;
}

/** Applies the retention policy to the finished backups of an account. */
export interface BackupPruning {
  preview(connection: string, keep: RetentionPolicy | null): PrunePreview;
  /** Removes what both the preview and `ids` name; returns that preview. */
  apply(connection: string, keep: RetentionPolicy | null, ids: readonly string[]): Promise<PrunePreview>;
}

export function createBackupPruning({ records, trash, now }: BackupPruningOptions): BackupPruning {
  const preview: BackupPruning['preview'] = (connection, keep) => {
    const present = records.all.filter((one) => one.connection === connection && hasFiles(one));
    const plans = [...Map.groupBy(present, ({ request }) => request).values()].map((group) => decide(group, keep));
    return { keep: plans.flatMap((plan) => plan.keep), remove: plans.flatMap((plan) => plan.remove) };
  };
  return {
    preview,
    async apply(connection, keep, ids) {
      const plan = preview(connection, keep);
      const removed = plan.remove.filter((id) => ids.includes(id));
      if (removed.length > 0 && !(await isAnyOnDisk(records, plan.keep))) {
        throw new RingbackError('conflict', backupMessages.noRetainedBackupOnDisk());
      }
      for (const id of removed) {
        for (const [index, file] of (records.get(id)?.files ?? []).entries()) await removeFile(id, index, file, trash);
        await records.change(id, () => ({ removedAt: now() }));
      }
      return plan;
    },
  };
}

function decide(group: readonly BackupRecord[], keep: RetentionPolicy | null): PrunePreview {
  const candidates = group.map((record) => ({
    id: record.id,
    time: record.doneAt ?? record.updatedAt,
    verified: isVerified(record),
  }));
  return planRetention(candidates, keep ?? { last: 0, daily: 0, weekly: 0, monthly: 0 });
}

async function removeFile(id: string, index: number, file: BackupFileRecord, trash: Ports['trash']): Promise<void> {
  if (!(await isUnchanged(id, index, file))) return;
  for (const path of [file.path, manifestPath(file.path)]) {
    try {
      await stat(path);
      await (trash ?? rm)(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') continue;
      throw new RingbackError('conflict', backupMessages.fileNotRemoved({ file: path }), { cause: error });
    }
  }
}

/** Reads the disk before anything is removed: the records may be out of date. */
async function isAnyOnDisk(records: BackupRecords, keep: PrunePreview['keep']): Promise<boolean> {
  for (const { id } of keep) {
    const record = records.get(id);
    if (!record || !isVerified(record)) continue;
    const unchanged = await Promise.all(record.files.map((file, index) => isUnchanged(id, index, file)));
    if (unchanged.every(Boolean)) return true;
  }
  return false;
}

/** Whether the file is still that backup: the user may have moved it, and a later backup may have taken its name. */
async function isUnchanged(id: string, index: number, { path, bytes }: BackupFileRecord): Promise<boolean> {
  const manifest = await readBackup(path);
  if (manifest?.id !== fileId(id, index)) return false;
  return stat(path).then(
    ({ size }) => size === bytes,
    () => false,
  );
}
