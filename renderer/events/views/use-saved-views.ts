import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { SavedView, Settings } from '../../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../../problem.ts';
import { useSettings } from '../../queries.ts';
import { useWindow } from '../../window-context.ts';

type Views = readonly SavedView[];
type Alter = (views: Views) => Views;

/** The searches that the user named, in the settings of the host, and how they are altered: one change after the other. */
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
