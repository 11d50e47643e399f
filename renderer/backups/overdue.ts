import type { BackupAccount } from '../../preload/contract/index.ts';
import { useAccounts } from '../queries.ts';
import { useNow } from '../time.tsx';

/** If overdue, with `hours` since the last verified backup, absent if there was none; otherwise undefined. */
export function overdueOf(
  { lastProven, lastElsewhere, overdue, plan: { overdueHours } }: BackupAccount,
  now: number,
): { readonly hours?: number } | undefined {
  if (overdueHours === null) return undefined;
  const times = [lastProven, lastElsewhere?.verified ? lastElsewhere : undefined].flatMap((one) =>
    one ? [Date.parse(one.at)] : [],
  );
  if (times.length === 0) return overdue ? {} : undefined;
  const hours = Math.floor((now - Math.max(...times)) / 3_600_000);
  return overdue || hours >= overdueHours ? { hours } : undefined;
}

/** Whether any account is overdue. */
export function useAnyOverdue(): boolean {
  const now = useNow();
  return (useAccounts().data ?? []).some((account) => overdueOf(account, now) !== undefined);
}
