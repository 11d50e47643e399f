import { useQuery, useQueryClient } from '@tanstack/react-query';
import { askValue, type ProblemError } from '../problem.ts';
import { useWindow } from '../window-context.ts';

export const refreshKey = 'hooks.refresh';

/** Refreshes the hooks of all providers when the page is first opened and at the user's request, and updates the list. */
export function useHookRefresh(enabled: boolean) {
  const { transport } = useWindow();
  const client = useQueryClient();
  const query = useQuery<boolean, ProblemError>({
    queryKey: [refreshKey],
    enabled,
    queryFn: async () => {
      const hooks = await askValue(transport, 'hooks.list', { refresh: true });
      client.setQueryData(['hooks.list', {}], hooks);
      void client.invalidateQueries({ queryKey: ['hooks.problems'] });
      return true;
    },
  });
  return {
    refreshing: query.isFetching,
    problem: query.error ?? undefined,
    /** Milliseconds since 1970; 0 = not yet. */
    refreshedAt: query.dataUpdatedAt,
    refresh: () => void query.refetch(),
  };
}
