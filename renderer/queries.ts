import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, MethodName, Output, Removal } from '../preload/contract/index.ts';
import { inWindowLanguage } from './message-text.ts';
import { askValue, type ProblemError } from './problem.ts';
import { staleAfterMethod } from './stale.ts';
import { useWindow } from './window-context.ts';

/** Never refetches on its own: changes of the host and reconnects mark queries stale. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

/** The value of a method, cached under the key [method, input]. */
export function useAnswer<M extends MethodName>(
  method: M,
  input: Input<M>,
  options: { readonly enabled?: boolean; readonly keepPrevious?: boolean } = {},
): UseQueryResult<Output<M>, ProblemError> {
  const { transport } = useWindow();
  return useQuery<Output<M>, ProblemError, Output<M>, readonly unknown[]>({
    queryKey: [method, input],
    queryFn: () => askValue(transport, method, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
}

/** A mutation by a method of the contract; afterwards refetches the queries that it makes stale. */
export function useAct<M extends MethodName>(method: M): UseMutationResult<Output<M>, ProblemError, Input<M>> {
  const { transport } = useWindow();
  const client = useQueryClient();
  return useMutation<Output<M>, ProblemError, Input<M>>({
    mutationFn: (input) => askValue(transport, method, input),
    onSettled: () => {
      for (const key of staleAfterMethod(method)) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}

export const useAccounts = () => useAnswer('backups.accounts', {});
export const useStatus = () => useAnswer('status.get', {}).data;
export const useSettings = () => useAnswer('settings.get', {});
export const useConnections = () => useListed('connections.list', {}, 'connections.remove');
/** The connectors, in the language of the window. */
export function useConnectors(): UseQueryResult<Output<'connectors.list'>, ProblemError> {
  const language = useTranslation().i18n.language;
  const query = useAnswer('connectors.list', {});
  // biome-ignore lint/correctness/useExhaustiveDependencies: the messages are those of the language
  const data = useMemo(() => query.data && inWindowLanguage(query.data), [query.data, language]);
  return { ...query, data } as UseQueryResult<Output<'connectors.list'>, ProblemError>;
}

export const useHooks = () => useListed('hooks.list', {}, 'hooks.remove');

type ListMethod = 'connections.list' | 'hooks.list' | 'jobs.list' | 'sinks.list';

/** The value of a list, without the items that wait for removal by this method. */
export function useListed<M extends ListMethod>(
  method: M,
  input: Input<M>,
  removedBy: Removal['method'],
): UseQueryResult<Output<M>, ProblemError> {
  const query = useAnswer(method, input);
  const held = useAnswer('removals.list', {}).data;
  const data = useMemo(() => {
    const ids = new Set(held?.flatMap((one) => idsIn(one.removals, removedBy)));
    return ids.size === 0 ? query.data : (query.data?.filter(({ id }) => !ids.has(id)) as Output<M> | undefined);
  }, [query.data, held, removedBy]);
  return { ...query, data } as UseQueryResult<Output<M>, ProblemError>;
}

const idsIn = (removals: readonly Removal[], method: Removal['method']): string[] =>
  removals.filter((one) => one.method === method).map(({ input }) => input.id);

/** The title of a connection's provider; empty until it is loaded. */
export function useProviderTitle(connection: string): string {
  const connections = useConnections().data;
  const connectors = useConnectors().data;
  const connector = connections?.find(({ id }) => id === connection)?.connector;
  return connectors?.find(({ id }) => id === connector)?.title ?? '';
}
