import './home.css';
import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection, Hook, Job, Status } from '../../preload/contract.ts';
import { FirstSteps, isBeginning } from '../events/index.ts';
import { listedJobs } from '../jobs/index.ts';
import { PageHead, ProblemNote } from '../parts/index.ts';
import { useAccounts, useAnswer, useConnections, useHooks, useStatus } from '../queries.ts';
import { AttentionList } from './attention-list.tsx';
import { EventsPerDay } from './events-per-day.tsx';
import { Reachability } from './reachability.tsx';
import { RunningJobs } from './running-jobs.tsx';
import { Section } from './section.tsx';
import { SinceLeft } from './since-left.tsx';
import { Start } from './start.tsx';
import { useAttention } from './use-attention.ts';
import { VerifiedBackups } from './verified-backups.tsx';

/** How everything stands at a glance; before the first connection, how to begin. */
export function HomePage() {
  const { t } = useTranslation();
  const { data: connections, error, refetch } = useConnections();
  const hooks = useHooks().data;
  const status = useStatus();
  return (
    <>
      <PageHead title={t('nav.home')} />
      <div className="plain-scroll">
        <ProblemNote problem={error} onRetry={() => void refetch()} />
        {!(connections && hooks && status) && !error && <Loader size="sm" aria-label={t('common.loading')} />}
        {connections?.length === 0 && <Start />}
        {connections && connections.length > 0 && hooks && status && (
          <Overview connections={connections} hooks={hooks} status={status} />
        )}
      </div>
    </>
  );
}

interface OverviewProps {
  readonly connections: readonly Connection[];
  readonly hooks: readonly Hook[];
  readonly status: Status;
}

function Overview({ connections, hooks, status }: OverviewProps) {
  const { t } = useTranslation();
  const accounts = useAccounts().data ?? [];
  const running = (useAnswer('jobs.list', listedJobs).data ?? []).filter(isRunning);
  const attention = useAttention(connections, hooks, accounts);
  const newest = useAnswer('events.list', { limit: 1 }).data?.events;
  return (
    <div className="home">
      {newest && isBeginning(newest.length > 0, accounts) && (
        <Section wide title={t('firstSteps.steps')}>
          <FirstSteps />
        </Section>
      )}
      <Section wide title={t('home.attentionTitle')}>
        {attention && <AttentionList items={attention} />}
      </Section>
      <div className="home-column">
        <Section title={t('home.perDay')}>
          <EventsPerDay />
        </Section>
        <SinceLeft />
        {running.length > 0 && (
          <Section title={t('home.running')}>
            <RunningJobs jobs={running} />
          </Section>
        )}
      </div>
      <div className="home-column">
        <Section title={t('home.reachability')}>
          <Reachability status={status} hooks={hooks} />
        </Section>
        {accounts.length > 0 && (
          <Section title={t('home.verifiedBackups')}>
            <VerifiedBackups accounts={accounts} />
          </Section>
        )}
      </div>
    </div>
  );
}

function isRunning({ endedAt }: Job): boolean {
  return endedAt === undefined;
}
