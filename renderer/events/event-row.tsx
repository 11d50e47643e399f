import { Badge } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract/index.ts';
import { TimeOfDay } from '../time.tsx';
import { EventIcon } from './event-icon.tsx';

interface EventRowProps {
  readonly event: EventView;
  /** The name of its hook, with its connection's where there are several. */
  readonly source: string;
}

/** One row: kind and outcome, title, place, hook, time. Memoized, since rows are added while others scroll. */
export const EventRow = memo(function EventRow({ event, source }: EventRowProps) {
  return (
    <div className="event-row">
      <EventIcon event={event} />
      <div className="event-what">
        <span className="row-title">{event.title}</span>
        {(event.recovered || event.seenBy || event.deliveries > 1) && <EventBadges event={event} />}
      </div>
      <div className="row-line event-where">{event.summary ?? event.event ?? event.resource}</div>
      <div className="row-line event-source">{source}</div>
      <div className="event-time">
        <TimeOfDay time={event.receivedAt} />
      </div>
    </div>
  );
});

/** Badges for what is unusual about an event's delivery. */
function EventBadges({ event }: { readonly event: EventView }) {
  const { t } = useTranslation();
  return (
    <>
      {event.recovered && (
        <Badge size="xs" variant="default" title={t('event.recoveredHelp')}>
          {t('event.recovered')}
        </Badge>
      )}
      {event.seenBy && (
        <Badge size="xs" variant="default">
          {t('events.seenBy', { count: event.seenBy })}
        </Badge>
      )}
      {event.deliveries > 1 && (
        <Badge size="xs" variant="default" title={t('events.times', { count: event.deliveries })}>
          ×{event.deliveries}
        </Badge>
      )}
    </>
  );
}

/** The column headings; hidden from assistive technology. */
export function EventColumns() {
  const { t } = useTranslation();
  return (
    <div className="event-row event-columns" aria-hidden>
      <span />
      <span>{t('events.what')}</span>
      <span className="event-where">{t('events.where')}</span>
      <span className="event-source">{t('event.hook')}</span>
      <span className="event-time">{t('events.time')}</span>
    </div>
  );
}
