import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Event } from '../../preload/contract.ts';
import { useConnections } from '../queries.ts';
import { Ago } from '../time.tsx';
import { OutcomeIcon } from './outcome-icon.tsx';

export function EventRow({ event }: { readonly event: Event }) {
  const { t } = useTranslation();
  const connections = useConnections().data ?? [];
  const connection = connections.length > 1 ? connections.find(({ id }) => id === event.connection)?.name : undefined;
  return (
    <div className="event-row">
      <OutcomeIcon event={event} />
      <div className="row-words">
        <div className="row-title">{event.title}</div>
        <div className="row-line">{event.summary ?? event.event ?? event.resource}</div>
      </div>
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
