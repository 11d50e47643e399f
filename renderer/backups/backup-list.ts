import type { QueryClient } from '@tanstack/react-query';
import type { Backup } from '../../preload/contract/index.ts';

/** The limit of backups in a request. */
export const listed = { limit: 500 } as const;
export const backupsKey = ['backups.list', listed] as const;

/** Updates the list with changed backups; new ones are added at the top. */
export function putBackups(client: QueryClient, changed: readonly Backup[]): void {
  if (changed.length === 0) return;
  client.setQueryData<Backup[]>([...backupsKey], (list) => list && withChanged(list, changed));
}

export function withChanged(list: readonly Backup[], changed: readonly Backup[]): Backup[] {
  const byId = new Map(changed.map((backup) => [backup.id, backup]));
  const known = new Set(list.map(({ id }) => id));
  const fresh = changed.filter(({ id }) => !known.has(id));
  return [
    ...fresh.sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    ...list.map((backup) => byId.get(backup.id) ?? backup),
  ];
}

/** The list without the progress of downloads, so that progress does not change it. */
export function withoutProgress(list: readonly Backup[]): Backup[] {
  return list.map((backup) => {
    if (backup.state !== 'downloading') return backup;
    const { bytes, total, rate, remaining, proving, updatedAt: _, ...rest } = backup;
    return { ...rest, updatedAt: backup.createdAt };
  });
}

export function isInProgress({ state }: Backup): boolean {
  return state !== 'done' && state !== 'failed' && state !== 'cancelled' && state !== 'timed-out';
}

export type BackupKind =
  | 'running'
  | 'good'
  | 'remarked'
  | 'altered'
  | 'missing'
  | 'removed'
  | 'result'
  | 'failed'
  | 'cancelled'
  | 'timedOut';

/** The state in the categories that users see. */
export function kindOf(backup: Backup): BackupKind {
  if (isInProgress(backup)) return 'running';
  if (backup.state === 'failed' || backup.state === 'cancelled') return backup.state;
  if (backup.state === 'timed-out') return 'timedOut';
  if (backup.removedAt !== undefined) return 'removed';
  if (backup.file === undefined) return 'result';
  const found = backup.verification?.state ?? 'good';
  return found === 'good' && backup.remark !== undefined ? 'remarked' : found;
}
