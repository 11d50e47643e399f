import { Badge, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/index.ts';
import { Ago, useNow } from '../time.tsx';
import { isOver } from './job-list.ts';
import { JobIcon } from './job-state.tsx';
import { durationText, stateText } from './job-text.ts';

interface JobRowProps {
  readonly job: Job;
  /** The name of its connection, where there are several. */
  readonly connection: string | undefined;
}

export function JobRow({ job, connection }: JobRowProps) {
  const { t } = useTranslation();
  const now = useNow();
  const hasBar = !isOver(job) && job.progress !== undefined;
  const { name, kind, formats, progress, overdue, endedAt, createdAt } = job;
  return (
    <div className="job-row">
      <JobIcon job={job} />
      <div className="row-text">
        <div className="row-title">
          <span className="row-name">{name}</span>{' '}
          {overdue && (
            <Badge className="mark mark-yellow" size="sm" variant="default" title={t('job.overdue')}>
              {t('job.overdue')}
            </Badge>
          )}
        </div>
        <div className="row-line">
          {[stateText(t, job), hasBar && durationText(t, job, now), connection].filter(Boolean).join(' · ')}
        </div>
      </div>
      <div className="job-row-kind row-line">{formats?.join(', ') ?? t(`job.kind.${kind}`)}</div>
      <div className="job-row-side">
        <Ago time={endedAt ?? createdAt} />
        {hasBar ? (
          <Progress value={progress ?? 0} size="xs" mt={6} aria-label={t('job.progress')} />
        ) : (
          <div className="row-line tabular">{durationText(t, job, now)}</div>
        )}
      </div>
    </div>
  );
}
