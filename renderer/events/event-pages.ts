import { keepPreviousData, type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EventView, Input } from '../../preload/contract/index.ts';
import { askValue, type ProblemError } from '../problem.ts';
import type { Transport } from '../transport/index.ts';
import { useWindow } from '../window-context.ts';
import { type EventList, withArrived, withLatest, withOlder } from './event-list.ts';
import { createListedEvents } from './listed-events.ts';

type EventFilter = Omit<Input<'events.list'>, 'limit' | 'before'>;
export type EventPages = ReturnType<typeof useEventPages>;

const pageSize = 200;
/** Milliseconds after which a list is requested again while the search index is built. */
const indexingInterval = 5000;
const listed = createListedEvents();
/** Contains the language, because titles are stored in the cache as translated. */
const keyOf = (filter: EventFilter, language: string) => ['events', filter, language] as const;

/** The events that match the filter, updated live; `loadOlder` loads the next page, one at a time. */
export function useEventPages(filter: EventFilter) {
  const { transport } = useWindow();
  const client = useQueryClient();
  const { language } = useTranslation().i18n;
  const queryKey = keyOf(filter, language);
  const latest = useQuery<EventList, ProblemError>({
    queryKey,
    queryFn: async () => {
      const page = await fetchPage(transport, filter);
      return withLatest(client.getQueryData<EventList>(queryKey), page);
    },
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.indexing ? indexingInterval : false),
  });
  const next = latest.isPlaceholderData ? undefined : latest.data?.next;
  const older = useMutation<EventList, ProblemError, { readonly filter: EventFilter; readonly before: string }>({
    mutationFn: ({ filter, before }) => fetchPage(transport, { ...filter, before }),
    onSuccess: (page, asked) => {
      client.setQueryData<EventList>(keyOf(asked.filter, language), (list) => list && withOlder(list, page));
    },
  });
  return {
    events: latest.data?.events,
    /** Whether the shown events still belong to the previous filter. */
    turning: latest.isPlaceholderData,
    problem: latest.error ?? undefined,
    hasOlder: next !== undefined,
    indexing: latest.data?.indexing === true,
    loadingOlder: older.isPending,
    olderProblem: older.error ?? undefined,
    loadOlder: () => {
      if (next !== undefined && !older.isPending) older.mutate({ filter, before: next });
    },
  };
}

async function fetchPage(transport: Transport, query: EventFilter & { readonly before?: string }): Promise<EventList> {
  const page = await askValue(transport, 'events.list', { ...query, limit: pageSize });
  return { ...page, events: listed(page.events) };
}

/** Adds new events to the lists without a filter or of their hook; lists with other filters are refetched. */
export function putArrived(client: QueryClient, arrived: readonly EventView[]): void {
  for (const query of client.getQueryCache().findAll({ queryKey: ['events'] })) {
    const filter = query.queryKey[1] as EventFilter;
    // The events of a notification do not change after it was shown.
    if (filter.notification) continue;
    const { hook, ...others } = filter;
    const fitting = hook ? arrived.filter((event) => event.hook === hook) : arrived;
    if (fitting.length === 0) continue;
    if (Object.keys(others).length > 0 || !query.state.data)
      void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    else client.setQueryData<EventList>(query.queryKey, (list) => list && withArrived(list, listed(fitting)));
  }
  for (const event of arrived) {
    if (event.deliveries > 1) void client.invalidateQueries({ queryKey: ['events.get', { id: event.id }] });
  }
}
