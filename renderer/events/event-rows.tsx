import './event-rows.css';
import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract/index.ts';
import { createDayOfTime, dayNameOf, dayOf } from '../clock.ts';
import { useHookNames } from '../hook-name.ts';
import { ProblemNote, RowList } from '../parts/index.ts';
import { useConnections, useHooks } from '../queries.ts';
import { useNow } from '../time.tsx';
import { useViewOf, useWindow } from '../window-context.ts';
import type { EventPages } from './event-pages.ts';
import { EventColumns, EventRow } from './event-row.tsx';
import { viewWithEvent } from './opened-event.ts';

const idOf = (event: EventView) => event.id;
const heights = { compact: 28, comfortable: 32 } as const;
/** On a phone a title has two lines, since its end names the file. */
const phoneHeights = { compact: 40, comfortable: 46 } as const;
const phone = '(max-width: 599px)';

interface EventRowsProps {
  readonly pages: EventPages;
  readonly compact: boolean;
}

/** The matching events, grouped by day. */
export function EventRows({ pages, compact }: EventRowsProps) {
  const { t, i18n } = useTranslation();
  const { view } = useWindow();
  const sourceOf = useSources();
  const headingOf = useDayHeadings();
  const rowHeights = useMediaQuery(phone, undefined, { getInitialValueInEffect: false }) ? phoneHeights : heights;
  const row = useCallback((event: EventView) => <EventRow event={event} source={sourceOf(event)} />, [sourceOf]);
  return (
    <div className="event-rows">
      <EventColumns />
      <RowList
        // Rows are memoized with the language in which they were rendered.
        key={i18n.language}
        holdsNew
        label={t('events.list')}
        items={pages.events ?? []}
        rowHeight={rowHeights[compact ? 'compact' : 'comfortable']}
        idOf={idOf}
        headingOf={headingOf}
        selected={useViewOf('events').event}
        onSelect={(id) => view.set(viewWithEvent(view.get(), id))}
        {...(pages.hasOlder && !pages.olderProblem ? { onEnd: pages.loadOlder } : {})}
        row={row}
        footer={<ListEnd pages={pages} />}
      />
    </div>
  );
}

/** The name of an event's hook, with its connection's where there are several. */
function useSources(): (event: EventView) => string {
  const { t } = useTranslation();
  const names = useHookNames();
  const hooks = useHooks().data;
  const isOneOfSeveral = (useConnections().data?.length ?? 0) > 1;
  return useMemo(() => {
    const byId = new Map(hooks?.map((hook) => [hook.id, hook]));
    return ({ hook: id, connection, verified }) => {
      // The callback URL of a backup is made for it alone, and belongs to no hook.
      if (verified === 'address' && !byId.has(id)) return names.connection(connection) ?? t('event.removedConnection');
      const hook = byId.get(id);
      const name = hook ? names.short(hook) : t('event.removedHook');
      return isOneOfSeveral ? `${names.connection(connection) ?? t('event.removedConnection')} · ${name}` : name;
    };
  }, [t, names, hooks, isOneOfSeveral]);
}

/** Returns the heading of a day for its first event. */
function useDayHeadings(): (event: EventView, previous: EventView | undefined) => string | undefined {
  const { i18n } = useTranslation();
  const today = dayOf(useNow());
  return useMemo(() => {
    const dayOfTime = createDayOfTime();
    return (event, previous) => {
      // The previous event first: its day is still cached from the last call.
      const before = previous && dayOfTime(previous.receivedAt);
      const day = dayOfTime(event.receivedAt);
      return day === before ? undefined : dayNameOf(day, today, i18n.language);
    };
  }, [today, i18n.language]);
}

function ListEnd({ pages }: { readonly pages: EventPages }) {
  const { t } = useTranslation();
  if (pages.olderProblem) {
    return <ProblemNote problem={pages.olderProblem} title={t('events.olderFailed')} onRetry={pages.loadOlder} />;
  }
  return <div className="rows-end">{pages.hasOlder ? t('common.loading') : t('events.end')}</div>;
}
