import {
  keepPreviousData,
  QueryClient,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Input, MethodName, Output } from '../preload/contract.ts';
import { askValue, type ProblemError } from './problem.ts';
import { useWindow } from './window-context.ts';

/** Nothing is asked twice on a guess: changes say when something is old, and the host is asked again after a reconnect. */
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

/** A method's value, kept and shared under the key [method, input]. */
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

/** A method that changes something; what it may have changed is asked again. */
export function useAct<M extends MethodName>(method: M): UseMutationResult<Output<M>, ProblemError, Input<M>> {
  const { transport } = useWindow();
  const client = useQueryClient();
  return useMutation<Output<M>, ProblemError, Input<M>>({
    mutationFn: (input) => askValue(transport, method, input),
    onSettled: () => {
      for (const key of touchedBy(method)) void client.invalidateQueries({ queryKey: [key] });
    },
  });
}

/** What is asked about backups, and old as soon as something happened to one. */
export const backupQuestions = ['backups.list', 'backups.accounts', 'backups.place', 'backups.tidy'] as const;

function touchedBy(method: MethodName): readonly MethodName[] {
  if (method.startsWith('connections.'))
    return ['connections.list', 'hooks.list', 'hooks.problems', 'backups.accounts'];
  if (method.startsWith('hooks.')) return ['hooks.list', 'hooks.problems', 'hooks.healing', 'hooks.history'];
  if (method.startsWith('backups.')) return backupQuestions;
  if (method.startsWith('inactivity.')) return ['silence.list'];
  if (method.startsWith('jobs.')) return ['jobs.list', 'jobs.get'];
  if (method.startsWith('settings.')) return ['settings.get', 'status.get'];
  return ['status.get'];
}

export const useAccounts = () => useAnswer('backups.accounts', {});
export const useStatus = () => useAnswer('status.get', {}).data;
export const useSettings = () => useAnswer('settings.get', {});
export const useConnections = () => useAnswer('connections.list', {});
export const useConnectors = () => useAnswer('connectors.list', {});
export const useHooks = () => useAnswer('hooks.list', {});

/** The name of the provider behind a connection; empty until it is known. */
export function useProviderTitle(connection: string): string {
  const connections = useConnections().data;
  const connectors = useConnectors().data;
  const connector = connections?.find(({ id }) => id === connection)?.connector;
  return connectors?.find(({ id }) => id === connector)?.title ?? '';
}
