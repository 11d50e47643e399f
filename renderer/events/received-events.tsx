import { Button, Loader } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconSearchOff } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState, ListAndDetail, Note, ProblemNote } from '../parts/index.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { EventDetail } from './detail/event-detail.tsx';
import { EventFilterBar } from './event-filter-bar.tsx';
import { type EventPages, useEventPages } from './event-pages.ts';
import { EventRows } from './event-rows.tsx';
import { FirstSteps } from './first-steps.tsx';
import { viewWithEvent } from './opened-event.ts';
import { QueryChips } from './query-chips.tsx';
import { TimeScrubber } from './scrubber/index.ts';
import { useQueryText, useReadQuery } from './use-query.ts';

/** The list of events with search and filters, and the open event. */
export function ReceivedEvents() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const { event: opened, notification } = useViewOf('events');
  const query = useQueryText();
  const { filter: asked, unclear } = useReadQuery(query.applied);
  const filter = useMemo(() => ({ ...asked, ...(notification ? { notification } : {}) }), [asked, notification]);
  const pages = useEventPages(filter);
  const [compact, setCompact] = useLocalStorage({ key: 'ringback-compact', defaultValue: false });
  const [timeline, setTimeline] = useLocalStorage({ key: 'ringback-timeline-shown', defaultValue: false });
  const showAll = () => {
    query.apply('');
    view.set({ page: 'events' });
  };

  if (pages.problem && !pages.events) return <ProblemNote problem={pages.problem} />;
  const isFiltered = notification !== undefined || query.applied !== '';
  if (pages.events?.length === 0 && !isFiltered && !opened && !pages.turning) return <FirstSteps />;
  const list = (
    <>
      <EventFilterBar
        query={query.typed}
        compact={compact}
        timeline={timeline}
        onType={query.type}
        onApply={query.apply}
        onCompact={setCompact}
        onTimeline={setTimeline}
      />
      {timeline && <TimeScrubber query={query.applied} since={asked.since} until={asked.until} onApply={query.apply} />}
      <QueryChips query={query.applied} unclear={unclear} onApply={query.apply} />
      {notification && (
        <Button variant="subtle" size="compact-sm" onClick={showAll}>
          {t('events.showAll')}
        </Button>
      )}
      {pages.indexing && <Note kind="plain">{t('events.indexing')}</Note>}
      <EventsFound pages={pages} listKey={JSON.stringify(filter)} compact={compact} onClear={showAll} />
    </>
  );
  return (
    <ListAndDetail
      list={list}
      detail={opened && <EventDetail key={opened} id={opened} />}
      detailLabel={t('event.region')}
      closeLabel={t('event.close')}
      onClose={() => view.set(viewWithEvent(view.get(), undefined))}
    />
  );
}

interface EventsFoundProps {
  readonly pages: EventPages;
  readonly listKey: string;
  readonly compact: boolean;
  onClear(): void;
}

function EventsFound({ pages, listKey, compact, onClear }: EventsFoundProps) {
  const { t } = useTranslation();
  if (pages.events === undefined) return <Loader size="sm" m="lg" aria-label={t('common.loading')} />;
  if (pages.events.length > 0) return <EventRows key={listKey} pages={pages} compact={compact} />;
  return (
    <EmptyState icon={IconSearchOff} title={t('events.noneFound')} text={t('events.noneFoundHelp')}>
      <Button variant="default" onClick={onClear}>
        {t('events.clear')}
      </Button>
    </EmptyState>
  );
}
