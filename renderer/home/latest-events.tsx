import './latest-events.css';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../preload/contract/index.ts';
import { EventIcon } from '../events/index.ts';
import { messageText } from '../message-text.ts';
import { Ago } from '../time.tsx';
import { useWindow } from '../window-context.ts';

/** The latest events; each opens its details. */
export function LatestEvents({ events }: { readonly events: readonly EventView[] }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  if (events.length === 0) return <p className="faint home-none">{t('home.noEventsYet')}</p>;
  return (
    <ul className="home-attention">
      {events.map((event) => (
        <li key={event.id}>
          <UnstyledButton
            className="home-row latest-event"
            onClick={() => view.set({ page: 'events', event: event.id })}
          >
            <EventIcon event={event} />
            <span className="latest-title">{messageText(event.titleMessage, event.title)}</span>
            <span className="latest-summary faint small">{messageText(event.summaryMessage, event.summary)}</span>
            <span className="latest-time faint small">
              <Ago time={event.receivedAt} />
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
