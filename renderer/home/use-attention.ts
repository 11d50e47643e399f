import type { Connection, Hook } from '../../preload/contract/index.ts';
import { overdueOf, useBackups } from '../backups/index.ts';
import { useHookNames } from '../hook-name.ts';
import { listedJobs } from '../jobs/index.ts';
import { useAccounts, useAnswer } from '../queries.ts';
import { useNow } from '../time.tsx';
import { type AttentionItem, attentionOf, rejectionsRead } from './attention.ts';
import { failureOf } from './failure.ts';

interface Attention {
  /** Undefined until all data is loaded. */
  readonly items: readonly AttentionItem[] | undefined;
  readonly problem: Error | undefined;
  retry(): void;
}

/** The items that need attention, or the error of the data. */
export function useAttention(connections: readonly Connection[], hooks: readonly Hook[]): Attention {
  const now = useNow();
  const names = useHookNames();
  const accounts = useAccounts();
  const backups = useBackups();
  const jobs = useAnswer('jobs.list', listedJobs);
  const inactivity = useAnswer('silence.list', {});
  const rejections = useAnswer('rejections.list', { limit: rejectionsRead });
  const failure = failureOf([accounts, backups, jobs, inactivity, rejections]);
  if (!accounts.data || !backups.data || !jobs.data || !inactivity.data || !rejections.data) {
    return { items: undefined, ...failure };
  }
  const items = attentionOf(
    {
      ...{ connections, hooks, accounts: accounts.data, backups: backups.data },
      ...{ jobs: jobs.data, inactivity: inactivity.data, rejections: rejections.data },
    },
    { now, isOverdue: (account) => overdueOf(account, now) !== undefined, nameOf: names.long },
  );
  return { items, ...failure };
}
