import type { BackupAccount } from '../../preload/contract/index.ts';
import { useAccounts } from '../queries.ts';
import { useNow } from '../time.tsx';

/** How it is overdue: `hours` since the last good backup, or none ever; undefined where it is not. */
export function overdueOf(
  { lastProven, overdue, plan: { overdueHours } }: BackupAccount,
  now: number,
): { readonly hours?: number } | undefined {
  if (overdueHours === null) return undefined;
  if (!lastProven) return overdue ? {} : undefined;
  const hours = Math.floor((now - Date.parse(lastProven.at)) / 3_600_000);
  return overdue || hours >= overdueHours ? { hours } : undefined;
}

/** Whether any account lacks a good backup. */
export function useAnyOverdue(): boolean {
  const now = useNow();
  return (useAccounts().data ?? []).some((account) => overdueOf(account, now) !== undefined);
}
