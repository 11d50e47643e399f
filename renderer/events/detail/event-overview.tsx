import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { EventDetail, ForwardAttempt } from '../../../preload/contract/index.ts';
import { stateText } from '../../jobs/index.ts';
import { messageText } from '../../message-text.ts';
import { useAnswer } from '../../queries.ts';
import { Moment } from '../../time.tsx';
import { useWindow } from '../../window-context.ts';
import { EventFacts } from './event-facts.tsx';
import { EventSection } from './event-section.tsx';
import { RelatedEvents } from './related-events.tsx';

/** The properties of an event, without its body. */
export function EventOverview({ event }: { readonly event: EventDetail }) {
  return (
    <>
      <EventFacts event={event} />
      <EventJobs event={event.id} />
      <Deliveries event={event} />
      <Forwards attempts={event.forwards ?? []} />
      <RelatedEvents event={event} />
    </>
  );
}

function EventJobs({ event }: { readonly event: string }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  const jobs = useAnswer('jobs.about', { event }).data ?? [];
  if (jobs.length === 0) return null;
  return (
    <EventSection title={t('event.job')}>
      <ul className="event-lines">
        {jobs.map((job) => (
          <li key={job.id}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="left"
              onClick={() => view.set({ page: 'jobs', job: job.id })}
            >
              {job.name}
            </Anchor>{' '}
            <span className="faint">{stateText(t, job)}</span>
          </li>
        ))}
      </ul>
    </EventSection>
  );
}

/** The times of the deliveries, where there was more than one. */
function Deliveries({ event: { receivedAt, repeatedAt = [], deliveries } }: { readonly event: EventDetail }) {
  const { t } = useTranslation();
  if (deliveries < 2) return null;
  const unknown = deliveries - 1 - repeatedAt.length;
  return (
    <EventSection title={t('event.deliveredTimes', { count: deliveries })}>
      <p className="faint small event-help">{t('event.deliveriesHelp')}</p>
      <ol className="event-lines">
        {[receivedAt, ...repeatedAt].map((time) => (
          <li key={time}>
            <Moment time={time} />
          </li>
        ))}
        {unknown > 0 && <li className="faint">{t('event.untimed', { count: unknown })}</li>}
      </ol>
    </EventSection>
  );
}

function Forwards({ attempts }: { readonly attempts: readonly ForwardAttempt[] }) {
  const { t } = useTranslation();
  if (attempts.length === 0) return null;
  return (
    <EventSection title={t('event.forwards')}>
      <ul className="event-lines">
        {attempts.map((attempt) => (
          <li key={`${attempt.at} ${attempt.url}`}>
            <ForwardLine attempt={attempt} />
          </li>
        ))}
      </ul>
    </EventSection>
  );
}

/** The result of one attempt: the handler's response, or why there was none. */
export function ForwardLine({
  attempt: { at, url, status, ms, problem, problemMessage, answer },
}: {
  readonly attempt: ForwardAttempt;
}) {
  const { t } = useTranslation();
  const accepted = status !== undefined && status >= 200 && status < 300;
  const result =
    status === undefined
      ? (messageText(problemMessage, problem) ?? t('event.noAnswer'))
      : t('event.answered', { status: String(status), ms });
  return (
    <>
      <div>
        <span className={accepted ? 'outcome-success' : 'outcome-failed'}>{result}</span>{' '}
        <span className="faint">
          <code>{url}</code> · <Moment time={at} />
        </span>
      </div>
      {answer && <pre className="body body-raw event-answer">{answer}</pre>}
    </>
  );
}
