import type { BackupAccount, Connection, Hook } from '../../preload/contract.ts';
import { overdueOf, useBackups } from '../backups/index.ts';
import { useHookNames } from '../hook-name.ts';
import { listedJobs } from '../jobs/index.ts';
import { useAnswer } from '../queries.ts';
import { useNow } from '../time.tsx';
import { type AttentionItem, attentionOf, rejectionsRead } from './attention.ts';

/** What needs attention; undefined until all of it is known. */
export function useAttention(
  connections: readonly Connection[],
  hooks: readonly Hook[],
  accounts: readonly BackupAccount[],
): readonly AttentionItem[] | undefined {
  const now = useNow();
  const names = useHookNames();
  const backups = useBackups().data;
  const jobs = useAnswer('jobs.list', listedJobs).data;
  const inactivity = useAnswer('silence.list', {}).data;
  const rejections = useAnswer('rejections.list', { limit: rejectionsRead }).data;
  if (!backups || !jobs || !inactivity || !rejections) return undefined;
  return attentionOf(
    { connections, hooks, accounts, backups, jobs, inactivity, rejections },
    { now, isOverdue: (account) => overdueOf(account, now) !== undefined, nameOf: names.long },
  );
}
