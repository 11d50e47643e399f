import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Backup } from '../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../problem.ts';
import { useWindow } from '../window-context.ts';
import { backupsKey, listed, withoutProgress } from './backup-list.ts';

/** All backups, newest first, without progress, which `useLiveBackup` provides. */
export const useBackups = () => useList(withoutProgress);

/** One backup with its progress; undefined where it does not exist. */
export const useLiveBackup = (id: string) => useList((list) => list.find((backup) => backup.id === id)).data;

function useList<T>(select: (list: Backup[]) => T): UseQueryResult<T, ProblemError> {
  const { transport } = useWindow();
  return useQuery<Backup[], ProblemError, T>({
    queryKey: backupsKey,
    queryFn: () => askValue(transport, 'backups.list', listed),
    select,
  });
}
