import './related-events.css';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventDetail } from '../../../preload/contract/index.ts';
import { dayTimeOf } from '../../clock.ts';
import { messageText } from '../../message-text.ts';
import { useAnswer } from '../../queries.ts';
import { useNow } from '../../time.tsx';
import { useWindow } from '../../window-context.ts';
import { EventIcon } from '../event-icon.tsx';
import { viewWithEvent } from '../opened-event.ts';
import { EventSection } from './event-section.tsx';

/** The events of the same resource, latest first, with this event marked. */
export function RelatedEvents({ event: { id, resource } }: { readonly event: EventDetail }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const now = useNow();
  const related = useAnswer('events.related', { id }, { enabled: resource !== undefined }).data ?? [];
  if (related.length < 2) return null;
  return (
    <EventSection title={t('event.related')}>
      <ol className="event-timeline">
        {related.map((event) => (
          <li key={event.id}>
            <UnstyledButton
              className="event-moment"
              aria-current={event.id === id ? 'true' : undefined}
              onClick={() => view.set(viewWithEvent(view.get(), event.id))}
            >
              <EventIcon event={event} />
              <span className="event-moment-text">
                {messageText(event.titleMessage, event.title)}
                {event.summary && (
                  <span className="faint small">{messageText(event.summaryMessage, event.summary)}</span>
                )}
              </span>
              <span className="faint small">{dayTimeOf(event.occurredAt ?? event.receivedAt, now)}</span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </EventSection>
  );
}
