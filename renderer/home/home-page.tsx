import './home.css';
import { Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connection, Hook, Job, Status } from '../../preload/contract/index.ts';
import { FirstSteps, isBeginning } from '../events/index.ts';
import { listedJobs } from '../jobs/index.ts';
import { PageHead, ProblemNote } from '../parts/index.ts';
import { useAccounts, useAnswer, useConnections, useHooks } from '../queries.ts';
import { useWindow } from '../window-context.ts';
import { AttentionList } from './attention-list.tsx';
import { EventsPerDay } from './events-per-day.tsx';
import { failureOf } from './failure.ts';
import { LatestEvents } from './latest-events.tsx';
import { Reachability } from './reachability.tsx';
import { RunningJobs } from './running-jobs.tsx';
import { Section } from './section.tsx';
import { SinceLeft } from './since-left.tsx';
import { Start } from './start.tsx';
import { useAttention } from './use-attention.ts';
import { VerifiedBackups } from './verified-backups.tsx';

/** An overview of everything; the first steps where nothing is connected and no event has arrived. */
export function HomePage() {
  const { t } = useTranslation();
  const connections = useConnections();
  const hooks = useHooks();
  const status = useAnswer('status.get', {});
  const isStart = useIsStart(connections.data);
  const { problem, retry } = failureOf([connections, hooks, status, isStart]);
  const isKnown = connections.data && hooks.data && status.data && isStart.data !== undefined;
  return (
    <>
      <PageHead title={t('nav.home')} />
      <div className="plain-scroll">
        <ProblemNote problem={problem} onRetry={retry} />
        {!isKnown && !problem && <Loader size="sm" aria-label={t('common.loading')} />}
        {isStart.data && <Start />}
        {isKnown && !isStart.data && (
          <Overview connections={connections.data} hooks={hooks.data} status={status.data} />
        )}
      </div>
    </>
  );
}

/** The events that are shown at once. */
const latest = { limit: 8 } as const;

/** Whether there is nothing to show yet; a team member may receive events without connections. */
function useIsStart(connections: readonly Connection[] | undefined) {
  const team = useAnswer('team.status', {});
  const newest = useAnswer('events.list', latest);
  const isConnected = connections && connections.length > 0;
  const isLoaded = connections && team.data && newest.data;
  const isStart = team.data?.role !== 'member' && newest.data?.events.length === 0;
  return {
    data: isConnected ? false : isLoaded ? isStart : undefined,
    error: isConnected ? null : (team.error ?? newest.error),
    refetch: () => Promise.all([team.refetch(), newest.refetch()]),
  };
}

interface OverviewProps {
  readonly connections: readonly Connection[];
  readonly hooks: readonly Hook[];
  readonly status: Status;
}

function Overview({ connections, hooks, status }: OverviewProps) {
  const { t } = useTranslation();
  const accounts = useAccounts().data;
  const running = (useAnswer('jobs.list', listedJobs).data ?? []).filter(isRunning);
  const attention = useAttention(connections, hooks);
  const { view } = useWindow();
  const newest = useAnswer('events.list', latest).data?.events;
  return (
    <div className="home">
      {connections.length > 0 && newest && accounts && isBeginning(newest.length > 0, accounts) && (
        <Section wide title={t('firstSteps.steps')}>
          <FirstSteps />
        </Section>
      )}
      <Section wide title={t('home.attentionTitle')}>
        <ProblemNote problem={attention.problem} onRetry={attention.retry} />
        {attention.items && (attention.items.length > 0 || !attention.problem) && (
          <AttentionList items={attention.items} />
        )}
      </Section>
      <div className="home-column">
        <SinceLeft />
        {newest && (
          <Section
            title={t('home.latest')}
            more={{ text: t('home.allEvents'), open: () => view.set({ page: 'events' }) }}
          >
            <LatestEvents events={newest} />
          </Section>
        )}
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
        <Section title={t('home.perDay')}>
          <EventsPerDay />
        </Section>
        {accounts && accounts.length > 0 && (
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
