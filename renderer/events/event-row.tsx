import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract.ts';
import { Ago } from '../time.tsx';
import { OutcomeIcon } from './outcome-icon.tsx';

interface EventRowProps {
  readonly event: EventView;
  /** Its connection's name, where there are several. */
  readonly connection: string | undefined;
}

export function EventRow({ event, connection }: EventRowProps) {
  const { t } = useTranslation();
  return (
    <div className="event-row">
      <OutcomeIcon event={event} />
      <div className="row-text">
        <div className="row-title">{event.title}</div>
        <div className="row-line">{event.summary ?? event.event ?? event.resource}</div>
      </div>
      {event.recovered && (
        <Badge size="sm" variant="default" title={t('event.recoveredHelp')}>
          {t('event.recovered')}
        </Badge>
      )}
      {event.seenBy && (
        <Badge size="sm" variant="default">
          {t('events.seenBy', { count: event.seenBy })}
        </Badge>
      )}
      {event.deliveries > 1 && (
        <Badge size="sm" variant="default" title={t('events.times', { count: event.deliveries })}>
          ×{event.deliveries}
        </Badge>
      )}
      <div className="event-row-side">
        <Ago time={event.receivedAt} />
        {connection && <div className="row-line">{connection}</div>}
      </div>
    </div>
  );
}
