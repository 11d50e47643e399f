import { rm, stat } from 'node:fs/promises';
import type { PrunePreview, RetentionPolicy } from '../../../preload/contract.ts';
import { errorCode, manifestPath, readBackup } from '../download/index.ts';
import { RingbackError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import { type BackupRecord, fileId, isVerified } from './record.ts';
import type { BackupRecords } from './records.ts';
import { planRetention } from './retention.ts';

export interface BackupPruningOptions {
  readonly records: BackupRecords;
  readonly trash: Ports['trash'];
  now(): number;
}

/** Keeps the finished backups of an account within its plan. */
export interface BackupPruning {
  preview(connection: string, keep: RetentionPolicy | null): PrunePreview;
  /** Removes what both the preview and `ids` name; gives the preview it went by. */
  apply(connection: string, keep: RetentionPolicy | null, ids: readonly string[]): Promise<PrunePreview>;
}

export function createBackupPruning({ records, trash, now }: BackupPruningOptions): BackupPruning {
  const preview: BackupPruning['preview'] = (connection, keep) => {
    const kept = records.all.filter((one) => one.connection === connection && isPresent(one));
    const plans = [...Map.groupBy(kept, ({ request }) => request).values()].map((group) => decide(group, keep));
    return { keep: plans.flatMap((plan) => plan.keep), remove: plans.flatMap((plan) => plan.remove) };
  };

  const remove = async (file: string): Promise<void> => {
    try {
      await stat(file);
      await (trash ?? rm)(file);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return;
      throw new RingbackError('conflict', `${file} could not be removed. Close what uses it, then tidy up again.`, {
        cause: error,
      });
    }
  };

  return {
    preview,
    async apply(connection, keep, ids) {
      const plan = preview(connection, keep);
      const going = plan.remove.filter((id) => ids.includes(id));
      if (going.length > 0 && !(await anyIsThere(records, plan.keep))) {
        throw new RingbackError(
          'conflict',
          'None of the backups to be kept is on disk, so nothing was removed. Make a new backup first.',
        );
      }
      for (const id of going) {
        for (const [index, file] of (records.get(id)?.files ?? []).entries()) {
          if (!(await isStillThis(id, index, file))) continue;
          await remove(file.path);
          await remove(manifestPath(file.path));
        }
        await records.change(id, () => ({ removedAt: now() }));
      }
      return plan;
    },
  };
}

function isPresent({ state, files, removedAt }: BackupRecord): boolean {
  return state === 'done' && files.length > 0 && removedAt === null;
}

function decide(group: readonly BackupRecord[], keep: RetentionPolicy | null): PrunePreview {
  const rules = keep ?? { last: 0, daily: 0, weekly: 0, monthly: 0 };
  return planRetention(
    group.map((record) => ({ id: record.id, time: record.doneAt ?? record.updatedAt, verified: isVerified(record) })),
    rules,
  );
}

/** A look at the disk before anything goes: what we know of the files may be old. */
async function anyIsThere(records: BackupRecords, keep: PrunePreview['keep']): Promise<boolean> {
  for (const { id } of keep) {
    const record = records.get(id);
    if (!record || !isVerified(record)) continue;
    const there = await Promise.all(record.files.map((file, index) => isStillThis(id, index, file)));
    if (there.every((matches) => matches)) return true;
  }
  return false;
}

/** Whether that very backup lies there: its user may have moved it away, and a later one have taken the name. */
async function isStillThis(
  id: string,
  index: number,
  { path, bytes }: BackupRecord['files'][number],
): Promise<boolean> {
  const manifest = await readBackup(path);
  if (manifest?.id !== fileId(id, index)) return false;
  return stat(path).then(
    ({ size }) => size === bytes,
    () => false,
  );
}
