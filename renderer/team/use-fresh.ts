import { useEffect } from 'react';
import { useNow } from '../time.tsx';

/** Refetches what changes without a change of the host, such as what members have not received yet, four times a minute. */
export function useFresh<T extends { refetch(): Promise<unknown>; readonly dataUpdatedAt: number }>(query: T): T {
  const now = useNow();
  const { refetch, dataUpdatedAt } = query;
  const isOld = dataUpdatedAt > 0 && dataUpdatedAt < now;
  useEffect(() => {
    if (isOld) void refetch();
  }, [isOld, refetch]);
  return query;
}
