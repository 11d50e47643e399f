import { useEffect } from 'react';
import { useNow } from '../time.tsx';

/** Refetches four times a minute what changes without a notification of the host, such as undelivered messages. */
export function useFresh<T extends { refetch(): Promise<unknown>; readonly dataUpdatedAt: number }>(query: T): T {
  const now = useNow();
  const { refetch, dataUpdatedAt } = query;
  const isOld = dataUpdatedAt > 0 && dataUpdatedAt < now;
  useEffect(() => {
    if (isOld) void refetch();
  }, [isOld, refetch]);
  return query;
}
