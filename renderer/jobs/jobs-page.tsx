import { Button, Loader } from '@mantine/core';
import { IconCubeSend, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Connection, Job } from '../../preload/contract/index.ts';
import { EmptyState, ListAndDetail, PageHead, ProblemNote, RowList } from '../parts/index.ts';
import { useConnections, useConnectors, useListed } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { JobDetail } from './job-detail.tsx';
import { listed } from './job-list.ts';
import { JobRow } from './job-row.tsx';
import { TranslateForm } from './translate-form.tsx';
import './jobs.css';

const idOf = (job: Job) => job.id;

/** Jobs in progress and their results, and one job in detail. */
export function JobsPage() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const present = useViewOf('jobs');
  const { form, job: opened } = present;
  const jobs = useListed('jobs.list', listed, 'jobs.forget');
  const able = useJobConnections();
  const open = (job: string | undefined) => view.set({ page: 'jobs', ...(job ? { job } : {}) });
  const translate = () => view.set({ ...present, form: 'job' });
  return (
    <>
      <PageHead title={t('jobs.title')}>
        <Button leftSection={<IconPlus size={15} aria-hidden />} disabled={able.length === 0} onClick={translate}>
          {t('jobs.translate')}
        </Button>
      </PageHead>
      <ProblemNote problem={jobs.error} onRetry={() => void jobs.refetch()} />
      {!jobs.data && !jobs.error && <Loader size="sm" m="lg" aria-label={t('common.loading')} />}
      {jobs.data?.length === 0 && <NoJobs canTranslate={able.length > 0} onTranslate={translate} />}
      {jobs.data && jobs.data.length > 0 && <JobList jobs={jobs.data} opened={opened} onOpen={open} />}
      {form === 'job' && able.length > 0 && (
        <TranslateForm connections={able} onClose={() => open(opened)} onStarted={open} />
      )}
    </>
  );
}

/** The connections of connectors with jobs, also those that cannot start one; the form shows why. */
function useJobConnections(): readonly Connection[] {
  const connections = useConnections().data ?? [];
  const connectors = useConnectors().data ?? [];
  return connections.filter(({ connector }) => connectors.some(({ id, jobs }) => id === connector && jobs));
}

interface JobListProps {
  readonly jobs: readonly Job[];
  readonly opened: string | undefined;
  onOpen(id: string | undefined): void;
}

function JobList({ jobs, opened, onOpen }: JobListProps) {
  const { t } = useTranslation();
  const connections = useConnections().data ?? [];
  const several = new Set(jobs.map(({ connection }) => connection)).size > 1;
  const nameOf = (id: string) => (several ? connections.find((one) => one.id === id)?.name : undefined);
  return (
    <ListAndDetail
      list={
        <RowList
          label={t('jobs.list')}
          items={jobs}
          rowHeight={60}
          idOf={idOf}
          selected={opened}
          onSelect={onOpen}
          row={(job) => <JobRow job={job} connection={nameOf(job.connection)} />}
        />
      }
      detail={opened && <JobDetail key={opened} id={opened} />}
      detailLabel={t('job.region')}
      closeLabel={t('job.close')}
      onClose={() => onOpen(undefined)}
    />
  );
}

function NoJobs({ canTranslate, onTranslate }: { readonly canTranslate: boolean; onTranslate(): void }) {
  const { t } = useTranslation();
  const { view } = useWindow();
  if (!canTranslate) {
    return (
      <EmptyState icon={IconCubeSend} title={t('jobs.noConnection')} text={t('jobs.noConnectionHelp')}>
        <Button onClick={() => view.set({ page: 'connections', form: 'connection' })}>{t('connections.add')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconCubeSend} title={t('jobs.emptyTitle')} text={t('jobs.empty')}>
      <Button onClick={onTranslate}>{t('jobs.translate')}</Button>
    </EmptyState>
  );
}
