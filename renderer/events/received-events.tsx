import { Button, Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearchOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract.ts';
import { useHookNames } from '../hook-name.ts';
import { EmptyState, ListAndDetail, ProblemNote, RowList } from '../parts/index.ts';
import { useConnections } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { EventDetail } from './event-detail.tsx';
import { EventFilterBar } from './event-filter-bar.tsx';
import { useEventPages } from './event-pages.ts';
import { EventRow } from './event-row.tsx';
import { FirstSteps } from './first-steps.tsx';

const idOf = (event: EventView) => event.id;

/** The list of events with search and filter, and the event that is opened. */
export function ReceivedEvents() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const present = useViewOf('events');
  const { event: opened, hook, notification } = present;
  const [search, setSearch] = useState('');
  const [text] = useDebouncedValue(search.trim(), 200);
  const filter = { ...(notification ? { notification } : {}), ...(hook ? { hook } : {}), ...(text ? { text } : {}) };
  const pages = useEventPages(filter);
  const names = useHookNames();
  const several = (useConnections().data?.length ?? 0) > 1;
  const filtered = hook !== undefined || notification !== undefined || text !== '';

  const open = (id: string | undefined) => {
    const { event: _previous, ...rest } = present;
    view.set(id === undefined ? rest : { ...rest, event: id });
  };
  const filterByHook = (id: string | undefined) => view.set({ page: 'events', ...(id ? { hook: id } : {}) });
  const clear = () => {
    setSearch('');
    filterByHook(undefined);
  };

  if (pages.problem && !pages.events) return <ProblemNote problem={pages.problem} />;
  if (pages.events?.length === 0 && !filtered && !opened && !pages.turning) return <FirstSteps />;

  const list = (
    <>
      <EventFilterBar search={search} onSearch={setSearch} hook={hook} onHook={filterByHook} />
      {notification && (
        <Button variant="subtle" size="compact-sm" onClick={clear}>
          {t('events.showAll')}
        </Button>
      )}
      {pages.events === undefined && <Loader size="sm" m="lg" aria-label={t('common.loading')} />}
      {pages.events?.length === 0 && (
        <EmptyState icon={IconSearchOff} title={t('events.noneFound')} text={t('events.noneFoundHelp')}>
          <Button variant="default" onClick={clear}>
            {t('events.clear')}
          </Button>
        </EmptyState>
      )}
      {pages.events && pages.events.length > 0 && (
        <RowList
          key={JSON.stringify(filter)}
          label={t('events.list')}
          items={pages.events}
          rowHeight={58}
          idOf={idOf}
          selected={opened}
          onSelect={open}
          {...(pages.hasOlder && !pages.olderProblem ? { onEnd: pages.loadOlder } : {})}
          row={(event) => (
            <EventRow event={event} connection={several ? names.connection(event.connection) : undefined} />
          )}
          footer={<ListEnd pages={pages} />}
        />
      )}
    </>
  );
  return (
    <ListAndDetail
      list={list}
      detail={opened && <EventDetail key={opened} id={opened} />}
      detailLabel={t('event.region')}
      closeLabel={t('event.close')}
      onClose={() => open(undefined)}
    />
  );
}

function ListEnd({ pages }: { readonly pages: ReturnType<typeof useEventPages> }) {
  const { t } = useTranslation();
  if (pages.olderProblem) {
    return <ProblemNote problem={pages.olderProblem} title={t('events.olderFailed')} onRetry={pages.loadOlder} />;
  }
  return <div className="rows-end">{pages.hasOlder ? t('common.loading') : t('events.end')}</div>;
}
