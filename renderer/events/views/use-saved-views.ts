import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { SavedView, Settings } from '../../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../../problem.ts';
import { useSettings } from '../../queries.ts';
import { useWindow } from '../../window-context.ts';

type Views = readonly SavedView[];
type Alter = (views: Views) => Views;

/** The saved searches in the host's settings, and a mutation for them; changes are made one after the other. */
export function useSavedViews(): readonly [Views, UseMutationResult<Settings, ProblemError, Alter>] {
  const { transport } = useWindow();
  const client = useQueryClient();
  const views = useSettings().data?.views ?? [];
  const change = useMutation<Settings, ProblemError, Alter>({
    scope: { id: 'views' },
    mutationFn: async (alter) => {
      const { views: present = [] } = await askValue(transport, 'settings.get', {});
      return askValue(transport, 'settings.set', { views: [...alter(present)] });
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['settings.get'] }),
  });
  return [views, change];
}
