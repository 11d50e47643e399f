import { Loader, Progress, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobDetail as Detail, Job } from '../../preload/contract/index.ts';
import { messageText } from '../message-text.ts';
import { Note, ProblemNote } from '../parts/index.ts';
import { useAnswer } from '../queries.ts';
import { Ago, useNow } from '../time.tsx';
import { useWindow } from '../window-context.ts';
import { JobActions } from './job-actions.tsx';
import { JobFacts } from './job-facts.tsx';
import { isOver } from './job-list.ts';
import { JobIcon } from './job-state.tsx';
import { durationText, spanText, stateText } from './job-text.ts';

/** One job: its state, messages and results. */
export function JobDetail({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data: job, error } = useAnswer('jobs.get', { id }, { keepPrevious: true });
  if (!job || job.id !== id) {
    return (
      <div className="detail">
        {error ? <ProblemNote problem={error} /> : <Loader size="sm" aria-label={t('common.loading')} />}
      </div>
    );
  }
  return (
    <div className="detail">
      <div className="detail-head">
        <div className="job-head">
          {job.thumbnail && <img className="job-thumbnail" src={job.thumbnail} alt={t('job.thumbnail')} />}
          <div>
            <Title order={2}>{job.name}</Title>
            <State job={job} />
          </div>
        </div>
      </div>
      {job.existed && <p className="detail-summary">{t('job.alreadyTranslated')}</p>}
      <Going job={job} />
      {job.problem !== undefined && !isOver(job) && (
        <Note kind="warn">{messageText(job.problemMessage, job.problem)}</Note>
      )}
      <JobActions job={job} />
      <Results job={job} />
      <Messages job={job} />
      <JobFacts job={job} />
      <Callbacks job={job} />
    </div>
  );
}

function State({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <>
      <div className="job-state">
        <JobIcon job={job} />
        <span aria-live="polite">{stateText(t, job)}</span>
      </div>
      <div className="faint small tabular">
        {[t(`job.kind.${job.kind}`), t(`job.by.${job.by}`), durationText(t, job, now)].filter(Boolean).join(' · ')}
      </div>
    </>
  );
}

function Going({ job }: { readonly job: Job }) {
  const { t } = useTranslation();
  if (isOver(job)) return null;
  return (
    <>
      {job.progress !== undefined && <Progress value={job.progress} size="md" aria-label={t('job.progress')} />}
      {job.overdue && job.usual !== undefined && (
        <Note kind="warn" title={t('job.overdueTitle')}>
          {t('job.overdueHelp', { time: spanText(job.usual) })}
        </Note>
      )}
    </>
  );
}

function Results({ job: { outputs = [] } }: { readonly job: Job }) {
  const { t } = useTranslation();
  if (outputs.length < 2) return null;
  return (
    <section aria-label={t('job.results')}>
      <Title order={3}>{t('job.results')}</Title>
      <ul className="job-results">
        {outputs.map(({ format, state }) => (
          <li key={format}>
            <code>{format}</code> <span className={`job-${state}`}>{t(`job.state.${state}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Messages({ job: { messages = [] } }: { readonly job: Job }) {
  const { t } = useTranslation();
  if (messages.length === 0) return null;
  return (
    <section aria-label={t('job.messages')}>
      <Title order={3}>{t('job.messages')}</Title>
      <ul className="job-messages">
        {messages.map(({ kind, text, code }) => (
          <li key={`${kind} ${text}`} className={`job-message job-message-${kind}`}>
            <span className="job-message-kind">{t(`job.message.${kind}`)}</span>
            <div>
              {text}
              {code && code !== text && <div className="faint small">{code}</div>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Callbacks({ job: { events, by } }: { readonly job: Detail }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  return (
    <section aria-label={t('job.events')}>
      <Title order={3}>{t('job.events')}</Title>
      {events.length === 0 && by === 'user' && <p className="faint small">{t('job.noEvents')}</p>}
      <ul className="job-events">
        {events.map(({ id, title, titleMessage, receivedAt }) => (
          <li key={id}>
            <button type="button" className="text-button" onClick={() => view.set({ page: 'events', event: id })}>
              {messageText(titleMessage, title)}
            </button>
            <span className="faint small">
              <Ago time={receivedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
