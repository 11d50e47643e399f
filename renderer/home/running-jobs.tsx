import { Progress, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../../preload/contract/index.ts';
import { stateText } from '../jobs/index.ts';
import { useWindow } from '../window-context.ts';

const shown = 5;

/** Jobs with their progress. */
export function RunningJobs({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  return (
    <ul className="home-attention">
      {jobs.slice(0, shown).map((job) => (
        <li key={job.id}>
          <UnstyledButton className="home-row" onClick={() => view.set({ page: 'jobs', job: job.id })}>
            <span className="home-row-text">
              <span className="home-name">{job.name}</span>
              <span className="faint small">{stateText(t, job)}</span>
            </span>
            {job.progress !== undefined && (
              <Progress value={job.progress} size="sm" w={90} aria-label={t('job.progress')} />
            )}
          </UnstyledButton>
        </li>
      ))}
      {jobs.length > shown && (
        <li className="faint small home-none">{t('home.more', { count: jobs.length - shown })}</li>
      )}
    </ul>
  );
}
