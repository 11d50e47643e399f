import { Button, Loader, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TeamMember } from '../../preload/contract/index.ts';
import { useHookNames } from '../hook-name.ts';
import { countText } from '../numbers.ts';
import { ConfirmDialog, ProblemNote } from '../parts/index.ts';
import { useAct, useAnswer, useHooks } from '../queries.ts';
import { Ago } from '../time.tsx';
import { useFresh } from './use-fresh.ts';

/** The members that receive events from this computer, with the progress of each. */
export function MemberList() {
  const { t } = useTranslation();
  const members = useFresh(useAnswer('team.members', {}));
  return (
    <section aria-label={t('teamMembers.title')}>
      <Title order={2} className="team-heading">
        {t('teamMembers.title')}
      </Title>
      <ProblemNote problem={members.error} onRetry={() => void members.refetch()} />
      {!members.data && !members.error && <Loader size="sm" aria-label={t('common.loading')} />}
      {members.data?.length === 0 && (
        <p className="faint team-none">
          {t('teamMembers.none')}. {t('teamMembers.noneHelp')}
        </p>
      )}
      {members.data && members.data.length > 0 && <Members members={members.data} />}
    </section>
  );
}

function Members({ members }: { readonly members: readonly TeamMember[] }) {
  const [removing, setRemoving] = useState<TeamMember>();
  return (
    <>
      <ul className="team-members">
        {members.map((member) => (
          <li key={member.id} className="team-member">
            <MemberRow member={member} onRemove={() => setRemoving(member)} />
          </li>
        ))}
      </ul>
      {removing && <RemoveMember member={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}

interface MemberRowProps {
  readonly member: TeamMember;
  onRemove(): void;
}

function MemberRow({ member, onRemove }: MemberRowProps) {
  const { t } = useTranslation();
  const { name, connected, behind = 0, lastSeen } = member;
  const receives = useFilterText(member);
  return (
    <>
      <div className="row-text">
        <span className="team-name">{name}</span>
        <span className="row-line team-receives">{receives}</span>
      </div>
      <div className="team-progress">
        <span className="team-state">
          <span className={`lamp-dot ${connected ? 'lamp-good' : 'lamp-off'}`} aria-hidden />
          {t(`teamMembers.${connected ? 'connected' : lastSeen ? 'away' : 'never'}`)}
        </span>
        <span className="row-line">
          {!connected && lastSeen && <Ago time={lastSeen} />}
          {behind > 0 && (
            <span className="team-waiting">{t('teamMembers.waiting', { number: countText(behind) })}</span>
          )}
        </span>
      </div>
      <Button
        variant="default"
        size="compact-sm"
        className="danger"
        aria-label={t('teamMembers.removeNamed', { name })}
        onClick={onRemove}
      >
        {t('teamMembers.remove')}
      </Button>
    </>
  );
}

/** The filter with names; ids of what no longer exists are shown unchanged. */
function useFilterText({ filter }: TeamMember): string {
  const { t } = useTranslation();
  const names = useHookNames();
  const hooks = useHooks().data ?? [];
  const hookName = (id: string) => {
    const hook = hooks.find((one) => one.id === id);
    return hook ? names.long(hook) : id;
  };
  const parts = [
    (filter.connections ?? []).map((id) => names.connection(id) ?? id),
    (filter.hooks ?? []).map(hookName),
    filter.events ?? [],
  ].filter((list) => list.length > 0);
  return parts.length === 0 ? t('teamMembers.everything') : parts.map((list) => list.join(', ')).join(' · ');
}

function RemoveMember({ member, onClose }: { readonly member: TeamMember; onClose(): void }) {
  const { t } = useTranslation();
  const remove = useAct('team.remove');
  return (
    <ConfirmDialog
      danger
      title={t('teamMembers.removeTitle', { name: member.name })}
      text={t('teamMembers.removeText')}
      action={t('teamMembers.remove')}
      pending={remove.isPending}
      problem={remove.error}
      onConfirm={() => remove.mutate({ member: member.id }, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
