import { Button, Group, Loader } from '@mantine/core';
import { IconUserPlus, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TeamStatus } from '../../preload/contract/index.ts';
import { EmptyState, PageHead, ProblemNote } from '../parts/index.ts';
import { useAnswer } from '../queries.ts';
import { useViewOf, useWindow } from '../window-context.ts';
import { CreateForm } from './create-form.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { JoinForm } from './join-form.tsx';
import { MemberList } from './member-list.tsx';
import { ServerDialog } from './server-dialog.tsx';
import { TeamCard } from './team-card.tsx';
import { useFresh } from './use-fresh.ts';
import './team.css';

/** The team of this computer, or how to create or join one. */
export function TeamPage() {
  const { t } = useTranslation();
  const { view } = useWindow();
  const status = useFresh(useAnswer('team.status', {}));
  const team = status.data;
  return (
    <>
      <PageHead title={t('team.title')}>
        {team?.role === 'receiver' && !team.standby && (
          <Button
            leftSection={<IconUserPlus size={15} aria-hidden />}
            onClick={() => view.set({ page: 'team', form: 'invite' })}
          >
            {t('team.invite')}
          </Button>
        )}
      </PageHead>
      <div className="plain-scroll">
        <ProblemNote problem={status.error} onRetry={() => void status.refetch()} />
        {!team && !status.error && <Loader size="sm" aria-label={t('common.loading')} />}
        {team && <Present team={team} />}
      </div>
      {team && <Form team={team} />}
    </>
  );
}

function Present({ team }: { readonly team: TeamStatus }) {
  if (team.role === 'none') return <NoTeam />;
  return (
    <div className="cards">
      <TeamCard team={team} />
      {team.role === 'receiver' && !team.standby && <MemberList />}
    </div>
  );
}

function NoTeam() {
  const { t } = useTranslation();
  const { view } = useWindow();
  return (
    <EmptyState icon={IconUsersGroup} title={t('team.empty')} text={t('team.emptyHelp')}>
      <Group gap="xs">
        <Button onClick={() => view.set({ page: 'team', form: 'join' })}>{t('team.join')}</Button>
        <Button variant="default" onClick={() => view.set({ page: 'team', form: 'create' })}>
          {t('team.create')}
        </Button>
      </Group>
    </EmptyState>
  );
}

/** The open form, where it is available to this computer's role. */
function Form({ team }: { readonly team: TeamStatus }) {
  const { view } = useWindow();
  const { form } = useViewOf('team');
  const close = () => view.set({ page: 'team' });
  const showServer = () => view.set({ page: 'team', form: 'server' });
  if (team.role === 'none') {
    if (form === 'create') return <CreateForm onCreated={showServer} onClose={close} />;
    if (form === 'join') return <JoinForm onClose={close} />;
  }
  if (team.role === 'receiver') {
    if (form === 'invite') return <InviteDialog onServer={showServer} onClose={close} />;
    if (form === 'server') return <ServerDialog servers={team.servers ?? []} onClose={close} />;
  }
  return null;
}
